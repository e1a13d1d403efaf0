import ElementCore
import GRDB

/// What is found of the rows of a dataset in the order of their keys: their digest, and keys that stand twice.
struct SortedRows: Sendable {
  private let digest: String
  private let keysTwice: Int

  /// Reads the rows of a table of the warehouse at `path`.
  init(_ db: Database, _ shape: TableShape, path: String) throws {
    let columns = shape.key.map(TableShape.quoted).joined(separator: ", ")
    // Rows whose key is not known yet stand without one.
    let known = shape.key.map { "\(TableShape.quoted($0)) IS NOT NULL" }.joined(separator: " AND ")
    digest = try WarehouseDigest.dataset(db, shape, path: path)
    keysTwice =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM (SELECT 1 FROM \(shape.table) WHERE \(known) GROUP BY \(columns) HAVING count(*) > 1)")
      ?? 0
  }

  /// Tells what differs from what is recorded.
  func compare(_ shape: TableShape, _ recorded: String?, _ report: inout VerificationReport) {
    if let recorded, !recorded.utf8.elementsEqual(digest.utf8) {
      report.differences.append(
        Difference(subject: shape.dataset, message: LocalizedText(zh: "数据集摘要不符", en: "the digest of the dataset differs")))
    }
    if keysTwice > 0 {
      report.differences.append(
        Difference(
          subject: shape.dataset, message: LocalizedText(zh: "\(keysTwice) 个主键重复", en: "\(keysTwice) keys stand twice")))
    }
  }
}
