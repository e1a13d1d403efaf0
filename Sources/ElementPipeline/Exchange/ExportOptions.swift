package import ElementCore
package import ElementExchange
package import ElementFormats
package import ElementWarehouse
package import Foundation

/// What is asked of an export.
package struct ExportOptions: Sendable {
  /// Which records go.
  package enum Extent: Sendable, Hashable {
    /// What changed since the last acknowledged package where that can be told, else all.
    case due
    /// All that the profile means.
    case full
    /// What changed since a package, or since the last acknowledged one before a batch or a day.
    case since(String)
    /// What the target refused for a cause.
    case resend(ReceiptMapping.Cause)
  }

  /// The path of the SQLite file.
  package var warehouse: String
  /// Where the package is to stand: a folder, or a `.zip`.
  package var output: String
  /// Which records go.
  package var extent = Extent.due
  /// The format, where the profile has several; nil for its usual one.
  package var format: WrittenFormat?
  /// What is brought along for the permit.
  package var request = ExportPermit.Request()
  /// Who may receive what.
  package var register = RecipientRegister()
  /// Who does it, and from which command.
  package var head: BatchHead
  /// When.
  package var now: Date
  /// The day that counts as today, for approvals.
  package var today: CalendarDate
  /// In which the times of the package are told.
  package var zone: OfficeZone
  /// The code of the office that sends.
  package var sender: String
  /// The key that the manifest is signed with; nil for no signature.
  package var signer: SSHKey?
  /// The key of pseudonyms; nil where none is given.
  package var pseudonyms: PseudonymKey?
  /// Seconds to wait for a load that is writing.
  package var wait = 60
  /// Whether texts that a spreadsheet would run are guarded: nil for what the profile says.
  package var isForPeople: Bool?
  /// The version of the program.
  package var toolVersion: String

  /// The code of an office that has not said its area.
  package static let noSender = "000000"

  /// What is asked of an export into a place.
  package init(
    warehouse: String, output: String, head: BatchHead, now: Date, today: CalendarDate, zone: OfficeZone, sender: String,
    toolVersion: String
  ) {
    (self.warehouse, self.output, self.head, self.now, self.today) = (warehouse, output, head, now, today)
    (self.zone, self.sender, self.toolVersion) = (zone, sender, toolVersion)
  }
}

/// What an export came to.
package struct ExportResult: Sendable {
  /// The package, as the warehouse tells of it.
  package let package: StoredPackage
  /// What the package says of itself.
  package let manifest: PackageManifest
  /// Where it stands.
  package let place: String
  /// How many records stayed behind, by the code of the rule and the column of the target.
  package let behind: [Behind]
  /// Fields that stayed because the recipient may not have them, as `DATASET.FIELD`.
  package let withheld: [String]
  /// How many records the target may hold that were removed for good, so that the package cannot tell it which.
  package let untold: Int
  /// How many rows are of nobody yet, and are not in golden records, or say nobody.
  package let unlinked: Int
  /// Packages of runs that were broken off, which are lost.
  package let lost: [String]

  /// Whether it was encrypted, and whether its manifest was signed.
  package let isEncrypted, isSigned: Bool

  /// Records that stayed behind for one reason.
  package struct Behind: Sendable, Hashable {
    /// The rule, of the family X.
    package let code: RuleCode
    /// The dataset, and the column of the target; empty for a rule over the record.
    package let dataset, column: String
    /// What is wrong, in both languages.
    package let message: LocalizedText
    /// How many.
    package var count: Int
  }
}
