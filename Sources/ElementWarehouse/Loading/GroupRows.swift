package import ElementCore
import ElementSchema
import GRDB

/// The stored members of the groups of one grouping, as they are beside the new rows of a load.
package final class GroupRows {
  /// Some stored rows: their values of the fields that the rule looks at, others empty.
  package struct Rows {
    /// Their numbers.
    package let ids: [Int64]
    /// Their values.
    package let batch: CheckedBatch
  }

  private let db: Database
  private let dataset: Dataset
  /// The fields that make a group, and all that the rule looks at.
  private let (by, fields): ([Int], [Int])
  private let path: String
  /// New rows have this number and higher ones.
  private let firstNewID: Int64
  /// Reads all rows that belong to a group.
  private let all: String
  /// Finds the rows of one group, whose values are bound behind the number.
  private let find: BulkStatement
  /// Whether an index finds the rows of one group: else all are read.
  package let isIndexed: Bool

  /// The members by a rule (from 0) of the dataset; nil where the table of this shape has no column for what makes a group.
  init?(_ db: Database, _ dataset: Dataset, rule number: Int, _ shape: TableShape, below firstNewID: Int64, path: String) throws
  {
    let (by, fields) = (dataset.groups[number].by, dataset.groups[number].fields)
    (self.by, self.fields) = (by, fields)
    (self.db, self.dataset, self.path, self.firstNewID) = (db, dataset, path, firstNewID)
    let needed = dataset.names(of: by.filter { !dataset.mayBeEmpty($0) })
    if needed.contains(where: { shape.column($0) == nil }) { return nil }
    let columns = dataset.names(of: fields).map(shape.selected).joined(separator: ", ")
    let select = "SELECT _id, 0, \(columns) FROM \(shape.table) WHERE _id < ?1"
    all = select + needed.map { " AND \(TableShape.quoted($0)) IS NOT NULL" }.joined()
    let one = select + dataset.names(of: by).enumerated().map { " AND \(shape.selected($1)) IS ?\($0 + 2)" }.joined()
    find = try unsafe BulkStatement(db.sqliteConnection, one, path: path)
    find.bind(firstNewID, at: 1)
    isIndexed = try DatasetTable.hasGroupIndex(db, dataset, rule: number)
  }

  /// The rows of the group that a record belongs to.
  package func members(beside checked: CheckedBatch, _ record: Int) throws -> Rows {
    for (place, field) in by.enumerated() {
      let value = checked.value(record, field)
      if value.isEmpty { find.bindNull(at: place + 2) } else { find.bind(String(validUTF8: value.span) ?? "", at: place + 2) }
    }
    defer { find.reset() }
    var rows = StoredRowScan.Rows()
    while try find.step() {
      rows.ids.append(find.integer(0))
      for column in fields.indices { find.append(column + 2, to: &rows.bytes, &rows.ranges) }
    }
    return placed(rows)
  }

  /// The numbers of the rows that have no key yet.
  package func openIDs() throws -> Set<Int64> {
    guard dataset.interim != nil, let key = dataset.key.first else { return [] }
    let name = TableShape.quoted(dataset.fields[key].name)
    return try Int64.fetchSet(db, sql: "SELECT _id FROM \(TableShape.quoted(dataset.name)) WHERE \(name) IS NULL")
  }

  /// Visits all rows that belong to a group, some at a time: they are read in a thread of their own.
  package func forEach(_ body: (Rows) throws -> Void) throws {
    let statement = try unsafe BulkStatement(db.sqliteConnection, all, path: path)
    statement.bind(firstNewID, at: 1)
    try StoredRowScan.forEach(statement, columns: fields.count) { try body(placed($0)) }
  }

  /// Rows with their values in the places of the dataset's fields.
  private func placed(_ rows: StoredRowScan.Rows) -> Rows {
    var source = RecordBatch(bytes: rows.bytes, byteBase: 0)
    let spot = RecordSpot(row: 0, line: 0, byteStart: 0, byteLength: 0, firstField: 0, fieldCount: 0, flags: [])
    source.spots = Array(repeating: spot, count: rows.ids.count)
    var batch = CheckedBatch(source: source, fieldCount: dataset.fields.count)
    batch.values = Array(repeating: .empty, count: rows.ids.count * dataset.fields.count)
    for (place, field) in fields.enumerated() {
      for row in rows.ids.indices { batch.values[row * batch.fieldCount + field] = rows.ranges[row * fields.count + place] }
    }
    return Rows(ids: rows.ids, batch: batch)
  }
}

extension RowComparer {
  /// The stored members of groups by a rule (from 0) of the dataset; nil where there can be none.
  package func groupRows(rule: Int) throws -> GroupRows? {
    guard let lookup, lookup.storedCount > 0 else { return nil }
    return try GroupRows(db, dataset, rule: rule, lookup.shape, below: firstNewID, path: path)
  }

  /// The batch that wrote the stored row of a number as it was before the load, and its row in its input, from 1.
  package func origin(of id: Int64) throws -> (batch: Int, row: Int) {
    guard let shape = lookup?.shape,
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT _batch, _row FROM \(shape.table) WHERE _id = ?1 AND _batch <> ?2
          UNION ALL SELECT _batch, _row FROM \(shape.history) WHERE _id = ?1 AND _superseded_by = ?2
          """, arguments: [id, batch])
    else { bug("a stored row is not there") }
    return (row[0], row[1])
  }

  /// The stored row that a record would take the place of, and its values of some fields; nil where there is none.
  package func partner(of checked: CheckedBatch, _ record: Int) throws -> Int64? {
    if let row = try lookup?.row(of: checked, record) ?? lookup?.formerRow(of: checked, record) { return row.id }
    if case .row(let id, _) = try lookup?.weakRow(of: checked, record) { return id }
    return nil
  }

  /// A record as it will stand in the place of the stored row of a number; nil where that adds nothing to it.
  package func completed(_ checked: CheckedBatch, _ record: Int, by id: Int64, judge: Judgement) throws -> CheckedBatch? {
    var completion = RowCompletion(checked, kept.count)
    try complete(&completion, checked, record, id)
    return try judged(completion, judge)
  }

  /// What some fields (from 0) of the stored row of a number hold, as it was before the load.
  package func storedValues(of fields: [Int], _ id: Int64) throws -> [Int: [UInt8]] {
    fields.isEmpty ? [:] : try lookup?.values.values(of: fields, id) ?? [:]
  }
}
