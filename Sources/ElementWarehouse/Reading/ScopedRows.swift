import ElementCore
import ElementSchema
import Foundation
import GRDB

/// The open rows of a dataset that lie in a scope.
package struct ScopedRows: Sendable {
  /// The rows, by their numbers.
  private(set) var rows = RowSet()
  /// How many they are.
  package private(set) var count = 0
  /// How many open rows reach no area, and are in no scope but the whole and those over a field.
  package private(set) var withoutArea = 0

  /// Takes some of the rows out of the scope, by their numbers, where they are in it.
  mutating func leaveOut(_ others: RowSet) {
    others.forEach { row in
      if rows.contains(row) { count -= 1 }
      rows.remove(row)
    }
  }

  /// The rows of a table that were written, or found as they stand, behind a batch.
  static func confirmed(_ db: Database, _ shape: TableShape, since batch: Int) throws -> RowSet {
    var rows = RowSet()
    for row in try Int64.fetchAll(db, sql: "SELECT _id FROM \(shape.table) WHERE _batch > ?", arguments: [batch]) {
      rows.insert(row)
    }
    let sets = try Data.fetchAll(
      db, sql: "SELECT ids FROM confirmation WHERE dataset = ? AND batch > ?", arguments: [shape.dataset, batch])
    for set in sets { RowSet(bytes: [UInt8](set)).forEach { rows.insert($0) } }
    return rows
  }

  /// Counts a row: whether it lies in the scope, nil where it reaches no area.
  fileprivate mutating func add(_ row: Int64, isInside: Bool?) {
    if isInside == nil { withoutArea += 1 }
    guard isInside == true else { return }
    rows.insert(row)
    count += 1
  }
}

/// Finds which rows lie in a scope: by their grid code, else by the community that they name, else by what they refer to.
final class ScopeFinder {
  private let db: Database
  private let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let scope: AreaScope
  /// The day up to which what records say of their end counts; nil where it does not.
  private let asOf: [UInt8]?
  private let path: String
  /// Where the rows of a table stand, in SQL: the table itself, or a state of the past.
  private let source: (TableShape) -> String
  /// For each dataset and field that is named by others: whether the row of a value, by its hash, lies in the area.
  private var targets: [String: [UInt64: Bool]] = [:]
  /// The datasets whose rows are being placed.
  private var visiting: Set<String> = []

  /// A finder in the warehouse at `path`; what records say themselves of their end counts up to the day `asOf`
  /// (`YYYY-MM-DD`), or, for nil, not at all.
  init(
    _ db: Database, _ pack: SchemaPack, _ scheme: GridCodeScheme, _ scope: AreaScope, asOf: String?, path: String,
    source: @escaping (TableShape) -> String
  ) {
    (self.db, self.pack, self.scheme, self.scope, self.path, self.source) = (db, pack, scheme, scope, path, source)
    self.asOf = asOf.map { Array($0.utf8) }
  }

  /// The rows of a dataset that lie in the scope, but those that are `closed`, and those that say themselves that they ended.
  ///
  /// - Throws: `ScopeError` where the dataset cannot have the scope.
  func rows(of dataset: Dataset, besides closed: RowSet) throws -> ScopedRows {
    let condition = try scope.condition(in: dataset, pack)
    var found = ScopedRows()
    let places = Places(of: dataset, pack)
    let ending = dataset.closing.map { [$0.field] + ($0.since.map { [$0] } ?? []) } ?? []
    try visit(dataset, places.fields + ending + (condition.map { [$0.field] } ?? [])) { row, values in
      if closed.contains(row) { return }
      if let asOf, let closing = dataset.closing {
        let since = closing.since == nil ? [] : values[places.fields.count + 1]
        if closing.closes(values[places.fields.count]), !asOf.lexicographicallyPrecedes(since) { return }
      }
      if let condition, let value = values.last {
        found.add(row, isInside: value.elementsEqual(condition.value))
      } else if case .area(let code) = scope {
        found.add(row, isInside: try isInside(Array(code.utf8), values, places))
      } else {
        found.add(row, isInside: true)
      }
    }
    return found
  }

  // MARK: Areas

