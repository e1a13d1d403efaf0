/// A finding as bytes that compare in the order of findings: row (eight bytes), column and code (four each), serial number (eight), all with
/// the highest byte first; behind them what there is to tell.
enum FindingEntry {
  private static let keySize = 24

  /// Appends a finding, the `serial`-th of its input.
  static func append(_ finding: Finding, serial: UInt64, to bytes: inout [UInt8]) {
    bytes.append(integer: UInt64(finding.row).bigEndian)
    bytes.append(integer: UInt32(truncatingIfNeeded: finding.column).bigEndian)
    bytes.append(integer: finding.code.packed.bigEndian)
    bytes.append(integer: serial.bigEndian)
    bytes.append(UInt8(Severity.allCases.firstIndex(of: finding.severity) ?? 0))
    bytes.append(
      (finding.isWaived ? 1 : 0) | (finding.fingerprint == nil ? 0 : 2) | (finding.written == nil ? 0 : 4)
        | (finding.isWaivable ? 0 : 8))
    finding.fingerprint?.append(to: &bytes)
    for number in [finding.field + 1, finding.line, finding.byte, finding.count] { append(number, to: &bytes) }
    append(finding.value, to: &bytes)
    append(finding.expected, to: &bytes)
    bytes.append(finding.suggestion.map { $0.safe ? 2 : 1 } ?? 0)
    if let suggestion = finding.suggestion { append(suggestion.value, to: &bytes) }
    append(finding.facts.count, to: &bytes)
    for (name, text) in finding.facts {
      append(name, to: &bytes)
      append(text, to: &bytes)
    }
    append(finding.related.count, to: &bytes)
    for row in finding.related { for number in [row.input, row.row, row.line] { append(number, to: &bytes) } }
    if let written = finding.written { append(written, to: &bytes) }
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    var rest = UInt64(number)
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    append(text.utf8.count, to: &bytes)
    bytes.append(contentsOf: text.utf8)
  }

  /// What is known of an entry at a glance, and its field (from 0; -1 for none).
  static func glance(_ entry: Span<UInt8>) -> (FindingLog.Glance, field: Int) {
    let packed = UInt32(truncatingIfNeeded: entry.word(at: 8).byteSwapped)
    var cursor = Cursor(place: rest(entry))
    let glance = FindingLog.Glance(
      code: RuleCode(packed: packed), severity: Severity.allCases[Int(entry[keySize])], row: Int(entry.word(at: 0).byteSwapped))
    return (glance, cursor.number(entry) - 1)
  }

  /// Takes a finding out of the bytes that `append` made of it.
  static func finding(_ entry: Span<UInt8>) -> Finding {
    let (glance, field) = glance(entry)
    var cursor = Cursor(place: rest(entry))
    _ = cursor.number(entry)
    let (line, byte, count) = (cursor.number(entry), cursor.number(entry), cursor.number(entry))
    let (value, expected) = (cursor.text(entry), cursor.text(entry))
    let isSafe = cursor.number(entry)
    let suggestion = isSafe == 0 ? nil : Suggestion(value: cursor.text(entry), safe: isSafe == 2)
    var facts: [String: String] = [:]
    for _ in 0..<cursor.number(entry) {
      let name = cursor.text(entry)
      facts[name] = cursor.text(entry)
    }
    let related = (0..<cursor.number(entry)).map { _ in
      RelatedRow(input: cursor.number(entry), row: cursor.number(entry), line: cursor.number(entry))
    }
    var finding = Finding(
      glance.code, glance.severity, row: glance.row, line: line,
      column: Int(entry.word(at: 8).byteSwapped >> 32), field: field, byte: byte, value: value, expected: expected,
      suggestion: suggestion, facts: facts, related: related, count: count)
    if entry[marks] & 4 != 0 { finding.written = cursor.text(entry) }
    (finding.isWaived, finding.isWaivable) = (entry[marks] & 1 != 0, entry[marks] & 8 == 0)
    if entry[marks] & 2 != 0 { finding.fingerprint = FindingFingerprint(entry.extracting(marks + 1..<marks + 17)) }
    return finding
  }

  /// Where it says whether the finding is waived, and whether a fingerprint comes.
  private static let marks = keySize + 1

  /// Where the rest of an entry begins.
  private static func rest(_ entry: Span<UInt8>) -> Int { marks + (entry[marks] & 2 == 0 ? 1 : 17) }

  /// Reads on from a place in an entry.
  private struct Cursor {
    var place: Int

    mutating func number(_ entry: Span<UInt8>) -> Int {
      var (number, shift): (UInt64, UInt64) = (0, 0)
      while true {
        let byte = entry[place]
        place += 1
        number |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return Int(number) }
        shift += 7
      }
    }

    mutating func text(_ entry: Span<UInt8>) -> String {
      let count = number(entry)
      defer { place += count }
      guard let text = String(validUTF8: entry.extracting(place..<place + count)) else {
        bug("a finding was not kept as it was")
      }
      return text
    }
  }
}
