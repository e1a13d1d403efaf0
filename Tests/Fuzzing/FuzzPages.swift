import ElementCore
import ElementSchema
import ElementWarehouse
import Glibc

/// Bytes as the rows of a table.
enum FuzzPages {
  private static let folder = "/dev/shm/yaosu-fuzz-\(getpid())"

  /// Rows that go in as pages are those that go in value by value: the digest is the same, and is that of the rows as they are read again.
  static func compare(_ bytes: [UInt8]) {
    unsafe mkdir(folder, 0o700)
    let batches = batches(bytes)
    let (pages, values) = (load(batches, expected: 100_000), load(batches, expected: 0))
    if pages != values { FuzzTarget.fail("\(pages) as pages is \(values) value by value") }
  }

  /// The dataset of the rows.
  private static let dataset: Dataset = {
    guard let dataset = FuzzTarget.small.datasets.first else { FuzzTarget.fail("there is no dataset") }
    return dataset
  }()

  /// Three batches. A row is what stands before a 0xFF: its first byte says how often the rest is repeated as its text.
  private static func batches(_ bytes: [UInt8]) -> [CheckedBatch] {
    let rows = bytes.split(separator: 0xFF, omittingEmptySubsequences: false).prefix(300)
    return (0..<3).map { part in
      let own = rows.enumerated().filter { $0.offset % 3 == part }
      var (text, ranges, spots): ([UInt8], [FieldRange], [RecordSpot]) = ([], [], [])
      for (place, row) in own {
        let repeated = (0...Int(row.first ?? 0)).flatMap { _ in row.dropFirst() }
        for field in dataset.fields.indices {
          let value = field == dataset.key[0] ? row.dropFirst() + Array("#\(place)".utf8) : repeated[...]
          ranges.append(FieldRange(text.count, text.count + value.count))
          text += value
        }
        spots.append(
          RecordSpot(row: place + 1, line: place + 2, byteStart: 0, byteLength: 0, firstField: 0, fieldCount: 0, flags: []))
      }
      var batch = RecordBatch(bytes: text, byteBase: 0)
      batch.spots = spots
      let width = dataset.fields.count
      var checked = CheckedBatch(source: batch, fieldCount: width)
      checked.values = ranges
      checked.contentHash = dataset.rowHash(of: 0..<width).hashes(text.span, ranges.span, width: width, count: own.count)
      checked.keyHash = dataset.rowHash(of: dataset.key).hashes(text.span, ranges.span, width: width, count: own.count)
      return checked
    }
  }

  /// Loads batches into a new warehouse and returns its digest.
  private static func load(_ batches: [CheckedBatch], expected: Int) -> String {
    let path = folder + "/pages.db"
    for end in ["", "-journal", ".lock"] { unsafe unlink(path + end) }
    let head = BatchHead(
      operatorName: "fuzz", sender: nil, area: nil, toolVersion: "0", schemaDigest: "s", deliveryDigest: "d", asOf: "2026-01-01"
    )
    do {
      let digest = try Warehouse(path: path, mode: .write).load(head) { load in
        let (comparer, applier) = try load.open(dataset, FuzzTarget.small)
        try comparer.prepare(expected: expected)
        applier.prepare(expected: expected)
        var counts = RunCounts()
        for batch in batches {
          let records = (0..<batch.count).map(Int32.init)
          let found = try comparer.compare(batch, records) {
            UInt64($0)
          } judge: { rows, _, _ in
            rows
          } change: { _, _ in
          }
          guard found.actions.allSatisfy({ $0 == .create }) else { FuzzTarget.fail("a new row is none: \(found.actions)") }
          try applier.insert(batch, records, of: batch.count, firstID: found.firstID, input: 0)
          counts.read += batch.count
          counts.created += batch.count
        }
        try applier.finishRows()
        let input = BatchInput(
          ordinal: 0, path: "in.csv", sha256: "", bytes: 0, format: "csv", encoding: "utf-8", evidence: "",
          dataset: dataset.name, mapping: "", headings: "[]", rawEncoding: "utf-8", blankLines: 0, counts: counts)
        return (try load.finish(inputs: [input], counts: counts, datasets: [dataset]), .commit)
      }
      let differences = try Warehouse(path: path, mode: .read).verify().differences
      if !differences.isEmpty { FuzzTarget.fail("verify says \(differences)") }
      return digest
    } catch {
      FuzzTarget.fail("\(error)")
    }
  }
}
