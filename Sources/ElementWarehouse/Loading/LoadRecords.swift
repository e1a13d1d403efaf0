package import ElementCore

/// The counts of a run, an input or a batch; they always balance.
package struct RunCounts: Sendable, Hashable {
  /// Records read.
  package var read = 0
  /// Records that are new.
  package var created = 0
  /// Records that changed.
  package var updated = 0
  /// Records that are as they were.
  package var unchanged = 0
  /// Records equal to an earlier one of the delivery.
  package var duplicate = 0
  /// Records that wait for correction.
  package var quarantined = 0
  /// Records of which a value was repaired.
  package var fixed = 0

  /// Nothing counted.
  package init() {}

  /// Whether every record read is accounted for.
  package var balances: Bool { read == created + updated + unchanged + duplicate + quarantined }

  /// Counts what another input or dataset came to.
  package mutating func add(_ other: RunCounts) {
    read += other.read
    created += other.created
    updated += other.updated
    unchanged += other.unchanged
    duplicate += other.duplicate
    quarantined += other.quarantined
    fixed += other.fixed
  }
}

/// A record that waits for correction.
package struct QuarantineRecord: Sendable {
  /// What the rows are records of, by its identifier.
  package let dataset: String
  /// Where it stands.
  package let spot: RecordSpot
  /// The SHA-256 of its bytes, in lower-case hexadecimal.
  package let sha256: String
  /// The mapped fields as written, as a CSV record in the encoding of the file; empty where they cannot be told apart.
  package let raw: [UInt8]
  /// The values of its key, parted by `CheckedBatch.keySeparator`; nil where the key is not sound.
  package let key: [UInt8]?
  /// The codes of its errors, separated by commas.
  package let reasons: String

  /// A record that waits.
  package init(dataset: String, spot: RecordSpot, sha256: String, raw: [UInt8], key: [UInt8]?, reasons: String) {
    self.dataset = dataset
    self.spot = spot
    self.sha256 = sha256
    (self.raw, self.key) = (raw, key)
    self.reasons = reasons
  }
}

/// What a load says of itself.
package struct BatchHead: Sendable {
  /// Who runs it.
  package var operatorName: String
  /// Who sent the delivery.
  package var sender: String?
  /// The sender's area.
  package var area: String?
  /// The version of the program.
  package var toolVersion: String
  /// SHA-256 over the schemas that the batch was judged by.
  package var schemaDigest: String
  /// The digest of the delivery: inputs, schemas and mappings.
  package var deliveryDigest: String
  /// The day that counts as today.
  package var asOf: String
  /// What restricted data is read for; nil where none is.
  package var purpose: String?
  /// What decides how rows are known, by name: the first load says it for all.
  package var settings: [String: String] = [:]
  /// What whoever asks for the load calls it, unique in the warehouse; nil for nothing.
  package var request: String?
  /// Which command it came from.
  package var origin = AuditOrigin(command: "load", arguments: [], account: "", host: "", anchor: nil)
  /// What the load is: `load`, `retry` of rows that waited, or `regrid` of records that move to other grids.
  package var kind = "load"
  /// The held load that it goes on with, or gives up; nil for none.
  package var heldBatch: Int?
  /// Why, where somebody says so.
  package var reason: String?
  /// What its rows may do; nil where it has none.
  package var mode: LoadMode?
  /// The part of the stored rows that it replaces, as it was written; nil for none.
  package var scope: String?
  /// The day from which on records lie where it moves them, `YYYY-MM-DD`; nil where it moves none.
  package var effective: String?
  /// What else was asked of it that decides about rows, such as `complete` or `gridScheme=stat12`; none of it has a comma.
  package var options: [String] = []

  /// A head.
  package init(
    operatorName: String, sender: String?, area: String?, toolVersion: String, schemaDigest: String, deliveryDigest: String,
    asOf: String
  ) {
    self.operatorName = operatorName
    self.sender = sender
    self.area = area
    self.toolVersion = toolVersion
    self.schemaDigest = schemaDigest
    self.deliveryDigest = deliveryDigest
    self.asOf = asOf
  }
}

/// One file or sheet of a delivery, as the batch keeps it for proof.
package struct BatchInput: Sendable {
  /// Its place in the delivery, from 0.
  package var ordinal: Int
  /// Its path as given.
  package var path: String
  /// The digest of the bytes as they came, in hexadecimal digits.
  package var sha256: String
  /// Its size in bytes.
  package var bytes: Int
  /// What the file was: csv, xlsx, xml, json or ndjson.
  package var format: String
  /// How it was decoded.
  package var encoding: String
  /// Why that encoding.
  package var evidence: String
  /// What its rows are records of, by its identifier.
  package var dataset: String
  /// Which column holds which field.
  package var mapping: String
  /// The headings of the columns that hold a field, in the order of the columns: a JSON array.
  package var headings: String
  /// The encoding in which records that wait keep their values.
  package var rawEncoding: String
  /// Lines without content.
  package var blankLines: Int
  /// What became of its records.
  package var counts: RunCounts

  /// An input.
  package init(
    ordinal: Int, path: String, sha256: String, bytes: Int, format: String, encoding: String, evidence: String, dataset: String,
    mapping: String, headings: String, rawEncoding: String, blankLines: Int, counts: RunCounts
  ) {
    self.ordinal = ordinal
    self.path = path
    self.sha256 = sha256
    self.bytes = bytes
    self.format = format
    self.encoding = encoding
    self.evidence = evidence
    self.dataset = dataset
    self.mapping = mapping
    (self.headings, self.rawEncoding) = (headings, rawEncoding)
    self.blankLines = blankLines
    self.counts = counts
  }
}
