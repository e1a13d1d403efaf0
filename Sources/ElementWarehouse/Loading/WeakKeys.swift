import ElementCore
import ElementSchema
import GRDB

/// Finds stored rows by a number that is unique in a community only, where a record and a row do not say the same of where it was given.
final class WeakKeys {
  /// What there is of a number.
  enum Match {
    /// No row that may be meant.
    case none
    /// One row, and its fingerprint.
    case row(Int64, UInt64)
    /// Several rows.
    case several
  }

  /// The field, from 0, that says where a number was given.
  let scope: Int
  private let local: LocalNumber
  private let others: [Int]
  private let find: BulkStatement
  /// Shorter statistical codes that a scope may have been known by.
  private static let lengths = [9, 6]

  /// The rows of a table of this shape; nil for a dataset whose key has no such number.
  init?(_ db: Database, _ dataset: Dataset, _ shape: TableShape, below firstNewID: Int64, path: String) throws {
    guard let local = dataset.localNumber, dataset.key.contains(local.number), dataset.key.contains(local.scope) else {
      return nil
    }
    (self.local, scope) = (local, local.scope)
    others = dataset.key.filter { $0 != local.number && $0 != local.scope }
    let names = ([local.number] + others).map { shape.selected(dataset.fields[$0].name) }
    let match = names.enumerated().map { "\($1) = ?\($0 + 1)" }.joined(separator: " AND ")
    let column = shape.selected(dataset.fields[local.scope].name)
    find = try unsafe BulkStatement(
      db.sqliteConnection,
      "SELECT _id, _hash FROM \(shape.table) WHERE \(match) AND substr(ifnull(\(column), ''), 1, ?\(names.count + 1)) = ?\(names.count + 2) AND _id < ?\(names.count + 3) LIMIT 2",
      path: path)
    find.bind(firstNewID, at: names.count + 3)
  }

  /// The scopes under which a record may stand of which less is known, the longest first.
  func weakerScopes(of checked: CheckedBatch, _ record: Int) -> [[UInt8]] {
    let own = Array(checked.value(record, scope))
    if own.isEmpty { return [] }
    let name = local.community.map { Array(checked.value(record, $0)) } ?? []
    let shorter = own.span.isDigits ? Self.lengths.filter { $0 < own.count }.map { Array(own.prefix($0)) } : []
    return ([name] + shorter).filter { !$0.isEmpty && $0 != own } + [[]]
  }

  /// The one row whose scope begins with that of a record, of which less is known.
  func rowOfLongerScope(_ checked: CheckedBatch, _ record: Int) throws -> Match {
    let own = checked.value(record, scope)
    // What is as long as a community's code says all there is to say, and so does a name.
    guard own.isEmpty || own.span.isDigits && own.count < NumberScope.community.digits else { return .none }
    for (place, field) in ([local.number] + others).enumerated() {
      find.bind(String(validUTF8: checked.value(record, field).span) ?? "", at: place + 1)
    }
    find.bind(Int64(own.count), at: others.count + 2)
    find.bind(String(validUTF8: own.span) ?? "", at: others.count + 3)
    defer { find.reset() }
    guard try find.step() else { return .none }
    let (id, hash) = (find.integer(0), UInt64(bitPattern: find.integer(1)))
    return try find.step() ? .several : .row(id, hash)
  }
}
