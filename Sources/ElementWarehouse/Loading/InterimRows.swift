import ElementCore
import ElementSchema
import GRDB

/// The rows whose key is not known yet, such as newborn children without a number: found by what stands for the key.
final class InterimRows {
  private let find: BulkStatement
  private let fields: [Int]
  private let key: Int

  /// The rows of a table; nil for a dataset whose rows all need their key.
  init?(_ db: Database, _ dataset: Dataset, _ shape: TableShape, path: String) throws {
    guard let interim = dataset.interim, let key = dataset.key.first else { return nil }
    fields = interim.fields
    self.key = key
    let column = TableShape.quoted(dataset.fields[key].name)
    let match = dataset.names(of: fields).enumerated().map { place, name in "\(shape.selected(name)) IS ?\(place + 1)" }
    find = try unsafe BulkStatement(
      db.sqliteConnection,
      "SELECT _id, _hash FROM \(shape.table) WHERE \(column) IS NULL AND \(match.joined(separator: " AND "))",
      path: path)
  }

  /// Whether a record has no key.
  func isInterim(_ checked: CheckedBatch, _ record: Int) -> Bool { checked.value(record, key).isEmpty }

  /// The row that stands for the same person or thing without its key; nil where there is none.
  func row(_ checked: CheckedBatch, _ record: Int) throws -> (id: Int64, hash: UInt64)? {
    for (place, field) in fields.enumerated() {
      let value = checked.value(record, field)
      if value.isEmpty {
        find.bindNull(at: place + 1)
      } else {
        find.bind(String(validUTF8: value.span) ?? "", at: place + 1)
      }
    }
    defer { find.reset() }
    return try find.step() ? (find.integer(0), UInt64(bitPattern: find.integer(1))) : nil
  }
}
