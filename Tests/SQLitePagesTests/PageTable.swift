import ElementCore
import ElementGenerator
import GRDB

@testable import SQLitePages

/// A table, and random rows for it, that go in as pages or value by value.
struct PageTable {
  /// What a row holds: a text and two integers, the second as digits.
  struct Row {
    let text: String
    let number: Int64
    let digits: Int64?
  }

  /// The name of the table.
  let name: String
  /// How many more columns it has, which stay empty.
  var emptyColumns = 0

  /// The statement that makes the table.
  var sql: String {
    let empty = (0..<emptyColumns).map { ", anotherColumn\($0) TEXT" }
    return "CREATE TABLE \(name) (_id INTEGER PRIMARY KEY, text TEXT, number INTEGER, digits INTEGER\(empty.joined()))"
  }

  /// The table and its indexes as pages want them told.
  var schema: PageSchema {
    PageSchema(
      table: name, sql: sql, keyIndex: ("\(name)_key", "CREATE INDEX \(name)_key ON \(name) (text, number)"),
      emptyIndexes: [("\(name)_bare", "CREATE INDEX \(name)_bare ON \(name) (number) WHERE text = 'nobody'")])
  }

  /// Makes the table and its indexes.
  func make(_ db: Database) throws {
    try db.execute(sql: schema.sql)
    for index in [schema.keyIndex].compactMap({ $0 }) + schema.emptyIndexes { try db.execute(sql: index.sql) }
  }

  /// Inserts rows value by value.
  func insert(_ rows: [Row], _ db: Database) throws {
    for row in rows {
      try db.execute(
        sql: "INSERT INTO \(name) (text, number, digits) VALUES (?, ?, ?)",
        arguments: [row.text.isEmpty ? nil : row.text, row.number, row.digits])
    }
  }

  /// Rows as pages take them.
  func pages(_ rows: [Row], behind lastRow: Int64) -> PageRows {
    var (bytes, values): ([UInt8], [FieldRange]) = ([], [])
    for row in rows {
      for text in [row.text, row.digits.map(String.init) ?? ""] {
        values.append(FieldRange(bytes.count, bytes.count + text.utf8.count))
        bytes += Array(text.utf8)
      }
    }
    return PageRows(
      columns: [.nulls(1), .text(0), .integer(0), .digits(1)] + (emptyColumns == 0 ? [] : [.nulls(emptyColumns)]), bytes: bytes,
      values: values, width: 2, records: rows.indices.map(Int32.init), integers: rows.map(\.number), integerCount: 1,
      behind: lastRow)
  }

  /// Copies the rows that were laid out.
  func copy(_ db: Database) throws {
    try db.execute(sql: "INSERT INTO main.\(name) SELECT * FROM \(PageDatabase.name).\(name)")
  }

  /// The key index of rows whose numbers begin at 1, in trees of at most `leafLimit` leaves, and the numbers of their leaves from `first` on.
  func keys(_ rows: [Row], from first: Int, leafLimit: Int) -> [KeyTree] {
    let sorted = rows.enumerated().map { (text: Array($1.text.utf8), number: $1.number, row: Int64($0 + 1)) }.sorted {
      $0.text != $1.text
        ? $0.text.lexicographicallyPrecedes($1.text) : ($0.number, $0.row) < ($1.number, $1.row)
    }
    var builder = RecordBuilder(columns: 3)
    var trees: [KeyTree] = []
    var next = first
    for entry in sorted {
      let columns = [FieldRange(0, entry.text.count)]
      if let last = trees.last, last.add(entry.text.span, columns, (entry.number, entry.row), &builder) { continue }
      trees.last?.close()
      next += trees.last?.leafCount ?? 0
      trees.append(KeyTree(firstLeaf: next, leafLimit: leafLimit))
      precondition(trees[trees.count - 1].add(entry.text.span, columns, (entry.number, entry.row), &builder))
    }
    trees.last?.close()
    return trees
  }

  /// Random rows; texts are as long as the borders of the format need.
  static func rows(_ count: Int, _ random: inout SeededRandom, longest: Int = 300) -> [Row] {
    (0..<count).map { _ in
      let length = random.next() % 3 == 0 ? lengths[Int(random.next() % UInt64(lengths.count))] : Int(random.next() % 40)
      let number = numbers[Int(random.next() % UInt64(numbers.count))]
      return Row(
        text: String(repeating: random.next() % 2 == 0 ? "x" : "例", count: min(longest, length)),
        number: random.next() % 2 == 0 ? number : -number,
        digits: random.next() % 3 == 0 ? nil : number)
    }
  }

  private static let lengths = [0, 1, 15, 16, 17, 56, 57, 58, 63, 64, 65, 200, 8_185, 8_186, 8_187, 21_000]
  private static let numbers: [Int64] = [
    0, 1, 2, 127, 128, 129, 32_767, 32_768, 32_769, 8_388_607, 8_388_608, 2_147_483_647, 2_147_483_648, 140_737_488_355_327,
    140_737_488_355_328, 9_223_372_036_854_775_807,
  ]
}
