package import ElementCore
import ElementRules
package import ElementSchema
import Foundation

/// Which records go from which grid to which: a table with the old and the new code of each row, and what else a record must hold.
package struct RegridMap: Sendable {
  /// A row of the table.
  struct Move: Sendable {
    /// The grid that records leave, and the one that they go to.
    let old, new: [UInt8]
    /// What else a record must hold: the heading of a field, and the value as it was written.
    let conditions: [(heading: String, value: [UInt8])]
    /// Its row in the table, from 1.
    let row: Int
  }

  /// The rows, those with more conditions first.
  let moves: [Move]
  /// The path of the table as it was given.
  let path: String

  private static let oldHeadings = ["原网格编码", "旧网格编码", "调整前网格编码", "old", "oldGridCode"]
  private static let newHeadings = ["新网格编码", "现网格编码", "调整后网格编码", "new", "newGridCode"]

  /// Reads a table in any format that rosters have; `options` say how.
  ///
  /// - Throws: `InputError` where it cannot be read; `RegridRefusal` where it has no such columns, a code is none of the scheme, or two rows
  ///   say different things of the same records.
  package init(path: String, options: DeliveryOptions, pack: SchemaPack, scheme: GridCodeScheme) throws {
    var (header, moves): ([String], [Move]) = ([], [])
    var (row, refusal): (Int, RegridRefusal?) = (0, nil)
    var records = RawRecords(path: path, options: options, pack: pack)
    let tables = pack.tables(today: options.today, zone: options.configuration.timeZone)
    try records.eachLine { line in
      let cells = (try? JSONDecoder().decode([String?].self, from: Data(line.utf8)).map { ($0 ?? "").trimmed }) ?? []
      if header.isEmpty {
        header = cells
        return
      }
      row += 1
      do {
        if let move = try Self.move(cells, header, row, path, scheme, tables) { moves.append(move) }
      } catch let error as RegridRefusal {
        refusal = refusal ?? error
      } catch {
        bug("a row of a table is refused otherwise than it may be")
      }
    }
    if let refusal { throw refusal }
    guard !moves.isEmpty else { throw RegridRefusal.noRows(file: path) }
    self.path = path
    self.moves = moves.sorted { ($1.conditions.count, $0.row) < ($0.conditions.count, $1.row) }
    try confirmSingle()
  }

  private static func move(
    _ cells: [String], _ header: [String], _ row: Int, _ path: String, _ scheme: GridCodeScheme, _ tables: ReferenceTables
  ) throws -> Move? {
    func column(_ names: [String]) throws -> Int {
      guard let column = header.firstIndex(where: { heading in names.contains { $0.utf8.elementsEqual(heading.utf8) } }) else {
        throw RegridRefusal.noColumns(file: path)
      }
      return column
    }
    let (old, new) = (try column(oldHeadings), try column(newHeadings))
    if cells.allSatisfy(\.isEmpty) { return nil }
    func code(_ column: Int) throws -> [UInt8] {
      let bytes = column < cells.count ? Array(cells[column].utf8) : []
      guard scheme.check(bytes.span, tables).isDisjoint(with: GridCodeScheme.policy.errors) else {
        throw RegridRefusal.badCode(file: path, row: row, code: PrintableText.escape(column < cells.count ? cells[column] : ""))
      }
      return bytes
    }
    let conditions = cells.indices.filter { $0 != old && $0 != new && $0 < header.count && !cells[$0].isEmpty }.map {
      (heading: header[$0], value: Array(cells[$0].utf8))
    }
    let move = Move(old: try code(old), new: try code(new), conditions: conditions, row: row)
    if move.old == move.new { throw RegridRefusal.nowhere(file: path, row: row) }
    return move
  }

  /// Refuses two rows that send the same records to two grids.
  private func confirmSingle() throws(RegridRefusal) {
    var seen: [[UInt8]: Move] = [:]
    for move in moves {
      let conditions = move.conditions.map { Array($0.heading.utf8) + [0] + $0.value }
      let key = ([move.old] + conditions.sorted { $0.lexicographicallyPrecedes($1) }).joined(separator: [1])
      if let other = seen.updateValue(move, forKey: Array(key)), other.new != move.new {
        throw RegridRefusal.twice(file: path, rows: [other.row, move.row].sorted())
      }
    }
  }

  /// The grids that all records leave, each with the one that they go to; nil where they go to several.
  var closed: [[UInt8]: [UInt8]?] {
    var closed: [[UInt8]: [UInt8]?] = [:]
    for move in moves where move.conditions.isEmpty {
      let targets = Set(moves.filter { $0.old == move.old }.map(\.new))
      closed[move.old] = targets.count == 1 ? move.new : [UInt8]?.none
    }
    return closed
  }
}

extension String {
  /// The text without blanks around it.
  fileprivate var trimmed: String {
    let bytes = Array(utf8)
    return String(validUTF8: bytes.span.extracting(CodeFolding.trimmed(bytes.span))) ?? self
  }
}

/// Why records cannot be moved to other grids.
package enum RegridRefusal: Error, Sendable {
  /// The table has no columns of old and new codes.
  case noColumns(file: String)
  /// The table has no row.
  case noRows(file: String)
  /// A row, from 1, has a code that is none of the scheme.
  case badCode(file: String, row: Int, code: String)
  /// A row, from 1, has a new code that the roster of grids in the warehouse does not have.
  case unknownGrid(file: String, row: Int, code: String)
  /// A row, from 1, has one code twice.
  case nowhere(file: String, row: Int)
  /// Two rows, from 1, send the same records to two grids.
  case twice(file: String, rows: [Int])
  /// A condition's heading is known to no dataset that has grids.
  case unknownHeading(file: String, heading: String)
  /// No stored record is in one of the old grids.
  case nothing
  /// The day lies in the future.
  case future(String)
}
