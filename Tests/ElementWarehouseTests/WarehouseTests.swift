import ElementCore
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

struct WarehouseTests {
  let scratch: ScratchFolder
  let path: String

  init() throws {
    scratch = try ScratchFolder()
    path = scratch.path + "/w.db"
  }

  private func head() -> BatchHead {
    BatchHead(
      operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "s", deliveryDigest: "d", asOf: "2026-01-01"
    )
  }

  @Test func `a new warehouse can be read by its owner only`() throws {
    _ = try Warehouse(path: path, mode: .write)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `a warehouse in an empty file that others may read is its owner's alone, and a folder is none`() throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o644])
    _ = try Warehouse(path: path, mode: .write)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    for mode in [Warehouse.Mode.read, .write] {
      let error = #expect(throws: WarehouseError.self) {
        try Warehouse(path: (path as NSString).deletingLastPathComponent, mode: mode)
      }
      #expect(error?.kind == .foreign)
    }
  }

  @Test func `a load that throws leaves no file where there was none`() throws {
    struct Stop: Error {}
    let warehouse = try Warehouse(path: path, mode: .write)
    #expect(throws: Stop.self) { try warehouse.load(head()) { _ -> (Int, LoadEnding) in throw Stop() } }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test(arguments: [
    "read = read + 1", "created = created + 1", "stored_after = stored_after + 1", "removed = removed + 1", "kind = 'undo'",
  ])
  func `counts that do not balance cannot be stored`(_ change: String) throws {
    let (dataset, pack) = (try #require(try SchemaPack.shipped().dataset("grid")), try SchemaPack.shipped())
    _ = try Warehouse(path: path, mode: .write).load(head()) { load in
      let writer = try RowWriter(load, dataset, pack)
      let counts = try write(["01000032069900100101"], writer, dataset)
      try writer.applier.finishRows()
      return (try load.finish(inputs: [input(counts)], counts: counts, datasets: [dataset]), .commit)
    }
    let queue = try DatabaseQueue(path: path)
    #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: "UPDATE batch SET \(change)") } }
  }

  @Test func `a warehouse of format 1 is refused with what to do, and is left as it is`() throws {
    _ = try Warehouse(path: path, mode: .write)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 1") }
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    for mode in [Warehouse.Mode.read, .write] {
      let error = #expect(throws: WarehouseError.self) { try Warehouse(path: path, mode: mode) }
      #expect(error?.kind == .tooOld && error?.hint.en.contains("yaosu load") == true)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func `a newer warehouse is refused`() throws {
    _ = try Warehouse(path: path, mode: .write)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 99") }
    #expect(#expect(throws: WarehouseError.self) { try Warehouse(path: path, mode: .read) }?.kind == .tooNew)
  }

  @Test func `a missing warehouse and a symbolic link are told apart`() throws {
    #expect(#expect(throws: WarehouseError.self) { try Warehouse(path: path, mode: .read) }?.kind == .missing)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: scratch.path + "/elsewhere.db")
    #expect(#expect(throws: WarehouseError.self) { try Warehouse(path: path, mode: .write) }?.kind == .foreign)
  }

  @Test func `verify sees a changed cell, a changed count and a lost row`() throws {
    let dataset = try #require(try SchemaPack.shipped().dataset("grid"))
    let pack = try SchemaPack.shipped()
    do {
      let warehouse = try Warehouse(path: path, mode: .write)
      _ = try warehouse.load(head()) { load in
        let writer = try RowWriter(load, dataset, pack)
        let counts = try write(["01000032068200100101", "01000032068200100102"], writer, dataset)
        try writer.applier.finishRows()
        return (try load.finish(inputs: [input(counts)], counts: counts, datasets: [dataset]), .commit)
      }
    }
    #expect(try Warehouse(path: path, mode: .read).verify().differences.isEmpty)
    let damages = [
      "UPDATE grid SET gridName = '另一网格' WHERE _id = 1", "DELETE FROM grid WHERE _id = 2",
      "INSERT INTO quarantine VALUES (1, 1, 0, 'grid', 1, 1, 0, 0, '', x'', '', NULL, NULL, NULL, NULL)",
      "UPDATE grid SET _row = 9 WHERE _id = 2",
      "UPDATE batch SET operator = 'somebody else'", "UPDATE batch_input SET path = 'other.csv'",
    ]
    let clean = try Data(contentsOf: URL(fileURLWithPath: path))
    for damage in damages {
      try clean.write(to: URL(fileURLWithPath: path))
      try DatabaseQueue(path: path).write { try $0.execute(sql: damage) }
      #expect(try !Warehouse(path: path, mode: .read).verify().differences.isEmpty, "\(damage)")
    }
  }

  @Test func `a trigger and a view that are not ours are refused by name`() throws {
    do { _ = try Warehouse(path: path, mode: .write) }
    for visitor in [
      "TRIGGER intruder AFTER INSERT ON finding BEGIN DELETE FROM finding; END", "VIEW intruder AS SELECT * FROM batch",
    ] {
      try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE " + visitor) }
      for mode in [Warehouse.Mode.read, .write] {
        let error = #expect(throws: WarehouseError.self) { try Warehouse(path: path, mode: mode) }
        #expect(error?.kind == .foreign && error?.message.en.contains("intruder") == true)
      }
      try DatabaseQueue(path: path).write {
        try $0.execute(sql: "DROP \(visitor.prefix { $0 != " " }) intruder")
      }
    }
  }

  private func input(_ counts: RunCounts) -> BatchInput {
    BatchInput(
      ordinal: 0, path: "grids.csv", sha256: "", bytes: 0, format: "csv", encoding: "utf-8", evidence: "", dataset: "grid",
      mapping: "", headings: "[]", rawEncoding: "utf-8", blankLines: 0, counts: counts)
  }

  /// Writes grids of which only code and name are filled.
  private func write(_ codes: [String], _ writer: RowWriter, _ dataset: Dataset) throws -> RunCounts {
    var counts = RunCounts()
    for (row, code) in codes.enumerated() {
      let name = "第\(row)网格"
      var batch = RecordBatch(bytes: Array((code + name).utf8), byteBase: 0)
      batch.spots = [
        RecordSpot(row: row + 1, line: row + 2, byteStart: 0, byteLength: 0, firstField: 0, fieldCount: 0, flags: [])
      ]
      var checked = CheckedBatch(source: batch, fieldCount: dataset.fields.count)
      checked.values = Array(repeating: .empty, count: dataset.fields.count)
      checked.values[0] = FieldRange(0, code.utf8.count)
      checked.values[1] = FieldRange(code.utf8.count, code.utf8.count + name.utf8.count)
      let content = dataset.rowHash(of: dataset.fields.indices)
      checked.contentHash = [content.hash(checked.source.bytes.span, checked.values.span, from: 0)]
      counts.read += 1
      checked.keyHash = [dataset.rowHash(of: dataset.key).hash(checked.source.bytes.span, checked.values.span, from: 0)]
      counts.add(try writer.write(checked, [0], input: 0))
    }
    return counts
  }
}
