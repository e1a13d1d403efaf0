/// Where the values of a stored row came from: the version that said each first, and the file and row that this was loaded from.
package struct RowLineage: Sendable {
  /// How a value came to be what it is.
  package enum Kind: String, Sendable {
    /// The file says it.
    case stated
    /// It follows from other fields.
    case derived
    /// A row without a number that was joined to this one said it.
    case joined
  }

  /// A value as it was written, where a repair changed it.
  package struct Repair: Sendable {
    /// The code of the repair.
    package let code: String
    /// The value before it.
    package let written: [UInt8]
  }

  /// A value and the place that it came from.
  package struct Value: Sendable {
    /// The field that holds it.
    package let field: String
    /// What stands there now.
    package let value: String
    /// How it came there.
    package let kind: Kind
    /// The version that said it first.
    package let version: Version
    /// The column of the file, from 1, and its heading; nil where the file has none for the field.
    package let column: (number: Int, heading: String)?
    /// The repairs that it went through.
    package let repairs: [Repair]
  }

  /// A state that a row had.
  package struct Version: Sendable {
    /// The batch that made it.
    package let batch: Int
    /// When.
    package let recordedAt: String
    /// Who ran that, and who sent the delivery; nil for nobody named.
    package let operatorName: String, sender: String?
    /// The file, as its path was given, and the SHA-256 of its bytes.
    package let path, sha256: String
    /// The row there, from 1.
    package let row: Int
    /// The batches since which it stands, or stood, and until; nil where it stands.
    package let since: Int, until: Int?
    /// Why it ended; nil where it stands.
    package let reason: String?
  }

  /// Whether the row is there now.
  package let stands: Bool
  /// The batch whose list lacked it, which closed it, and when; nil where it is open, or not there.
  package let closed: (batch: Int, at: String)?
  /// The states that it had, the latest first.
  package let versions: [Version]
  /// The values of the latest one that are not empty, in the order of the table.
  package let values: [Value]
}
