import ElementCore
import ElementGenerator
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import GRDB
import Testing

/// Rows that go in as pages must be the rows that go in value by value.
struct PageFeedTests {
  private static let lengths = [0, 0, 0, 1, 5, 15, 16, 17, 57, 58, 64, 65, 200, 8_185, 8_186]
  private static let numbers: [Int] = [
    0, 1, -1, 2, 127, 128, -128, -129, 32_767, 32_768, -32_769, 8_388_607, 8_388_608, 2_147_483_648, 140_737_488_355_328,
    999_999_999_999_999_999, -999_999_999_999_999_999,
  ]

  /// What a batch holds beside ordinary rows.
  enum Oddity: CaseIterable {
    /// Nothing.
    case none
    /// A row that no page holds.
    case hugeRow
    /// A row whose key is not known yet.
    case interimRow
    /// Nothing but one row.
    case single
  }

  @Test(arguments: ["registeredResident", "grid", "building", "eventStep"])
  func `rows are the same as pages and value by value`(_ name: String) throws {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset(name))
    let batches = Self.batches(dataset)
    let scratch = try ScratchFolder()
    let (pages, plain) = (scratch.path + "/pages.db", scratch.path + "/plain.db")
    #expect(try load(batches, dataset, pack, into: pages, expected: 100_000))
    #expect(try !load(batches, dataset, pack, into: plain, expected: 0))
    #expect(try rows(pages, name) == rows(plain, name))
    for path in [pages, plain] {
      let queue = try DatabaseQueue(path: path)
      #expect(try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"])
      #expect(try Warehouse(path: path, mode: .read).verify().differences.isEmpty)
    }
  }

  @Test func `a second load adds its rows as pages behind those of the first`() throws {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset("registeredResident"))
    let scratch = try ScratchFolder()
    let path = scratch.path + "/w.db"
    // The key index goes, and pages come, when a thousand rows have shown that most are new.
    let (first, second) = (Self.plainBatches(dataset, from: 0), Self.plainBatches(dataset, from: 50_000))
    #expect(try load(first, dataset, pack, into: path, expected: 100_000))
    #expect(try load(second, dataset, pack, into: path, expected: 100_000))
    #expect(try Warehouse(path: path, mode: .read).verify().differences.isEmpty)
    let queue = try DatabaseQueue(path: path)
    let (count, last) = try queue.read {
      (
        try Int.fetchOne($0, sql: "SELECT count(*) FROM registeredResident"),
        try Int.fetchOne($0, sql: "SELECT max(_id) FROM registeredResident")
      )
    }
    #expect(count == last && count == (first + second).reduce(0) { $0 + $1.count })
  }

  @Test func `a column that the shape does not have keeps rows from going in as pages, and verify tells it`() throws {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset("registeredResident"))
    let scratch = try ScratchFolder()
    let path = scratch.path + "/w.db"
    #expect(try load(Self.plainBatches(dataset, from: 0), dataset, pack, into: path, expected: 100_000))
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "ALTER TABLE registeredResident ADD COLUMN remark TEXT DEFAULT 'x'")
    }
    #expect(try !load(Self.plainBatches(dataset, from: 50_000), dataset, pack, into: path, expected: 100_000))
    #expect(try DatabaseQueue(path: path).read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"])
    #expect(
      try Warehouse(path: path, mode: .read).verify().differences.map(\.message.en) == [
        "the table has other columns than its shape says"
      ])
  }

  @Test func `a delivery of more datasets than SQLite attaches databases goes in as pages, all of it`() throws {
    let pack = try SchemaPack.shipped()
    let datasets = try ["registeredResident", "grid", "building", "personHouse"].map { try #require(pack.dataset($0)) }
    let more = pack.datasets.filter { dataset in !datasets.contains { $0.name == dataset.name } }.prefix(10)
    let scratch = try ScratchFolder()
    let path = scratch.path + "/w.db"
    var random = SeededRandom(seed: 14)
    let waysOfRows = try Warehouse(path: path, mode: .write).load(Self.head) { load in
      var counts = RunCounts()
      let writers = try (datasets + more).map { dataset in
        let writer = try RowWriter(load, dataset, pack)
        try writer.prepare(expected: 100_000)
        return (dataset, writer)
      }
      // By turns, as the files of a folder need not come one dataset behind the other.
      for round in 0..<3 {
        for (dataset, writer) in writers {
          let batch = Self.batch(dataset, from: round * 60, count: 60, .none, &random)
          counts.read += batch.count
          counts.add(try writer.write(batch, (0..<batch.count).map(Int32.init), input: 0))
        }
      }
      for (_, writer) in writers { try writer.applier.finishRows() }
      _ = try load.finish(inputs: [Self.input("grid", counts)], counts: counts, datasets: writers.map(\.0))
      return (writers.map { $1.applier.takesPages }, .commit)
    }
    #expect(waysOfRows == [Bool](repeating: true, count: 14))
    #expect(try DatabaseQueue(path: path).read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"])
    #expect(try Warehouse(path: path, mode: .read).verify().differences.isEmpty)
  }

  /// How keys come, and whether their index is copied then.
  struct Keys: CustomTestStringConvertible {
    let testDescription: String
    var longest = 40
    var odd: String?
    var lastCount = 60
    var takenBack: [Int] = []
    var isCopied = true
  }

  @Test(
    arguments: [
      Keys(testDescription: "short"), Keys(testDescription: "long", longest: 4_000),
      Keys(testDescription: "a single row last", longest: 900, lastCount: 1),
      Keys(testDescription: "some taken back", longest: 4_000, takenBack: [0, 7, 59]),
      Keys(testDescription: "one too long", odd: String(repeating: "k", count: 9_000), isCopied: false),
      Keys(testDescription: "one with a zero byte", odd: "a\u{0}b", isCopied: false),
    ], ["registeredResident", "personHouse"])
  func `the key index is copied whole, whatever the keys are`(_ keys: Keys, _ name: String) throws {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset(name))
    var random = SeededRandom(seed: 11)
    var batches = (0..<30).map { batch in
      Self.batch(dataset, from: batch * 60, count: batch == 29 ? keys.lastCount : 60, .none, &random) { record, random in
        // Not in order, and some begin alike.
        let start = record % 5 == 0 ? "the same beginning" : String(random.next() % 1_000_000)
        return start + String(repeating: "长", count: Int(random.next() % UInt64(keys.longest / 3 + 1))) + "-\(record)"
      }
    }
    if let odd = keys.odd {
      batches.insert(Self.batch(dataset, from: 9_000, count: 60, .none, &random) { record, _ in "\(odd)\(record)" }, at: 3)
    }
    let scratch = try ScratchFolder()
    let path = scratch.path + "/w.db"
    var isForeseen = false
    #expect(
      try load(batches, dataset, pack, into: path, expected: 100_000) { applier in
        let rows = keys.takenBack.map { (batches[2], $0) }
        for (batch, record) in rows { applier.willTakeBack(batch, record) }
        try applier.finishRows()
        for (batch, record) in rows { try applier.withdraw(batch, record, .create) }
        isForeseen = applier.digest != nil
        return rows.count
      })
    #expect(isForeseen == keys.isCopied)
    let queue = try DatabaseQueue(path: path)
    #expect(try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"])
    let count = batches.reduce(0) { $0 + $1.count } - keys.takenBack.count
    #expect(
      try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(name) INDEXED BY \(name)_key WHERE true") } == count)
    // The digest is that of the rows as they are read again.
    #expect(try Warehouse(path: path, mode: .read).verify().differences.isEmpty)
  }

  /// Loads batches and says whether rows went in as pages; `finish` says how many it took back.
  private func load(
    _ batches: [CheckedBatch], _ dataset: Dataset, _ pack: SchemaPack, into path: String, expected: Int,
    finish: (RowApplier) throws -> Int = { _ in 0 }
  ) throws -> Bool {
    return try Warehouse(path: path, mode: .write).load(Self.head) { load in
      let writer = try RowWriter(load, dataset, pack)
      try writer.prepare(expected: expected)
      var counts = RunCounts()
      for batch in batches {
        counts.read += batch.count
        counts.add(try writer.write(batch, (0..<batch.count).map(Int32.init), input: 0))
      }
      let takenBack = try finish(writer.applier)
      (counts.created, counts.duplicate) = (counts.created - takenBack, takenBack)
      try writer.applier.finishRows()
      _ = try load.finish(inputs: [Self.input(dataset.name, counts)], counts: counts, datasets: [dataset])
      return (writer.applier.takesPages, .commit)
    }
  }

  private static let head = BatchHead(
    operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "s", deliveryDigest: "d",
    asOf: "2026-01-01")

  private static func input(_ dataset: String, _ counts: RunCounts) -> BatchInput {
    BatchInput(
      ordinal: 0, path: "in.csv", sha256: "", bytes: 0, format: "csv", encoding: "utf-8", evidence: "", dataset: dataset,
      mapping: "", headings: "[]", rawEncoding: "utf-8", blankLines: 0, counts: counts)
  }

  /// All rows with the types of their values, but the time.
  private func rows(_ path: String, _ table: String) throws -> [[String]] {
    try DatabaseQueue(path: path).read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY _id").map { row in
        row.filter { $0.0 != "_recorded_at" }.map { "\($0.0) \($0.1.storage)" }
      }
    }
  }

  private static func batches(_ dataset: Dataset) -> [CheckedBatch] {
    var random = SeededRandom(seed: 7)
    var next = 0
    return (0..<12).map { place in
      let oddity = Oddity.allCases[place % Oddity.allCases.count]
      let count = oddity == .single ? 1 : 60
      defer { next += count }
      return batch(dataset, from: next, count: count, oddity, &random)
    }
  }

  private static func plainBatches(_ dataset: Dataset, from start: Int) -> [CheckedBatch] {
    var random = SeededRandom(seed: UInt64(start))
    return (0..<30).map { batch(dataset, from: start + $0 * 60, count: 60, .none, &random) }
  }

  private static func batch(
    _ dataset: Dataset, from first: Int, count: Int, _ oddity: Oddity, _ random: inout SeededRandom,
    key: (Int, inout SeededRandom) -> String = { record, _ in "key\(record)" }
  ) -> CheckedBatch {
    var bytes: [UInt8] = []
    var ranges: [FieldRange] = []
    var spots: [RecordSpot] = []
    for record in 0..<count {
      for (place, field) in dataset.fields.enumerated() {
        var value = field.type == .integer ? number(&random) : text(&random)
        if dataset.key.contains(place) { value = field.type == .integer ? "\(first + record)" : key(first + record, &random) }
        if dataset.key.first == place, oddity == .interimRow, record == 3, dataset.interim != nil { value = "" }
        if !dataset.key.contains(place), field.type != .integer, oddity == .hugeRow, record == 5, place > 2 {
          value = String(repeating: "长", count: 3_000)
        }
        ranges.append(FieldRange(bytes.count, bytes.count + value.utf8.count))
        bytes += Array(value.utf8)
      }
      spots.append(
        RecordSpot(
          row: first + record + 1, line: first + record + 2, byteStart: 0, byteLength: 0, firstField: 0, fieldCount: 0,
          flags: []))
    }
    var batch = RecordBatch(bytes: bytes, byteBase: 0)
    batch.spots = spots
    var checked = CheckedBatch(source: batch, fieldCount: dataset.fields.count)
    checked.values = ranges
    let width = dataset.fields.count
    let (content, key) = (dataset.rowHash(of: 0..<width), dataset.rowHash(of: dataset.key))
    checked.contentHash = content.hashes(bytes.span, ranges.span, width: width, count: count)
    checked.keyHash = key.hashes(bytes.span, ranges.span, width: width, count: count)
    return checked
  }

  private static func number(_ random: inout SeededRandom) -> String {
    random.next() % 3 == 0 ? "" : String(numbers[Int(random.next() % UInt64(numbers.count))])
  }

  private static func text(_ random: inout SeededRandom) -> String {
    let length = random.next() % 40 == 0 ? lengths[Int(random.next() % UInt64(lengths.count))] : Int(random.next() % 40)
    return String(repeating: "x", count: length)
  }
}
