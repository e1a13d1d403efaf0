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
    /// Whether what the batch made leaves history too, for good.
    package let erases: Bool

    /// An order to take a batch back.
    package init(batch: Int, keepsLater: Bool, isDryRun: Bool, reason: String?, erases: Bool = false) {
      (self.batch, self.keepsLater, self.isDryRun, self.erases) = (batch, keepsLater, isDryRun, erases)
      // A person's number in a reason would stand in lists that many may see.
      self.reason = reason.map(AuditOrigin.redacted).flatMap { $0.isEmpty ? nil : $0 }
    }
  }
}
