import ElementCore

/// Rows that are put together of what records say and what is stored of them.
struct RowCompletion {
  private let checked: CheckedBatch
  private let keptCount: Int
  /// The records, from 0, ascending.
  private(set) var records: [Int] = []
  /// The numbers of their stored rows.
  private(set) var ids: [Int64] = []
  /// Where each value comes from.
  private(set) var origins: [ValueOrigin] = []
  /// Stored values that followed from others and are left out, by row (from 0) and field.
  private(set) var wasDerived: [(row: Int, field: Int)] = []
  private var values: [[UInt8]] = []
  private var kept: [[UInt8]] = []
  private var keptDerived: [[UInt8]] = []

  /// No rows of a batch yet, beside so many columns that the dataset has no field for.
  init(_ checked: CheckedBatch, _ keptCount: Int) { (self.checked, self.keptCount) = (checked, keptCount) }

  /// The row (from 0) of a record; nil where it needs none.
  func row(of record: Int) -> Int? {
    let row = records.firstPlace { $0 >= record }
    return row < records.count && records[row] == record ? row : nil
  }

  /// Adds a record, behind all others, whose `open` fields are what is stored; `stored` has the columns of `StoredValues`.
  mutating func add(
    _ record: Int, id: Int64, open: [Int], _ stored: [Int: [UInt8]], wasDerived: Set<Int>, keptDerived: [[UInt8]]
  ) {
    let openFields = Set(open)
    for field in 0..<checked.fieldCount {
      let isOpen = openFields.contains(field)
      // What followed from other fields follows anew, or not any more.
      let value = isOpen ? (wasDerived.contains(field) ? [] : stored[field] ?? []) : Array(checked.value(record, field))
      values.append(value)
      origins.append(!isOpen ? .stated : wasDerived.contains(field) ? .derived : .stored)
    }
    self.wasDerived += wasDerived.sorted().map { (records.count, $0) }
    kept += (0..<keptCount).map { stored[checked.fieldCount + $0] ?? [] }
    self.keptDerived.append(Array(keptDerived.joined(separator: [0x2C])))
    records.append(record)
    ids.append(id)
  }

  /// Makes a value what was stated last.
  mutating func set(_ row: Int, _ field: Int, _ value: [UInt8]) { values[row * checked.fieldCount + field] = value }

  /// The rows, nothing derived yet but what is kept beside the dataset.
  var rows: CheckedBatch {
    var rows = checked.replacing(records) { values[$0 * checked.fieldCount + $1][...] }
    if keptDerived.contains(where: { !$0.isEmpty }) {
      for names in keptDerived {
        rows.derived.append(FieldRange(rows.source.bytes.count, rows.source.bytes.count + names.count))
        rows.source.bytes += names
      }
    }
    return rows
  }

  /// The fingerprint of a row with what is kept beside the dataset.
  func contentHash(of rows: CheckedBatch, _ row: Int, _ content: RowHash) -> UInt64 {
    var (bytes, ranges): ([UInt8], [FieldRange]) = ([], [])
    let own = (0..<rows.fieldCount).map { rows.value(row, $0) }
    for value in own + (0..<keptCount).map({ kept[row * keptCount + $0][...] }) {
      ranges.append(FieldRange(bytes.count, bytes.count + value.count))
      bytes += value
    }
    return content.hash(bytes.span, ranges.span, from: 0)
  }
}
