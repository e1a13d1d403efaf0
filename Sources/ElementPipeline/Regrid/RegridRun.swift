package import ElementCore
import ElementFormats
package import ElementSchema
import ElementWarehouse
import Foundation

/// Moves records to other grids: what `yaosu regrid` does. They are patched in one batch of the kind `regrid`, as a list of corrections
/// would, with plan, history and undo.
package struct RegridRun {
  private let map: RegridMap
  private let effective: CalendarDate
  private let options: DeliveryOptions
  private let pack: SchemaPack
  private let scheme: GridCodeScheme

  /// What a move came to.
  package struct Report: Sendable {
    /// What the batch came to; its counts are those of the moved records and of the closed grids.
    package let result: RunResult
    /// How many records of each dataset are moved, by its identifier, in the order of the pack.
    package let moved: [(dataset: String, count: Int)]
    /// How many records stay in an old grid, because no row of the table is about them.
    package let staying: Int
    /// How many grids are closed.
    package let closed: Int
  }

  /// A move by a table from a day on; `options` say who does it, where, and whether it is a dry run.
  ///
  /// - Throws: `RegridRefusal` where the day lies in the future, or no dataset knows a heading of the table.
  package init(
    _ map: RegridMap, effective: CalendarDate, _ options: DeliveryOptions, _ pack: SchemaPack, _ scheme: GridCodeScheme
  ) throws(RegridRefusal) {
    (self.map, self.effective, self.options, self.pack, self.scheme) = (map, effective, options, pack, scheme)
    if options.today.dayNumber < effective.dayNumber { throw .future(effective.text) }
    let datasets = pack.datasets.filter { $0.gridField != nil }
    for heading in map.moves.flatMap({ $0.conditions.map(\.heading) }) {
      guard datasets.contains(where: { $0.fieldByHeading[HeaderText.key(heading)] != nil }) else {
        throw .unknownHeading(file: map.path, heading: PrintableText.escape(heading))
      }
    }
  }

  /// Moves the records.
  ///
  /// - Throws: `RegridRefusal`, and what a load throws; nothing is changed then.
  package func run() throws -> Report {
    guard let path = options.warehouse else { bug("records are moved in no warehouse") }
    let folder = FileManager.default.temporaryDirectory.appending(path: "yaosu-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let warehouse = try Warehouse(path: path, mode: .read, wait: options.wait)
    try confirmTargets(warehouse)
    var load = options
    (load.verb, load.mode, load.again, load.acceptsOwners, load.regrids) = (.load, .patch, true, true, effective)
    // Where a record lies is no more than its keeper knows already.
    (load.paths, load.allowsRestricted, load.purpose) = ([], true, options.reason ?? "regrid")
    var (moved, staying): ([(dataset: String, count: Int)], Int) = ([], 0)
    for dataset in pack.datasets where dataset.gridField != nil && !dataset.isGridRoster {
      let file = folder.appending(path: "\(dataset.name).csv").path
      let (count, left) = try write(dataset, warehouse, to: file)
      staying += left
      if count == 0 { continue }
      moved.append((dataset.name, count))
      load.add(file, of: dataset, called: map.path)
    }
    let closed = try writeGrids(warehouse, to: folder.appending(path: "grid.csv").path, &load)
    if load.paths.isEmpty { throw RegridRefusal.nothing }
    return Report(result: try Run(load).run(), moved: moved, staying: staying, closed: closed)
  }

  /// Refuses to move records into grids that the roster of grids, where there is one, does not have: they would wait, and their old grid be
  /// closed behind them.
  private func confirmTargets(_ warehouse: Warehouse) throws {
    guard let roster = pack.gridRoster else { return }
    var known: Set<[UInt8]> = []
    try forEachRow(of: roster, roster.key, warehouse) { known.insert($0[0]) }
    if known.isEmpty { return }
    for move in map.moves.sorted(by: { $0.row < $1.row }) where !known.contains(move.new) {
      throw RegridRefusal.unknownGrid(
        file: map.path, row: move.row, code: PrintableText.escape(String(validating: move.new, as: UTF8.self) ?? "?"))
    }
  }

  // MARK: Corrections

  /// Writes the records of a dataset that move, with what they are known by; returns how many do, and how many stay in an old grid.
  private func write(_ dataset: Dataset, _ warehouse: Warehouse, to path: String) throws -> (moved: Int, staying: Int) {
    guard let grid = dataset.gridField else { return (0, 0) }
    let known = dataset.key + (dataset.interim?.fields ?? []) + (dataset.localNumber.map { [$0.scope] } ?? [])
    let own = known.reduce(into: [Int]()) { if !$0.contains($1), $1 != grid { $0.append($1) } }
    let table = MoveTable(map, dataset)
    let conditions = Set(table.fields).subtracting(own).sorted()
    let fields = own + conditions + [grid]
    let places = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1, $0) })
    var (moved, staying) = (0, 0)
    let output = try CorrectionsFile(path, dataset.names(of: own + [grid]))
    try forEachRow(of: dataset, fields, warehouse) { values in
      guard let code = values.last, table.closes(code) else { return }
      guard let target = table.target(of: code, { places[$0].map { values[$0] } ?? [] }) else {
        staying += 1
        return
      }
      moved += 1
      try output.append(Array(values.prefix(own.count)) + [target])
    }
    try output.finish()
    return (moved, staying)
  }

  /// Writes which grids are closed, where the warehouse has their roster: since when, and what took over; returns how many.
  private func writeGrids(_ warehouse: Warehouse, to path: String, _ load: inout DeliveryOptions) throws -> Int {
    guard let dataset = pack.gridRoster, let closing = dataset.closing, let (successor, code) = closing.succession else {
      return 0
    }
    // What a roster is known by beside the key is named too.
    let known = dataset.keyFields + [closing.field]
    let since = closing.since.map { [$0] } ?? []
    let output = try CorrectionsFile(path, dataset.names(of: known + since + [successor]))
    let closed = map.closed
    var count = 0
    try forEachRow(of: dataset, dataset.key + known, warehouse) { values in
      guard let next = closed[values[0]], let status = values.last, !closing.closes(status) else { return }
      count += 1
      let own = values.dropFirst(dataset.key.count).dropLast()
      let day = since.map { _ in Array(effective.text.utf8) }
      try output.append(Array(own) + [code] + day + [next ?? []])
    }
    try output.finish()
    if count > 0 { load.add(path, of: dataset, called: map.path) }
    return count
  }

  private func forEachRow(of dataset: Dataset, _ fields: [Int], _ warehouse: Warehouse, _ body: ([[UInt8]]) throws -> Void)
    throws
  {
    let selection = RowSelection(.all, pack, scheme, asOf: options.today.text, includesClosed: true)
    guard let reader = try WarehouseReader(warehouse, selection) else { bug("there is always a state of today") }
    _ = try reader.forEach(dataset, fields) { rows in
      for record in 0..<rows.records.count {
        try body(fields.indices.map { rows.records.copy(rows.records.range(record, $0)) })
      }
    }
  }
}

/// A list of corrections that only its owner can read.
private final class CorrectionsFile {
  private let file: PrivateFile
  private let writer: any RecordWriter
  private static let pieceSize = 1 << 16

  /// A CSV file with the names of fields as headings.
  init(_ path: String, _ fields: [String]) throws {
    file = try PrivateFile(path, replaces: false)
    writer = try WrittenFormat.csv.writer(fields.map { WrittenColumn($0) }, text: .system, sheet: "")
  }

  func append(_ values: [[UInt8]]) throws {
    try writer.append(values.map { String(validUTF8: $0.span) ?? "" })
    if writer.pendingCount > CorrectionsFile.pieceSize { try flush() }
  }

  func finish() throws {
    try writer.finish()
    try flush()
    try file.finish()
  }

  private func flush() throws {
    try file.append(writer.pending)
    writer.pending.removeAll(keepingCapacity: true)
  }
}

extension DeliveryOptions {
  /// Adds a file of a dataset that people know by another name.
  fileprivate mutating func add(_ path: String, of dataset: Dataset, called name: String) {
    paths.append(path)
    datasets[path] = dataset.name
    givenPaths[path] = "\(name) (\(dataset.name))"
  }
}
