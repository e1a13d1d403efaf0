import ElementCore
import GRDB

/// What is asked for when a package is begun.
package struct PackageOrder: Sendable {
  /// What a package holds.
  package enum Kind: String, Sendable {
    /// All records: the receiver replaces what it has.
    case full
    /// What was added, changed and removed since another package.
    case delta
    /// Records that the target refused for a cause that was not ours, once more.
    case resend
  }

  /// The profile's name, the SHA-256 of its text, and the text: by that answers are read, whatever becomes of the file.
  package var profile, profileDigest, profileText: String
  /// What it holds.
  package var kind: Kind
  /// The package that a delta builds on, by its number; nil for none.
  package var base: Int?
  /// Who may have it: `own`, `superior` or `outside`.
  package var audience: String
  /// The recipient by its name in the register; nil for the office itself.
  package var recipient: String?
  /// The fields that leave, `DATASET:FIELD+FIELD`, parted by semicolons.
  package var fields: String
  /// The law or order, and what it is for.
  package var legalBasis, purpose: String
  /// The approvals, each by its number and who gave it, parted by semicolons.
  package var approvals: String
  /// What else the audit chain tells of its leave: the assessment of its impact, and the channel.
  package var terms: String
  /// Where it is to stand.
  package var place: String
  /// Whether its target answers.
  package var isAnswered: Bool

  /// An order.
  package init(
    profile: String, profileDigest: String, profileText: String, kind: Kind, base: Int?, audience: String, recipient: String?,
    fields: String,
    legalBasis: String, purpose: String, approvals: String, terms: String, place: String, isAnswered: Bool
  ) {
    (self.profile, self.profileDigest, self.profileText) = (profile, profileDigest, profileText)
    (self.kind, self.base) = (kind, base)
    (self.audience, self.recipient, self.fields) = (audience, recipient, fields)
    (self.legalBasis, self.purpose, self.approvals, self.terms) = (legalBasis, purpose, approvals, terms)
    (self.place, self.isAnswered) = (place, isAnswered)
  }
}

/// The packages of a profile that go to one recipient: a delta builds on what that one has.
package struct PackageSeries: Sendable, Hashable {
  /// The profile by its name.
  package let profile: String
  /// The recipient by its name in the register; nil for the office itself.
  package let recipient: String?

  /// Those to somebody, or, for nil, to the office itself.
  package init(profile: String, recipient: String?) { (self.profile, self.recipient) = (profile, recipient) }
}

/// A package that left, or was to leave.
package struct StoredPackage: Sendable, Hashable {
  /// How far it came.
  package enum State: String, Sendable {
    /// Nothing of it is written yet.
    case begun
    /// Its files stand beside their place.
    case written
    /// Its files are in their place.
    case sent
    /// A run was broken off before they were.
    case lost
  }

  /// What its target said.
  package enum Answer: String, Sendable {
    /// Nothing.
    case open
    /// Something about some records.
    case partly
    /// What became of each record.
    case acknowledged
  }

  /// Its number in the warehouse, from 1.
  package let number: Int
  /// What it is called, unique in the warehouse: `PROFILE-TIME-NUMBER`.
  package let identity: String
  /// The profile's name, the SHA-256 of its text, and the text.
  package let profile, profileDigest, profileText: String
  /// What it holds.
  package let kind: PackageOrder.Kind
  /// Who may have it, and the recipient; nil for the office itself.
  package let audience: String
  /// The recipient by its name in the register.
  package let recipient: String?
  /// The fields that left, `DATASET:FIELD+FIELD`, parted by semicolons.
  package let fields: String
  /// The law or order, what it was for, and the numbers of its approvals.
  package let legalBasis, purpose, approvals: String
  /// Who made it, and when, in UTC.
  package let operatorName, madeAt: String
  /// The package that it builds on, by its number; nil for a full one.
  package let base: Int?
  /// The last batch whose rows it knows; 0 where nothing was loaded.
  package let batch: Int
  /// Where it was put.
  package let place: String
  /// How far it came.
  package let state: State
  /// The SHA-256 of its manifest; nil where there is none.
  package let manifestSha256: String?
  /// How many records it holds, how many of them say that a record is gone, and how many stayed behind.
  package let records, deletions, behind: Int
  /// Whether its target answers, and what it said.
  package let isAnswered: Bool
  /// What its target said.
  package let answer: Answer

  /// The packages among which it is one.
  package var series: PackageSeries { PackageSeries(profile: profile, recipient: recipient) }

  /// Whether somebody means it by its identity, or by its number.
  package func isCalled(_ name: String) -> Bool {
    identity.utf8.elementsEqual(name.utf8) || String(number).utf8.elementsEqual(name.utf8)
  }

  /// A package as its table tells of it.
  init(_ row: Row) {
    (number, identity, profile, profileDigest) = (row["number"], row["identity"], row["profile"], row["profile_digest"])
    profileText = row["profile_text"]
    (audience, recipient, fields) = (row["audience"], row["recipient"], row["fields"])
    (legalBasis, purpose, approvals) = (row["legal_basis"], row["purpose"], row["approvals"])
    (operatorName, madeAt, base, batch, place) = (row["operator"], row["made_at"], row["base"], row["batch"], row["place"])
    (manifestSha256, records, deletions) = (row["manifest_sha256"], row["records"], row["deletions"])
    (behind, isAnswered) = (row["behind"], row["is_answered"])
    // The table takes no other words.
    kind = PackageOrder.Kind(rawValue: row["kind"]) ?? .full
    state = State(rawValue: row["state"]) ?? .lost
    answer = Answer(rawValue: row["answer"]) ?? .open
  }

  /// All packages of a series (nil for all) that are in a state (nil for any), oldest first.
  static func all(_ db: Database, of series: PackageSeries? = nil, state: State? = nil) throws -> [StoredPackage] {
    guard try StoredFormat.number(db) >= 8 else { return [] }
    return try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM package WHERE (?1 IS NULL OR profile = ?1 AND recipient IS ?2) AND (?3 IS NULL OR state = ?3) ORDER BY number
        """, arguments: [series?.profile, series?.recipient, state?.rawValue]
    ).map(StoredPackage.init)
  }
}
