import ElementCore
package import ElementSchema
import Foundation
import GRDB

extension Warehouse {
  /// Where the values of the row of a key came from, which is there or was; nil where there never was one.
  ///
  /// - Parameter key: the values of the fields that make the key, in their order.
  package func lineage(of dataset: Dataset, key: [String]) throws -> RowLineage? {
    try translatingErrors(path) {
      try queue.read { db in
        guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { return nil }
        return try LineageReader(db, shape).lineage(of: key)
      }
    }
  }
}

/// Reads the versions of a row and where each came from.
private struct LineageReader {
  private let db: Database
  private let shape: TableShape

  init(_ db: Database, _ shape: TableShape) { (self.db, self.shape) = (db, shape) }

  func lineage(of key: [String]) throws -> RowLineage? {
    guard let id = try id(of: key) else { return nil }
    let versions = try versions(of: id)
    guard let latest = versions.first else { return nil }
    let joined = try Int64.fetchAll(
      db, sql: "SELECT from_id FROM link WHERE dataset = ? AND to_id = ? ORDER BY id DESC", arguments: [shape.dataset, id]
    ).flatMap { try self.versions(of: $0) }
    let ancestry = LineageReader.ancestry(versions)
    let values = try shape.names.compactMap { name -> RowLineage.Value? in
      guard let value = text(latest, name), !value.isEmpty else { return nil }
      return try origin(of: name, value, ancestry, joined)
    }
    let closed = try Row.fetchOne(
      db, sql: "SELECT _closed_by, _closed_at FROM closed_row WHERE dataset = ? AND id = ?", arguments: [shape.dataset, id])
    let stands = latest["_superseded_by"] == nil as Int?
    return RowLineage(
      stands: stands, closed: stands ? closed.map { ($0[0], $0[1]) } : nil, versions: try versions.map(version), values: values)
  }

  /// The number of the row that has a key, or had it last.
  private func id(of key: [String]) throws -> Int64? {
    // Of texts the key index finds the row; a part that is empty is NULL.
    let match = shape.key.map { name in
      let column = TableShape.quoted(name)
      return (shape.column(name)?.isInteger == true ? "CAST(\(column) AS TEXT)" : column) + " IS ?"
    }.joined(separator: " AND ")
    let values = StatementArguments(key.map { $0.isEmpty ? nil : $0 })
    for table in [shape.table, shape.history] {
      let found = try Int64.fetchOne(
        db, sql: "SELECT _id FROM \(table) WHERE \(match) ORDER BY _batch DESC LIMIT 1", arguments: values)
      if let found { return found }
    }
    return nil
  }

  /// The versions of a row, the latest first.
  private func versions(of id: Int64) throws -> [Row] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM \(TableShape.quoted(shape.dataset + "_versions")) WHERE _id = ?
        ORDER BY _superseded_by IS NOT NULL, _superseded_by DESC
        """, arguments: [id])
  }

  private func text(_ row: Row, _ name: String) -> String? {
    (row[name] as DatabaseValue?).flatMap { String.fromDatabaseValue($0) ?? Int64.fromDatabaseValue($0).map(String.init) }
  }

  /// The versions that led to the latest one, the latest first: of what was taken back nothing did.
  private static func ancestry(_ versions: [Row]) -> [Row] {
    var (out, place): ([Row], Int) = ([], 0)
    while place < versions.count {
      let batch: Int = versions[place]["_batch"]
      // One that stands again goes on from where it stood first.
      place = versions.lastIndex { ($0["_batch"] as Int) == batch } ?? place
      out.append(versions[place])
      place += 1
    }
    return out
  }

  /// The oldest version behind which the value did not change, and how it came into that.
  private func origin(of name: String, _ value: String, _ versions: [Row], _ joined: [Row]) throws -> RowLineage.Value {
    let same = versions.prefix { text($0, name)?.utf8.elementsEqual(value.utf8) == true }
    guard let first = same.last ?? versions.first else { bug("a row without versions") }
    let isDerived = (first["_derived"] as String?)?.split(separator: ",").contains { $0.utf8.elementsEqual(name.utf8) } ?? false
    if isDerived { return try self.value(name, value, .derived, first, column: nil) }
    if let column = try column(of: name, first) { return try self.value(name, value, .stated, first, column: column) }
    for other in joined where text(other, name)?.utf8.elementsEqual(value.utf8) == true {
      return try self.value(name, value, .joined, other, column: try column(of: name, other))
    }
    // What no column says follows from others though no mark says so, as the community of a household number does.
    return try self.value(name, value, .derived, first, column: nil)
  }

  private func value(
    _ name: String, _ value: String, _ kind: RowLineage.Kind, _ row: Row, column: (Int, String)?
  ) throws -> RowLineage.Value {
    let repairs = try Row.fetchAll(
      db, sql: "SELECT code, raw FROM fix WHERE batch = ? AND input = ? AND row = ? AND field = ? AND dataset = ? ORDER BY id",
      arguments: [row["_batch"] as Int, row["_input"] as Int, row["_row"] as Int, name, shape.dataset])
    return RowLineage.Value(
      field: name, value: value, kind: kind, version: try version(row), column: column.map { (number: $0.0, heading: $0.1) },
      repairs: kind == .derived ? [] : repairs.map { RowLineage.Repair(code: $0[0], written: [UInt8]($0[1] as Data)) })
  }

  private func version(_ row: Row) throws -> RowLineage.Version {
    let batch = try Row.fetchOne(
      db,
      sql: """
        SELECT b.operator, b.sender, i.path, i.sha256 FROM batch b LEFT JOIN batch_input i ON i.batch = b.id AND i.ordinal = ?
        WHERE b.id = ?
        """, arguments: [row["_input"] as Int, row["_batch"] as Int])
    return RowLineage.Version(
      batch: row["_batch"], recordedAt: row["_recorded_at"], operatorName: batch?[0] ?? "", sender: batch?[1],
      path: batch?[2] ?? "",
      sha256: batch?[3] ?? "", row: row["_row"], since: row["_since"], until: row["_superseded_by"], reason: row["_reason"])
  }

  /// The column of a field in the file that a version came from: `column:field` pairs, beside the headings of those columns.
  private func column(of name: String, _ row: Row) throws -> (Int, String)? {
    let input = try Row.fetchOne(
      db, sql: "SELECT mapping, headings FROM batch_input WHERE batch = ? AND ordinal = ?",
      arguments: [row["_batch"] as Int, row["_input"] as Int])
    guard let input else { return nil }
    let pairs = (input[0] as String).split(separator: ",").compactMap { part -> (Int, Substring)? in
      let sides = part.split(separator: ":")
      return sides.count == 2 ? Int(sides[0]).map { ($0, sides[1]) } : nil
    }
    guard let place = pairs.firstIndex(where: { $0.1.utf8.elementsEqual(name.utf8) }) else { return nil }
    let headings = try? JSONDecoder().decode([String].self, from: Data((input[1] as String).utf8))
    return (pairs[place].0, headings.flatMap { $0.indices.contains(place) ? $0[place] : nil } ?? "")
  }
}
