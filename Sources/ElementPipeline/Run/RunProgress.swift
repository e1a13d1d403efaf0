/// How far a run has come.
package struct RunProgress: Sendable {
  /// Bytes of records read.
  package var bytes = 0
  /// Bytes of all inputs, as far as they are known now.
  package internal(set) var total: Int
  /// Records checked.
  package var rows = 0
  /// Errors found.
  package var errors = 0
}

/// Adds up how far a run has come and reports it.
final class ProgressMeter {
  private var progress: RunProgress
  private let total: () -> Int
  private let report: (RunProgress) -> Void

  /// A meter for so many bytes of records; `total` may become better known.
  init(total: @escaping () -> Int, report: @escaping (RunProgress) -> Void) {
    progress = RunProgress(total: total())
    self.total = total
    self.report = report
  }

  /// Counts a batch that was checked.
  func add(bytes: Int, rows: Int, errors: Int) {
    progress.total = total()
    progress.bytes = min(progress.bytes + bytes, progress.total)
    progress.rows += rows
    progress.errors += errors
    report(progress)
  }
}
