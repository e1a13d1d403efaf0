/// How the answers of a target are read: which headings mean what, and whose its reasons are to mend.
package struct ReceiptMapping: Sendable, Hashable {
  /// Whose it is to mend that the target refused a record.
  package enum Cause: String, Sendable, CaseIterable {
    /// The record is wrong: it goes out again when it is mended.
    case ours
    /// Their system was at fault: it goes out again as it is (`export --resend theirs`).
    case theirs
    /// They have it already: nothing is to be done.
    case present
  }

  /// Words of the target, and the cause that they mean.
  package struct Words: Sendable, Hashable {
    /// Texts of which a reason holds one.
    package let words: [String]
    /// What they mean.
    package let cause: Cause
  }

  /// Whether the target has taken what its answer does not name.
  package let silenceAccepts: Bool
  /// The headings over the key of a record, in the order of the key's columns; empty where answers do not name it so.
  package let key: [String]
  /// The heading over the identity of the package; empty where answers do not say it.
  package let package: String
  /// The heading over the name of our file; empty where answers do not say it.
  package let file: String
  /// The heading over the number of the row in our file, from 1 at the first record; empty where answers do not say it.
  package let row: String
  /// How many rows of headings the target counts before the first record.
  package let rowsBefore: Int
  /// The heading over what became of a record; empty where each named record was refused.
  package let status: String
  /// The words under `status` for a record that was taken.
  package let accepted: [String]
  /// The heading over the reason.
  package let reason: String
  /// What reasons mean, the first that fits first.
  package let causes: [Words]
  /// What other reasons mean.
  package let otherwise: Cause

  /// The cause that a reason means.
  package func cause(of reason: String) -> Cause {
    let bytes = Array(reason.utf8)
    return causes.first { entry in entry.words.contains { bytes.firstRange(of: Array($0.utf8)) != nil } }?.cause ?? otherwise
  }
}
