import ElementCore

/// The XML of a sheet that people read, and the styles of all of them.
struct StyledSheetXML {
  private let sheet: StyledSheet
  /// Where each of our styles stands among those of the workbook, from 0; nothing where they are the only ones.
  private let styles: [Int]
  /// Whether it is the sheet that is shown when the workbook is opened, where that is to be said.
  private let isShown: Bool

  /// The XML of a sheet, in a workbook whose styles have ours at some places.
  init(_ sheet: StyledSheet, styles: [Int] = [], isShown: Bool = false) {
    (self.sheet, self.styles, self.isShown) = (sheet, styles, isShown)
  }

  private var headingRow: Int { sheet.preface.count + 1 }
  private var lastRow: Int { sheet.rows.count + headingRow }
  private var lastColumn: String { SpreadsheetColumn.letters(max(1, sheet.columns.count)) }

  /// The sheet as it stands in the file.
  var bytes: [UInt8] {
    var out = Array(begin.utf8)
    for (place, row) in sheet.preface.enumerated() { put(row, row: place + 1, heading: false, &out) }
    put(sheet.columns.map { .text($0.title) }, row: headingRow, heading: true, &out)
    for (place, row) in sheet.rows.enumerated() { put(row, row: place + headingRow + 1, heading: false, &out) }
    out += Array(end.utf8)
    return out
  }

