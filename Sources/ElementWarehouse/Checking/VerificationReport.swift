package import ElementCore

/// What `verify` found wrong.
package struct Difference: Sendable, Hashable {
  /// What it is about: a dataset, a batch or the file.
  package let subject: String
  /// What differs.
  package let message: LocalizedText

  /// Something about a subject that differs.
  package init(subject: String, message: LocalizedText) { (self.subject, self.message) = (subject, message) }
}

/// What `verify` looked at.
package struct VerificationReport: Sendable {
  /// What is wrong; nothing where all is well.
  package var differences: [Difference] = []
  /// Rows whose content was hashed again.
  package var rows = 0
  /// Batches whose balance was computed again.
  package var batches = 0
  /// The digest of the warehouse, computed again.
  package var digest = ""
  /// The hash of the last entry of the audit chain; nil where there is none.
  package var auditHead: String?
}
