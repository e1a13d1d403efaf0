extension Warehouse {
  /// What is to be taken back, and how.
  package struct UndoOrder: Sendable {
    /// The number of the batch.
    package let batch: Int
    /// Whether rows that later batches changed stay as these left them; else they keep the batch from being taken back.
    package let keepsLater: Bool
    /// Whether all is done and taken back again.
    package let isDryRun: Bool
    /// Why; nil where nobody said.
    package let reason: String?

    /// An order to take a batch back.
    package init(batch: Int, keepsLater: Bool, isDryRun: Bool, reason: String?) {
      (self.batch, self.keepsLater, self.isDryRun) = (batch, keepsLater, isDryRun)
      // A person's number in a reason would stand in lists that many may see.
      self.reason = reason.map(AuditOrigin.redacted).flatMap { $0.isEmpty ? nil : $0 }
    }
  }
}