  private var begin: String {
    let columns = sheet.columns.enumerated().map { place, column in
      "<col min=\"\(place + 1)\" max=\"\(place + 1)\" width=\"\(min(max(column.width, 6), 80))\" customWidth=\"1\"/>"
    }
    return XLSXParts.head + "<worksheet xmlns=\"\(XLSXParts.main)\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
      + "<sheetViews><sheetView \(isShown ? "tabSelected=\"1\" " : "")workbookViewId=\"0\"><pane ySplit=\"\(headingRow)\" "
      + "topLeftCell=\"A\(headingRow + 1)\" activePane=\"bottomLeft\" "
      + "state=\"frozen\"/></sheetView></sheetViews><cols>\(columns.joined())</cols><sheetData>"
  }

  private var end: String {
    var out = "</sheetData>"
    if lastRow > headingRow {
      out += "<autoFilter ref=\"A\(headingRow):\(lastColumn)\(lastRow)\"/>" + colours + choices
    }
    out += links
    // A4 is size 9; as many pages long as it takes, one wide.
    out += "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.75\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
    out +=
      "<pageSetup paperSize=\"9\" orientation=\"\(sheet.isWide ? "landscape" : "portrait")\" fitToWidth=\"1\" fitToHeight=\"0\"/>"
    let (left, right) = (Self.header(sheet.heading.left), Self.header(sheet.heading.right))
    return out
      + "<headerFooter><oddHeader>&amp;L\(left)&amp;R\(right)</oddHeader><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
  }

  /// A text over a page: `&` begins an order there.
  private static func header(_ text: String) -> String { MarkupText.escape(text.replacing("&", with: "&&")) }

  private func range(_ column: Int) -> String {
    let letters = SpreadsheetColumn.letters(column + 1)
    return "\(letters)\(headingRow + 1):\(letters)\(lastRow)"
  }

  private var links: String {
    var out = ""
    for (place, row) in (sheet.preface + [[]] + sheet.rows).enumerated() {
      for (column, cell) in row.enumerated() {
        guard case .link(_, let target) = cell else { continue }
        out +=
          "<hyperlink ref=\"\(SpreadsheetColumn.letters(column + 1))\(place + 1)\" location=\"\(MarkupText.escape(target))\"/>"
      }
    }
    return out.isEmpty ? "" : "<hyperlinks>\(out)</hyperlinks>"
  }

  private var colours: String {
    var (out, priority) = ("", 1)
    for (place, column) in sheet.columns.enumerated() {
      let rule: String
      switch column.colour {
      case nil: continue
      case .bars:
        rule =
          "<cfRule type=\"dataBar\" priority=\"\(priority)\"><dataBar><cfvo type=\"num\" val=\"0\"/><cfvo type=\"max\"/>"
          + "<color rgb=\"FF9FB8D0\"/></dataBar></cfRule>"
      case .below(let target):
        let cell = SpreadsheetColumn.letters(place + 1) + String(headingRow + 1)
        rule = [(target - 0.03, 1), (target, 0)].enumerated().map { step, limit in
          "<cfRule type=\"expression\" dxfId=\"\(limit.1)\" priority=\"\(priority + step)\" stopIfTrue=\"1\"><formula>"
            + "AND(ISNUMBER(\(cell)),\(cell)&lt;\(Self.decimal(limit.0)))"
            + "</formula></cfRule>"
        }.joined()
      }
      priority += 2
      out += "<conditionalFormatting sqref=\"\(range(place))\">\(rule)</conditionalFormatting>"
    }
    return out
  }

  private var choices: String {
    let rules = sheet.columns.indices.filter { !sheet.columns[$0].choices.isEmpty }.map { place in
      let list = MarkupText.escape("\"" + sheet.columns[place].choices.joined(separator: ",") + "\"")
      return
        "<dataValidation type=\"list\" errorStyle=\"warning\" allowBlank=\"1\" showErrorMessage=\"1\" sqref=\"\(range(place))\">"
        + "<formula1>\(list)</formula1></dataValidation>"
    }
    return rules.isEmpty ? "" : "<dataValidations count=\"\(rules.count)\">\(rules.joined())</dataValidations>"
  }

  private func put(_ cells: [StyledSheet.Cell], row: Int, heading: Bool, _ out: inout [UInt8]) {
    let height = sheet.isForm && !heading ? " ht=\"\(15 * max(2, lines(cells)))\" customHeight=\"1\"" : ""
    out += Array("<row r=\"\(row)\"\(height)>".utf8)
    for (place, cell) in cells.enumerated() {
      if cell == .blank { continue }
      let style = heading ? SheetStyles.Style.heading : cell.style
      out += Array(
        "<c r=\"\(SpreadsheetColumn.letters(place + 1))\(row)\" s=\"\(styles.isEmpty ? style.rawValue : styles[style.rawValue])\""
          .utf8)
      if let number = cell.number {
        out += Array("><v>\(number)</v></c>".utf8)
      } else if cell.text.isEmpty {
        out += Array("/>".utf8)
      } else {
        out += Array(" t=\"inlineStr\"><is><t xml:space=\"preserve\">".utf8)
        XLSXText.escape(Array(cell.text.utf8).span, to: &out)
        out += Array("</t></is></c>".utf8)
      }
    }
    out += Array("</row>".utf8)
  }

  /// How many lines the longest text of a row takes in its column; a character of two bytes or more is as wide as two.
  private func lines(_ cells: [StyledSheet.Cell]) -> Int {
    zip(cells, sheet.columns).map { cell, column in
      let width = cell.text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x80 ? 1 : 2) }
      return (width + column.width - 1) / max(1, column.width)
    }.max() ?? 1
  }

  /// A number with six decimals at most, as all platforms print it.
  static func decimal(_ value: Double) -> String {
    let millionths = Int((value * 1_000_000).rounded())
    let (whole, rest) = (millionths.magnitude / 1_000_000, millionths.magnitude % 1_000_000)
    let digits = String(rest)
    return (millionths < 0 ? "-" : "") + "\(whole)." + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }
}

extension StyledSheet.Cell {
  /// The text of a cell; empty for numbers.
  var text: String {
    switch self {
    case .text(let text), .wrapped(let text), .alarming(let text), .entry(let text), .title(let text), .note(let text): text
    case .link(let text, _): text
    case .blank, .count, .share, .number: ""
    }
  }

  /// The digits of a number; nil for texts.
  fileprivate var number: String? {
    switch self {
    case .count(let count): String(count)
    case .share(let value), .number(let value): StyledSheetXML.decimal(value)
    case .blank, .text, .wrapped, .alarming, .entry, .title, .note, .link: nil
    }
  }

  fileprivate var style: SheetStyles.Style {
    switch self {
    case .blank, .text: .text
    case .wrapped: .wrapped
    case .alarming: .alarming
    case .entry: .entry
    case .count: .count
    case .share: .share
    case .number: .number
    case .title: .title
    case .note: .note
    case .link: .link
    }
  }
}
