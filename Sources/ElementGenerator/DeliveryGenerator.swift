import ElementCore
package import ElementFormats
package import ElementSchema

/// A line of the truth: one planted trouble.
package struct TruthLine: Sendable {
  /// The data row, from 1.
  package let row: Int
  /// The field, or empty for the row as a whole.
  package let field: String
  /// What kind of trouble it is.
  package let kind: String
  /// The rule that must fire; empty for none.
  package let code: String
  /// The value before.
  package let original: String
  /// The value as written.
  package let written: String

  /// The line as it stands in the TSV file.
  package var text: String {
    [String(row), field, kind, code, original, written].map { $0.replacing("\t", with: " ").replacing("\n", with: " ") }.joined(
      separator: "\t") + "\n"
  }

  /// The header of the TSV file.
  package static let header = "row\tfield\tkind\tcode\toriginal\twritten\n"
}

/// Generates a delivery with known truth: the same for the same options, on any machine.
package struct DeliveryGenerator {
  /// What is generated.
  package struct Options: Sendable {
    /// The number of data rows.
    package var rows: Int
    /// The seed.
    package var seed: UInt64
    /// The share of rows with a planted trouble, in percent.
    package var dirty = 0.0
    /// The share of rows that repeat an earlier one, in percent.
    package var duplicates = 0.0
    /// Whether labels are written instead of codes.
    package var usesLabels = false
    /// The fields to write, in order; empty for all of confidence A or B.
    package var fields: [String] = []
    /// The encoding, UTF-8 or GB 18030.
    package var encoding = TextEncoding.utf8
    /// Whether lines end with CR LF.
    package var crlf = false

    /// Options with defaults.
    package init(rows: Int, seed: UInt64) {
      self.rows = rows
      self.seed = seed
    }
  }

  private let dataset: Dataset
  private let options: Options
  private let columns: [Int]
  private var random: SeededRandom
  private var mint: RecordMint
  private var row = 0
  /// Copies that wait to be written further down, as clerks append them.
  private var waiting: [(record: [String], original: [String], source: Int, isConflict: Bool)] = []

  /// A generator for a dataset.
  package init(_ dataset: Dataset, pack: SchemaPack, options: Options) {
    self.dataset = dataset
    self.options = options
    random = SeededRandom(seed: options.seed)
    mint = RecordMint(dataset, pack: pack, usesLabels: options.usesLabels, seed: options.seed)
    columns =
      options.fields.isEmpty
      ? dataset.fields.indices.filter { dataset.fields[$0].isBinding || dataset.fields[$0].duty != .optional }
      : options.fields.compactMap(dataset.index)
  }

  /// Writes the header and all rows through `write`, and the truth through `tell`.
  package mutating func generate(write: ([UInt8]) -> Void, tell: (TruthLine) -> Void) {
    write(line(columns.map { dataset.fields[$0].title }))
    while row < options.rows {
      if let copy = waiting.first, row + waiting.count >= options.rows || random.chance(2) {
        waiting.removeFirst()
        emit(copy: copy, write, tell)
        continue
      }
      let records = mint.records(&random)
      if !plantHouseholders(records, write, tell) {
        for record in records where row + waiting.count < options.rows { emit(record, write, tell) }
      }
    }
  }

  private mutating func emit(_ record: [String], _ write: ([UInt8]) -> Void, _ tell: (TruthLine) -> Void) {
    row += 1
    if random.chance(options.dirty), let planted = plant(record, tell) {
      write(planted)
      return
    }
    if row + waiting.count < options.rows - 1 {
      if random.chance(options.duplicates) {
        waiting.append((record, record, row, false))
      } else if random.chance(options.dirty / 20), let changed = conflicting(record) {
        waiting.append((changed, record, row, true))
        tell(TruthLine(row: row, field: "", kind: "key-conflict", code: "G2005", original: "", written: ""))
      }
    }
    write(line(columns.map { record[$0] }))
  }

  private mutating func emit(
    copy: (record: [String], original: [String], source: Int, isConflict: Bool), _ write: ([UInt8]) -> Void,
    _ tell: (TruthLine) -> Void
  ) {
    row += 1
    let kind = copy.isConflict ? "key-conflict" : "duplicate"
    tell(
      TruthLine(
        row: row, field: "", kind: kind, code: copy.isConflict ? "G2005" : "", original: "row \(copy.source)", written: ""))
    write(line(columns.map { copy.record[$0] }))
  }

  /// The record with another address or name: the same key, other content.
  private func conflicting(_ record: [String]) -> [String]? {
    for name in ["residenceAddress", "houseAddress", "gridName"] {
      guard let field = dataset.index(of: name), columns.contains(field), !record[field].isEmpty else { continue }
      var changed = record
      changed[field] = "新" + record[field]
      return changed
    }
    return nil
  }

  /// Plants one trouble and returns the line; nil where the record carries none.
  private mutating func plant(_ record: [String], _ tell: (TruthLine) -> Void) -> [UInt8]? {
    let shape = random.below(20)
    if shape == 0 { return ragged(record, tell) }
    if shape == 1, options.encoding == .utf8 { return undecodable(record, tell) }
    let planting = random.pick(Planting.all)
    guard let field = dataset.index(of: planting.field), columns.contains(field), !record[field].isEmpty,
      let written = planting.write(record[field]), written != record[field]
    else { return nil }
    var planted = record
    planted[field] = written
    tell(
      TruthLine(
        row: row, field: planting.field, kind: planting.kind, code: planting.code, original: record[field], written: written))
    return line(columns.map { planted[$0] })
  }

  private func ragged(_ record: [String], _ tell: (TruthLine) -> Void) -> [UInt8] {
    tell(TruthLine(row: row, field: "", kind: "ragged", code: "S0101", original: "", written: "+1"))
    return line(columns.map { record[$0] } + ["多余"])
  }

  private func undecodable(_ record: [String], _ tell: (TruthLine) -> Void) -> [UInt8] {
    tell(TruthLine(row: row, field: "", kind: "bad-bytes", code: "S0102", original: "", written: "\\xFF"))
    var bytes = line(columns.map { record[$0] })
    let end = bytes.lastIndex { $0 != 0x0A && $0 != 0x0D } ?? 0
    bytes.insert(0xFF, at: end)
    return bytes
  }

  /// Makes the second member a householder too; true where the household was written here.
  private mutating func plantHouseholders(_ records: [[String]], _ write: ([UInt8]) -> Void, _ tell: (TruthLine) -> Void)
    -> Bool
  {
    guard records.count > 1, row + records.count + waiting.count < options.rows, random.chance(options.dirty / 20),
      let relation = dataset.index(of: "householderRelationCode"), let holder = dataset.index(of: "householderIdentityNum"),
      let identity = dataset.index(of: "identityNum"), columns.contains(relation), columns.contains(holder)
    else { return false }
    var members = records
    members[1][relation] = members[0][relation]
    members[1][holder] = members[1][identity]
    for (place, member) in members.enumerated() {
      row += 1
      if place < 2 {
        tell(
          TruthLine(
            row: row, field: "householderRelationCode", kind: "several-householders", code: "G2003",
            original: records[place][relation], written: member[relation]))
      }
      write(line(columns.map { member[$0] }))
    }
    return true
  }

  private func line(_ cells: [String]) -> [UInt8] {
    var out: [UInt8] = []
    for (place, cell) in cells.enumerated() {
      if place > 0 { out.append(0x2C) }
      let needsQuotes = cell.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      append(needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell, to: &out)
    }
    if options.crlf { out.append(0x0D) }
    out.append(0x0A)
    return out
  }

  private func append(_ text: String, to out: inout [UInt8]) {
    guard options.encoding == .gb18030 else {
      out.append(contentsOf: text.utf8)
      return
    }
    GB18030Writer.append(text, to: &out)
  }
}
