import ElementCore
import Foundation

/// What a package says of itself: `manifest.json`. Who has it can prove what was sent, by whom, to whom and by what right.
package struct PackageManifest: Sendable, Codable, Hashable {
  /// The file's name in the package.
  package static let fileName = "manifest.json"
  /// The version of this layout.
  package static let currentFormat = 1

  /// A data file, or one that describes them.
  package struct File: Sendable, Codable, Hashable {
    /// What it is called, from the folder of the package on.
    package var name: String
    /// What its records are of, by our name; empty where it holds none.
    package var dataset: String
    /// `records`, `changes` or `deletions`; `description` where it holds none.
    package var kind: String
    /// How many records it holds.
    package var records: Int
    /// How many of them say that a record is gone.
    package var deletions: Int
    /// How many bytes it has.
    package var bytes: Int
    /// Its digests in lower-case hexadecimal digits: SHA-256, and SM3 (GB/T 32905).
    package var sha256, sm3: String

    /// A file with its digests.
    package init(
      name: String, dataset: String = "", kind: String = "description", records: Int = 0, deletions: Int = 0,
      _ digests: FileDigests.Value
    ) {
      (self.name, self.dataset, self.kind, self.records, self.deletions) = (name, dataset, kind, records, deletions)
      (bytes, sha256, sm3) = (digests.bytes, digests.sha256, digests.sm3)
    }
  }

  /// Another package, by its identity and the SHA-256 of its manifest.
  package struct Reference: Sendable, Codable, Hashable {
    /// Its identity.
    package var package: String
    /// The SHA-256 of its manifest, in lower-case hexadecimal digits.
    package var manifestSha256: String

    /// A reference to a package.
    package init(package: String, manifestSha256: String) {
      (self.package, self.manifestSha256) = (package, manifestSha256)
    }
  }

  /// The profile that it was made by.
  package struct Profile: Sendable, Codable, Hashable {
    /// What commands call it.
    package var name: String
    /// The SHA-256 of its text, in lower-case hexadecimal digits.
    package var sha256: String
  }

  /// Who it is for.
  package struct Recipient: Sendable, Codable, Hashable {
    /// The name in the register.
    package var name: String
    /// The unified social credit code (GB 32100).
    package var creditCode: String
  }

  /// An approval that it left by.
  package struct Approval: Sendable, Codable, Hashable {
    /// As the body that gave it counts its papers.
    package var number: String
    /// Who gave it.
    package var body: String
    /// The day it was given, and the last on which it holds, `YYYY-MM-DD`.
    package var date, validUntil: String
  }

  /// How many records it comes to.
  package struct Counts: Sendable, Codable, Hashable {
    /// Those that the files hold.
    package var records = 0
    /// Those of them that say that a record is gone.
    package var deletions = 0
    /// Those that stayed behind, because the target would not take them.
    package var behind = 0
  }

  /// Of what state of the warehouse it tells: the last batch that it knows, and, of a delta, the last that the receiver knew.
  package struct Batches: Sendable, Codable, Hashable {
    /// The last batch that the receiver knew; nil of a full package.
    package var after: Int?
    /// The last batch whose rows it holds.
    package var through: Int
  }

  /// The chain of what was done to the warehouse, as it stood.
  package struct Audit: Sendable, Codable, Hashable {
    /// The number of the entry that tells of this package.
    package var entry: Int
    /// Its hash.
    package var head: String

    /// An entry of the chain.
    package init(entry: Int, head: String) { (self.entry, self.head) = (entry, head) }
  }

  /// The version of this layout: 1.
  package var format = currentFormat
  /// Its identity.
  package var package: String
  /// Its number among those of the warehouse, from 1.
  package var number: Int
  /// `full`, `delta` or `resend`.
  package var kind: String
  /// What it was made by.
  package var profile: Profile
  /// The SHA-256 over the schemas that the records were stored by.
  package var schemaSha256: String
  /// The version of the program.
  package var toolVersion: String
  /// When it was made, in UTC.
  package var createdAt: String
  /// The office that sends.
  package var sender: String
  /// `own`, `superior` or `outside`.
  package var audience: String
  /// Who it is for; nil for the office itself.
  package var recipient: Recipient?
  /// The law or order, and what it is for.
  package var legalBasis, purpose: String
  /// What it left by.
  package var approvals: [Approval]
  /// The reference of the assessment of its impact; nil where none was asked for.
  package var impactAssessment: String?
  /// `people` where texts that a spreadsheet would run were guarded, else `systems`: the bytes are exact.
  package var writtenFor: String
  /// The package of the profile before it; nil for the first.
  package var previous: Reference?
  /// The package that a delta builds on; nil of a full one.
  package var base: Reference?
  /// Of what state of the warehouse it tells.
  package var batches: Batches
  /// How many records it comes to.
  package var counts: Counts
  /// The files, in the order in which they are to be read.
  package var files: [File]
  /// The chain of the warehouse.
  package var audit: Audit

  /// The manifest of a package that has no files yet.
  package init(
    _ stamps: PackageStamps, kind: String, _ permit: ExportPermit, schemaSha256: String, toolVersion: String, createdAt: String,
    purpose: String?, isForPeople: Bool, through batch: Int, audit: Audit
  ) {
    let profile = permit.profile
    (package, number, self.kind) = (stamps.package, stamps.number, kind)
    self.profile = Profile(name: profile.name, sha256: profile.digest)
    (self.schemaSha256, self.toolVersion, self.createdAt, sender) = (schemaSha256, toolVersion, createdAt, stamps.sender)
    audience = profile.audience.rawValue
    recipient = permit.entry.map { Recipient(name: $0.title, creditCode: $0.creditCode) }
    legalBasis = permit.entry?.legalBasis ?? profile.legalBasis
    self.purpose = purpose ?? profile.purpose
    approvals = permit.approvals.map {
      Approval(number: $0.number, body: $0.body, date: $0.date.text, validUntil: $0.validUntil.text)
    }
    impactAssessment = permit.impactAssessment
    writtenFor = isForPeople ? "people" : "systems"
    (batches, counts, files, self.audit) = (Batches(after: nil, through: batch), Counts(), [], audit)
  }

  /// The manifest as the file holds it: members in a fixed order, so that the same manifest is the same bytes.
  package var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { bug("a manifest of texts is no JSON") }
    return Array(data) + [0x0A]
  }

  /// The manifest in the bytes of a file; nil where they are none.
  package init?(_ bytes: [UInt8]) {
    guard let manifest = try? JSONDecoder().decode(PackageManifest.self, from: Data(bytes)),
      // It is printed, and a name of a file is no longer.
      manifest.package.utf8.count <= 255
    else { return nil }
    self = manifest
  }
}
