import ElementCore

/// The XML of a sheet that people read, and the styles of all of them.
struct StyledSheetXML {
  private let sheet: StyledSheet

  /// The XML of a sheet.
  init(_ sheet: StyledSheet) { self.sheet = sheet }

  private var lastRow: Int { sheet.rows.count + 1 }
  private var lastColumn: String { SpreadsheetColumn.letters(max(1, sheet.columns.count)) }

  /// The sheet as it stands in the file.
  var bytes: [UInt8] {
    var out = Array(begin.utf8)
    put(sheet.columns.map { .text($0.title) }, row: 1, heading: true, &out)
    for (place, row) in sheet.rows.enumerated() { put(row, row: place + 2, heading: false, &out) }
    out += Array(end.utf8)
    return out
  }

  private var begin: String {
    let columns = sheet.columns.enumerated().map { place, column in
      "<col min=\"\(place + 1)\" max=\"\(place + 1)\" width=\"\(min(max(column.width, 6), 80))\" customWidth=\"1\"/>"
    }
    return XLSXParts.head + "<worksheet xmlns=\"\(XLSXParts.main)\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
      + "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
      + "state=\"frozen\"/></sheetView></sheetViews><cols>\(columns.joined())</cols><sheetData>"
  }

  private var end: String {
    var out = "</sheetData>"
    if lastRow > 1 { out += "<autoFilter ref=\"A1:\(lastColumn)\(lastRow)\"/>" + colours + choices }
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
    return "\(letters)2:\(letters)\(lastRow)"
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
        rule = [(target - 0.03, 1), (target, 0)].enumerated().map { step, limit in
          "<cfRule type=\"expression\" dxfId=\"\(limit.1)\" priority=\"\(priority + step)\" stopIfTrue=\"1\"><formula>"
            + "AND(ISNUMBER(\(SpreadsheetColumn.letters(place + 1))2),\(SpreadsheetColumn.letters(place + 1))2&lt;\(Self.decimal(limit.0)))"
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
      let style = heading ? Style.heading : cell.style
      out += Array("<c r=\"\(SpreadsheetColumn.letters(place + 1))\(row)\" s=\"\(style.rawValue)\"".utf8)
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

  /// The styles, by their places in `styles`.
  enum Style: Int {
    /// As it is.
    case text
    /// A heading: bold on a tint.
    case heading
    /// Over several lines.
    case wrapped
    /// In the colour of what wants doing.
    case alarming
    /// A place that is filled in by hand.
    case entry
    /// A whole number with commas.
    case count
    /// A share in per cent.
    case share
    /// A number with two decimals.
    case number
  }

  /// The parts of all of them: thin lines around what is filled in, the type of offices, and the colours below a target.
  static let styles =
    XLSXParts.head
    + "<styleSheet xmlns=\"\(XLSXParts.main)\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts>"
    + "<fonts count=\"3\">\(font(""))\(font("<b/>"))\(font("", colour: "FFA3400C"))</fonts>"
    + "<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
    + "\(fill("FFE8EEF5"))\(fill("FFFFFBEB"))</fills><borders count=\"2\"><border/><border>"
    + ["left", "right", "top", "bottom"].map { "<\($0) style=\"thin\"><color rgb=\"FFC3CCD5\"/></\($0)>" }.joined()
    + "</border></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"8\">"
    + "\(xf(49))\(xf(49, font: 1, fill: 2, wraps: true))\(xf(49, wraps: true))\(xf(49, font: 2, wraps: true))"
    + "\(xf(49, fill: 3, wraps: true))\(xf(3))\(xf(164))\(xf(2))</cellXfs>"
    + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
    + "<dxfs count=\"2\">\(difference("FFFBEADF"))\(difference("FFF4C9AB"))</dxfs></styleSheet>"

  private static func font(_ marks: String, colour: String? = nil) -> String {
    "<font>\(marks)<sz val=\"11\"/>\(colour.map { "<color rgb=\"\($0)\"/>" } ?? "")<name val=\"等线\"/></font>"
  }

  private static func fill(_ colour: String) -> String {
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"\(colour)\"/></patternFill></fill>"
  }

  private static func difference(_ colour: String) -> String {
    "<dxf><fill><patternFill patternType=\"solid\"><fgColor rgb=\"\(colour)\"/><bgColor rgb=\"\(colour)\"/></patternFill></fill></dxf>"
  }

  private static func xf(_ format: Int, font: Int = 0, fill: Int = 0, wraps: Bool = false) -> String {
    "<xf numFmtId=\"\(format)\" fontId=\"\(font)\" fillId=\"\(fill)\" borderId=\"1\" applyNumberFormat=\"1\" applyFont=\"1\" "
      + "applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"\(wraps ? " wrapText=\"1\"" : "")/></xf>"
  }
}

extension StyledSheet.Cell {
  /// The text of a cell; empty for numbers.
  var text: String {
    switch self {
    case .text(let text), .wrapped(let text), .alarming(let text), .entry(let text): text
    case .blank, .count, .share, .number: ""
    }
  }

  /// The digits of a number; nil for texts.
  fileprivate var number: String? {
    switch self {
    case .count(let count): String(count)
    case .share(let value), .number(let value): StyledSheetXML.decimal(value)
    case .blank, .text, .wrapped, .alarming, .entry: nil
    }
  }

  fileprivate var style: StyledSheetXML.Style {
    switch self {
    case .blank, .text: .text
    case .wrapped: .wrapped
    case .alarming: .alarming
    case .entry: .entry
    case .count: .count
    case .share: .share
    case .number: .number
    }
  }
}
