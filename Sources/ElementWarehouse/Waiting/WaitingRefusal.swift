/// Rows that wait cannot be retried or given up as asked.
package enum WaitingRefusal: Error, Sendable, Equatable {
  /// None of that name waits, or not any more; the row of the file that names it, from 1, where one does.
  case notWaiting(String, file: String?, row: Int)
  /// A row of one dataset is named where another one is loaded.
  case otherDataset(WaitingName, dataset: String, file: String, row: Int)
  /// A row of the file names no waiting row.
  case nameless(file: String, row: Int)
  /// Two rows of the delivery name one waiting row.
  case twice(WaitingName, file: String, row: Int)
  /// A row of one sender is named where rows of another one come back; nil for nobody named.
  case otherSender(WaitingName, sender: String?, file: String, row: Int)
  /// A file has no column that names waiting rows.
  case unnamed(file: String)
  /// Nothing that was asked for waits.
  case nothing
}
