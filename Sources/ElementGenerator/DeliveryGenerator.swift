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
    /// The same number makes the same delivery, byte for byte.
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
  private let plantings: [Planting]
  private var random: SeededRandom
  private var mint: RecordMint
  private var row = 0
  /// Copies that wait to be written further down, as clerks append them.
  private var waiting: [(record: [String], original: [String], source: Int, isConflict: Bool)] = []

  /// A generator for a dataset.
  package init(_ dataset: Dataset, pack: SchemaPack, options: Options, pools: KeyPools = KeyPools()) {
    self.dataset = dataset
    self.options = options
    random = SeededRandom(seed: options.seed)
    mint = RecordMint(dataset, pack: pack, usesLabels: options.usesLabels, seed: options.seed, pools: pools)
    plantings = Planting.all(for: dataset, pack)
    columns =
      options.fields.isEmpty
      ? dataset.fields.indices.filter { dataset.fields[$0].isBinding || dataset.fields[$0].duty != .optional }
      : options.fields.compactMap(dataset.index)
  }

  /// Writes the header and all rows through `write`, and the truth through `tell`.
  package mutating func generate(write: ([UInt8]) -> Void, tell: (TruthLine) -> Void) {
    write(line(cells: columns.map { dataset.fields[$0].title }))
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
    write(line(record))
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
    write(line(copy.record))
  }

  /// The record with another address or name: the same key, other content.
  private func conflicting(_ record: [String]) -> [String]? {
    let field = columns.first { place in
      let field = dataset.fields[place]
      guard !dataset.key.contains(place), field.duty != .key, !record[place].isEmpty else { return false }
      return field.type == .text(.address) || field.type == .text(.free)
    }
    guard let field, record[field].count < dataset.fields[field].length ?? .max else { return nil }
    var changed = record
    changed[field] = "新" + record[field]
    return changed
  }

  /// Plants one trouble and returns the line; nil where the record carries none.
  private mutating func plant(_ record: [String], _ tell: (TruthLine) -> Void) -> [UInt8]? {
    let shape = random.below(20)
    if shape == 0 { return ragged(record, tell) }
    if shape == 1, options.encoding == .utf8 { return undecodable(record, tell) }
    if shape < 6 { return breakRule(record, tell) }
    guard !plantings.isEmpty else { return nil }
    let planting = random.pick(plantings)
    var planted = mint.written(record)
    guard let field = dataset.index(of: planting.field), columns.contains(field), !planted[field].isEmpty,
      let written = planting.write(planted[field]), written != planted[field]
    else { return nil }
    tell(
      TruthLine(
        row: row, field: planting.field, kind: planting.kind, code: planting.code, original: planted[field], written: written))
    planted[field] = written
    return line(written: planted)
  }

  /// Breaks one rule over the record.
  private mutating func breakRule(_ record: [String], _ tell: (TruthLine) -> Void) -> [UInt8]? {
    guard let broken = mint.broken(record, columns: Set(columns), &random) else { return nil }
    tell(
      TruthLine(
        row: row, field: dataset.fields[broken.rule.field].name, kind: "rule", code: broken.rule.descriptor.code.description,
        original: record[broken.rule.field], written: broken.record[broken.rule.field]))
    return line(broken.record)
  }

  private func ragged(_ record: [String], _ tell: (TruthLine) -> Void) -> [UInt8] {
    tell(TruthLine(row: row, field: "", kind: "ragged", code: "S0101", original: "", written: "+1"))
    return line(cells: columns.map { mint.written(record)[$0] } + ["多余"])
  }

  private func undecodable(_ record: [String], _ tell: (TruthLine) -> Void) -> [UInt8] {
    tell(TruthLine(row: row, field: "", kind: "bad-bytes", code: "S0102", original: "", written: "\\xFF"))
    var bytes = line(record)
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
      write(line(member))
    }
    return true
  }

  /// The line of a record in codes.
  private func line(_ record: [String]) -> [UInt8] { line(written: mint.written(record)) }

  /// The line of a record as it is written.
  private func line(written record: [String]) -> [UInt8] { line(cells: columns.map { record[$0] }) }

  private func line(cells: [String]) -> [UInt8] { DeliveryText(encoding: options.encoding, crlf: options.crlf).line(cells) }
}
