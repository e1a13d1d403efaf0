package import ElementCore

/// How CSV is written.
package struct CSVForm: Sendable, Hashable {
  /// The encoding: UTF-8 or GB 18030.
  package var encoding: TextEncoding
  /// Whether a byte order mark comes first, by which spreadsheets know UTF-8.
  package var hasMark: Bool
  /// Whether lines end with CR LF, as spreadsheets write them, or with LF.
  package var endsWithCRLF: Bool
  /// Whether a value that a spreadsheet would take for a formula gets an apostrophe.
  package var guardsFormulas: Bool
  /// What parts values: a comma, a semicolon, a tab or a bar, as its byte.
  package var delimiter: UInt8 = 0x2C
  /// Whether all values stand in quotes, or those alone that need them.
  package var quotesAll = false
  /// Whether a line of headings comes first.
  package var hasHeadings = true

  /// For other programs: the values as they are.
  package static let system = CSVForm(encoding: .utf8, hasMark: false, endsWithCRLF: false, guardsFormulas: false)
  /// For people with a spreadsheet: shown right, and no value is run.
  package static let people = CSVForm(encoding: .utf8, hasMark: true, endsWithCRLF: true, guardsFormulas: true)

  /// A form in all its parts.
  package init(encoding: TextEncoding, hasMark: Bool, endsWithCRLF: Bool, guardsFormulas: Bool) {
    (self.encoding, self.hasMark) = (encoding, hasMark)
    (self.endsWithCRLF, self.guardsFormulas) = (endsWithCRLF, guardsFormulas)
  }
}

/// Writes CSV (RFC 4180): values with a delimiter, a quote or a line end in quotes.
package final class CSVWriter: RecordWriter {
  /// What was written and not taken yet.
  package var pending: [UInt8] = []
  private let form: CSVForm
  /// Whether nothing but a mark is written.
  private var isFirstLine = true

  /// A writer that has begun with the headings; nil for a file without.
  ///
  /// - Throws: `UnwritableValue` where the encoding lacks a character of them.
  package init(_ headings: [String]?, _ form: CSVForm) throws(UnwritableValue) {
    self.form = form
    if form.hasMark { pending = form.encoding == .utf8 ? [0xEF, 0xBB, 0xBF] : [0x84, 0x31, 0x95, 0x33] }
    if let headings { try append(headings) }
  }

  /// Adds a line.
  package func append(_ bytes: Span<UInt8>, _ values: [FieldRange]) throws(UnwritableValue) {
    // Taken out while it grows: reaching through the object for every byte would cost more than the byte.
    var out: [UInt8] = []
    swap(&out, &pending)
    defer { swap(&out, &pending) }
    let start = out.count
    for (column, value) in values.enumerated() {
      if column > 0 { out.append(form.delimiter) }
      if !append(bytes.extracting(value.indices), isFirst: start == 0 && column == 0, to: &out) {
        let missing = CSVWriter.missing(bytes.extracting(value.indices))
        out.removeSubrange(start...)
        throw UnwritableValue(column: column, .character(missing))
      }
    }
    isFirstLine = false
    if form.endsWithCRLF { out.append(0x0D) }
    out.append(0x0A)
  }

  /// Nothing comes behind the last line.
  package func finish() {}

  private func append(_ value: Span<UInt8>, isFirst: Bool, to out: inout [UInt8]) -> Bool {
    // A mark that belongs to a value, or a heading that names a delimiter, would be taken for the file's.
    let isTaken = isFirst && (value.starts(with: [0xEF, 0xBB, 0xBF]) || value.starts(with: Array("sep=".utf8)))
    // So would an angle bracket for markup, and another delimiter for the file's, in a heading.
    let isHeading = isFirstLine && value.indices.contains { [0x3B, 0x09, 0x7C, 0x3C].contains(value[$0]) }
    let needsQuotes = form.quotesAll || isTaken || isHeading || CSVWriter.needsQuotes(value, form.delimiter)
    if needsQuotes { out.append(0x22) }
    if form.guardsFormulas, CSVWriter.isFormula(value) { out.append(0x27) }
    if !needsQuotes, form.encoding == .utf8 {
      out.append(span: value)
    } else {
      guard put(value, to: &out) else { return false }
    }
    if needsQuotes { out.append(0x22) }
    return true
  }

  /// Appends a value with its quotes doubled, in the encoding; false where that lacks a character.
  private func put(_ value: Span<UInt8>, to out: inout [UInt8]) -> Bool {
    var index = 0
    while index < value.count {
      let byte = value[index]
      if byte < 0x80 || form.encoding == .utf8 {
        if byte == 0x22 { out.append(byte) }
        out.append(byte)
        index += 1
      } else {
        guard GB18030.shared.append(UTF8Scan.scalar(value, at: &index), to: &out) else { return false }
      }
    }
    return true
  }

  /// The first character that GB 18030 lacks, of a value that has one.
  private static func missing(_ value: Span<UInt8>) -> UInt32 {
    var room: [UInt8] = []
    var index = 0
    while index < value.count {
      let scalar = UTF8Scan.scalar(value, at: &index)
      if !GB18030.shared.append(scalar, to: &room) { return scalar }
    }
    bug("a value without a character that is missing was refused")
  }

  private static func needsQuotes(_ value: Span<UInt8>, _ delimiter: UInt8) -> Bool {
    for index in value.indices {
      let byte = value[index]
      if byte == delimiter || byte == 0x22 || byte == 0x0A || byte == 0x0D { return true }
    }
    return false
  }

  /// Whether a spreadsheet would take the value for a formula: by its first character, in full width too, unless it is a
  /// whole number.
  static func isFormula(_ value: Span<UInt8>) -> Bool {
    guard value.count > 0 else { return false }
    switch value[0] {
    // = + - @, tab and line ends.
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0A, 0x0D: break
    // ＝ ＋ － ＠
    case 0xEF: guard value.count >= 3, value[1] == 0xBC, [0x9D, 0x8B, 0x8D, 0xA0].contains(value[2]) else { return false }
    default: return false
    }
    return !(value[0] == 0x2D && value.extracting(1..<value.count).isDigits)
  }
}