  /// What says where the rows of a dataset lie.
  private struct Places {
    /// All fields that are looked at, from 0: the grid code first, where there is one, then communities, then what rows refer to.
    let fields: [Int]
    let hasGrid: Bool
    let communityCount: Int
    /// For each of the last fields the datasets that it names rows of, and their field.
    let references: [(targets: [Dataset], field: String)]

    init(of dataset: Dataset, _ pack: SchemaPack) {
      let grid = dataset.gridField
      // A grid's own code says more than its row, and a number that is local names nobody alone.
      let followed = dataset.references.filter { reference in
        reference.field != grid && dataset.fields[reference.field].type != .gridCode
          && !reference.targets.compactMap({ pack.dataset($0) }).contains { Places.isLocal(reference.targetField, in: $0) }
      }
      fields = (grid.map { [$0] } ?? []) + dataset.communityFields + followed.map(\.field)
      (hasGrid, communityCount) = (grid != nil, dataset.communityFields.count)
      references = followed.map { ($0.targets.compactMap { pack.dataset($0) }, $0.targetField) }
    }

    /// Whether a field holds the local number of a dataset. Names of fields are ASCII by the pattern that schemas are read by.
    private static func isLocal(_ field: String, in dataset: Dataset) -> Bool {
      dataset.localNumber.map { dataset.fields[$0.number].name == field } ?? false
    }
  }

  /// Whether a row lies in the area of some digits; nil where it reaches none.
  private func isInside(_ code: [UInt8], _ values: [[UInt8]], _ places: Places) throws -> Bool? {
    if places.hasGrid, let isInside = isInside(code, grid: values[0]) { return isInside }
    let start = places.hasGrid ? 1 : 0
    for value in values[start..<start + places.communityCount] where !value.isEmpty && value.span.isDigits {
      if value.starts(with: code) { return true }
      // Of a street alone nobody knows in which community it is.
      if !code.starts(with: value) { return false }
    }
    for (value, reference) in zip(values[(start + places.communityCount)...], places.references) where !value.isEmpty {
      for target in reference.targets {
        if let isInside = try self.targets(of: target, reference.field, code)[XXH64.hash(value.span)] { return isInside }
      }
    }
    return nil
  }

  /// Whether a grid code lies in an area; nil where it is no code of the scheme.
  private func isInside(_ code: [UInt8], grid: [UInt8]) -> Bool? {
    guard grid.count == scheme.length else { return nil }
    let area = scheme.area(of: grid)
    if area.isEmpty || code.count > area.count, grid.starts(with: code) { return true }
    guard let range = scheme.areaRange else { return false }
    return (area + grid[range.upperBound...]).starts(with: code)
  }

  /// Of the rows of a dataset that reach an area: whether they lie in one, by the hashes of a field's values.
  private func targets(of dataset: Dataset, _ field: String, _ code: [UInt8]) throws -> [UInt64: Bool] {
    let name = dataset.name + "." + field
    if let known = targets[name] { return known }
    // What leads back to itself leads nowhere.
    guard let place = dataset.index(of: field), visiting.insert(dataset.name).inserted else { return [:] }
    defer { visiting.remove(dataset.name) }
    var found: [UInt64: Bool] = [:]
    let places = Places(of: dataset, pack)
    try visit(dataset, places.fields + [place]) { _, values in
      guard let value = values.last, !value.isEmpty else { return }
      found[XXH64.hash(value.span)] = try isInside(code, values, places)
    }
    targets[name] = found
    return found
  }

  /// Visits the numbers of all rows of a dataset, and their values of some fields.
  private func visit(_ dataset: Dataset, _ fields: [Int], _ body: (Int64, [[UInt8]]) throws -> Void) throws {
    guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { return }
    let columns = fields.map { ", " + shape.selected(dataset.fields[$0].name) }.joined()
    let statement = try BulkStatement(db, "SELECT _id\(columns) FROM \(source(shape))", path: path)
    var values = [[UInt8]](repeating: [], count: fields.count)
    while try statement.step() {
      for place in fields.indices {
        values[place].removeAll(keepingCapacity: true)
        statement.append(place + 1, to: &values[place])
      }
      try body(statement.integer(0), values)
    }
  }
}
