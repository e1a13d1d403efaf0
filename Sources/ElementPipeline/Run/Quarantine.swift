import Crypto
import ElementCore
import ElementFormats
import ElementSchema
import ElementWarehouse

/// Makes the records that wait for correction.
enum Quarantine {
  /// The records of a batch that have errors of their own, but for those of which what is stored decides.
  static func records(_ checked: CheckedBatch, _ input: PreparedInput, besides hopeful: Set<Int>) -> [QuarantineRecord] {
    let reasons = reasons(checked.findings)
    return (0..<checked.count).filter { checked.hasError[$0] && !hopeful.contains($0) }.map { record in
      self.record(checked, record, input, reasons[Int(checked.source.spots[record].row)] ?? [])
    }
  }

  /// The codes of the errors of each row.
  static func reasons(_ findings: FindingBuffer) -> [Int: [RuleCode]] {
    var out: [Int: [RuleCode]] = [:]
    for finding in findings.findings where finding.stops && out[finding.row]?.contains(finding.code) != true {
      out[finding.row, default: []].append(finding.code)
    }
    return out
  }

  /// A record with its place, its digest and the mapped fields as they were written.
  static func record(_ checked: CheckedBatch, _ record: Int, _ input: PreparedInput, _ reasons: [RuleCode]) -> QuarantineRecord
  {
    let raw = checked.source.raw(record)
    return QuarantineRecord(
      dataset: input.map.dataset.name, spot: checked.source.spots[record],
      sha256: Hexadecimal.text(Array(SHA256.hash(data: raw))),
      raw: input.layout.delimiterName == nil ? fields(checked.source, record, input) : mapped(Array(raw), input),
      key: checked.keyText(record, input.map.dataset.key), reasons: reasons.map(\.description).joined(separator: ","))
  }

  /// The fields with a place in the dataset as a CSV record in the file's encoding; what has none, or may have none, is never stored.
  private static func mapped(_ raw: [UInt8], _ input: PreparedInput) -> [UInt8] {
    var tokenizer = CSVTokenizer(input.layout.dialect)
    guard tokenizer.next(in: raw.span, atEnd: true) == .record else { return [] }
    var out: [UInt8] = []
    var isFirst = true
    for (column, range) in tokenizer.fields.enumerated().prefix(certainCount(tokenizer, raw, input)) {
      guard column < input.map.fieldOfColumn.count, input.map.fieldOfColumn[column] != nil else { continue }
      if !isFirst { out.append(0x2C) }
      isFirst = false
      // Doubled quotes are still doubled in the raw bytes of a quoted field.
      append(raw[range.indices], hasDoubled: tokenizer.escaped.contains(column), to: &out)
    }
    return out
  }

  /// How many fields of a record are surely those of their columns. A delimiter or a quote too many or too few shifts what follows:
  /// behind it the content of a column that is never stored may stand in the place of another.
  private static func certainCount(_ tokenizer: CSVTokenizer, _ raw: [UInt8], _ input: PreparedInput) -> Int {
    let (columns, fields) = (input.map.fieldOfColumn, tokenizer.fields)
    let isOpen = tokenizer.flags.contains(.unterminatedQuote)
    guard isOpen || tokenizer.flags.contains(.textAfterQuote) || fields.count != columns.count else { return fields.count }
    // Only text behind a closing quote leaves the quote in its field.
    let odd = fields.firstIndex { $0.count > 0 && raw[$0.indices.lowerBound] == 0x22 } ?? fields.count
    guard let unstored = columns.firstIndex(of: nil) else { return odd }
    return max(0, min(odd, unstored - (isOpen ? 0 : max(0, columns.count - fields.count))))
  }

  /// The same of a format without delimiters: its values as they were read, in UTF-8.
  private static func fields(_ source: RecordBatch, _ record: Int, _ input: PreparedInput) -> [UInt8] {
    var out: [UInt8] = []
    var isFirst = true
    for (column, field) in input.map.fieldOfColumn.enumerated() where field != nil {
      if !isFirst { out.append(0x2C) }
      isFirst = false
      append(source.copy(source.range(record, column))[...], to: &out)
    }
    return out
  }

  /// Appends a value as a field of CSV; `hasDoubled` says that its quotes are doubled already.
  private static func append(_ value: ArraySlice<UInt8>, hasDoubled: Bool = false, to out: inout [UInt8]) {
    guard hasDoubled || value.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
      return out += value
    }
    out.append(0x22)
    if hasDoubled { out += value } else { for byte in value { out += byte == 0x22 ? [byte, byte] : [byte] } }
    out.append(0x22)
  }
}
