import ElementCore

/// Finds the delimiter and the header row of a file by trying the tokenizer on its beginning.
package struct CSVSniffer {
  private let survey: FileSurvey
  private static let headSize = 1 << 18
  private static let rowLimit = 40

  /// A sniffer for a surveyed file.
  package init(_ survey: FileSurvey) {
    self.survey = survey
  }

  /// The layout whose header scores best by a scale.
  ///
  /// - Throws: `InputError` where the file cannot be read.
  package func layout(
    delimiter pinned: UInt8?, headerLine: Int? = nil, _ scale: HeaderScale
  ) throws(InputError) -> RecordLayout {
    let window = try survey.text.head(CSVSniffer.headSize)
    let atEnd = try survey.text.ends(at: window.count)
    var best: RecordLayout?
    for delimiter in pinned.map({ [$0] }) ?? CSVDialect.delimiters {
      let layout = candidate(window, atEnd, delimiter, headerLine, scale)
      if CSVSniffer.isBetter(layout, best) { best = layout }
    }
    guard var best else { bug("no delimiter was tried") }
    let limit = best.dialect.columnLimit
    // Spreadsheets write the delimiters of columns that were never used.
    if best.header.count > limit { best.header = Array(best.header.reversed().drop { $0.isEmpty }.reversed()) }
    guard (best.header.isEmpty ? best.preview.first?.count ?? 0 : best.header.count) <= limit else {
      throw ReadingLimits.refusal(
        .columns, survey.original.path, line: max(best.headerLine, 1), zh: "超过 \(limit) 列", en: "has more than \(limit) columns"
      )
    }
    return best
  }

  /// The layout of a file that starts with its first record: the headings are the numbers of the columns, from 1.
  ///
  /// - Throws: `InputError` where the file cannot be read.
  package func layoutWithoutHeader(delimiter: UInt8?) throws(InputError) -> RecordLayout {
    var layout = try layout(delimiter: delimiter, HeaderScale(enough: 0) { _ in 0 })
    layout.header = (0..<CSVSniffer.usualWidth(layout).columns).map { String($0 + 1) }
    return layout
  }

  /// A higher score wins; without one, the delimiter that splits the rows most evenly into most columns.
  private static func isBetter(_ layout: RecordLayout, _ best: RecordLayout?) -> Bool {
    guard let best else { return true }
    return (layout.score, evenness(layout)) > (best.score, evenness(best))
  }

  private static func evenness(_ layout: RecordLayout) -> Int {
    let usual = usualWidth(layout)
    return usual.columns > 1 ? usual.rows * 1000 / layout.preview.count * usual.columns : 0
  }

  /// The number of columns that most rows have, and how many have it.
  private static func usualWidth(_ layout: RecordLayout) -> (columns: Int, rows: Int) {
    let widths = Dictionary(grouping: layout.preview.map(\.count), by: { $0 })
    let usual = widths.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }
    return (usual?.key ?? 0, usual?.value.count ?? 0)
  }

  private func candidate(
    _ window: [UInt8], _ atEnd: Bool, _ delimiter: UInt8, _ headerLine: Int?, _ scale: HeaderScale
  ) -> RecordLayout {
    let dialect = CSVDialect(delimiter: delimiter, encoding: survey.recordEncoding, limits: survey.text.limits)
    let start = RecordStart(byte: survey.textStart, line: 1, row: 0)
    var layout = RecordLayout(dialect: dialect, header: [], headerLine: 0, titles: [], dataStart: start, preview: [], score: 0)
    var tokenizer = CSVTokenizer(dialect)
    tokenizer.position = survey.textStart
    var line = 1
    var above: [String] = []
    var upper: (line: Int, cells: [String])?
    rows: while layout.preview.count < CSVSniffer.rowLimit {
      let step = tokenizer.next(in: window.span, atEnd: atEnd)
      guard step == .record || step == .blank else { break rows }
      let recordLine = line
      line += 1 + tokenizer.innerLines
      if step == .blank { continue }
      let cells = cells(of: tokenizer, in: window)
      layout.preview.append(cells)
      // Below a good header only its own second row may be a better one.
      let mayBe = layout.score <= scale.enough || recordLine == layout.headerLine + 1
      let isCandidate = mayBe && (headerLine ?? recordLine) == recordLine
      var joined = upper.flatMap { $0.line == recordLine - 1 ? HeaderRows.joined($0.cells, over: cells, spans: nil) : nil }
      let value = isCandidate ? scale.score(joined ?? cells) : 0
      let isSecond =
        isCandidate && scale.mayReplace(layout, value) && layout.headerLine == recordLine - 1
        && HeaderRows.isSecond(cells, below: layout.headerCells, isHeading: scale.isHeading)
      // A line that was named is the header alone where its groups make nothing of it.
      if value == 0, !isSecond { joined = nil }
      upper = (recordLine, cells)
      // A line that was named is the header, whatever it says.
      if value > layout.score || headerLine == recordLine || isSecond && joined != nil {
        layout.score = value
        layout.header = joined ?? cells
        layout.headerCells = cells
        layout.headerLine = recordLine
        layout.titles = above
        layout.dataStart = RecordStart(byte: tokenizer.position, line: line, row: 0)
      }
      above.append(cells.filter { !$0.isEmpty }.joined(separator: " "))
    }
    return layout
  }

  private func cells(of tokenizer: CSVTokenizer, in window: [UInt8]) -> [String] {
    tokenizer.fields.enumerated().map { index, range in
      var bytes = Array(window[range.indices])
      if tokenizer.escaped.contains(index) { bytes = QuotedField.unescape(bytes.span) }
      if survey.recordEncoding == .gb18030 {
        var decoded: [UInt8] = []
        if GB18030.shared.decode(bytes.span, into: &decoded) { bytes = decoded }
      }
      return String(escapingInvalid: bytes.span)
    }
  }
}

/// The content of a quoted field.
package enum QuotedField {
  /// The bytes with doubled quotes made single.
  package static func unescape(_ bytes: Span<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      out.append(bytes[index])
      index += bytes[index] == 0x22 && index + 1 < bytes.count && bytes[index + 1] == 0x22 ? 2 : 1
    }
    return out
  }
}
