import ElementCore

/// The parts of a workbook around its rows.
struct XLSXParts: Sendable {
  /// The cell style of a value: text, so that a spreadsheet turns no code into a number.
  static let textStyle = 1
  /// The cell style of a heading.
  static let headingStyle = 2
  /// What every part begins with.
  static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  /// The namespace of workbooks and sheets.
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  /// The namespace of what leads from one part to another.
  static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  /// The namespace of relations.
  static let packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships"
  /// What the kinds of parts begin with.
  static let types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
  /// The most characters of a list that stands in the rule itself.
  private static let listLimit = 255
  private static let lastRow = 1_048_576

  private let columns: [WrittenColumn]
  private let isHeaded: Bool
  private let sheet: String
  /// What stands at the foot of each printed page; empty for nothing.
  private let stamp: String
  /// The columns whose choices stand on a sheet of their own, from 0.
  private let listed: [Int]

  /// The parts of a workbook with these columns; further sheets are named after the first with a number.
  init(_ columns: [WrittenColumn], isHeaded: Bool, sheet: String, stamp: String = "") {
    (self.columns, self.isHeaded, self.sheet, self.stamp) = (columns, isHeaded, sheet, stamp)
    listed = columns.indices.filter { !columns[$0].choices.isEmpty && !XLSXParts.fitsRule(columns[$0].choices) }
  }

  /// Whether the choices fit into the rule: it separates them by commas and has room for few.
  private static func fitsRule(_ choices: [String]) -> Bool {
    let hasMark = choices.contains { choice in
      choice.utf8.contains { $0 == 0x2C || $0 == 0x22 } || choice != XLSXParts.trimmed(choice)
    }
    return !hasMark && choices.reduce(choices.count - 1) { $0 + $1.utf16.count } <= listLimit
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// What stands before the first row of a sheet: the headings stay in view, columns are text and as wide as their headings.
  var sheetBegin: String {
    var out = XLSXParts.head + "<worksheet xmlns=\"\(XLSXParts.main)\">"
    if isHeaded {
      out += "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
      out += "state=\"frozen\"/></sheetView></sheetViews>"
    }
    if !columns.isEmpty { out += "<cols>" + columns.enumerated().map(XLSXParts.column).joined() + "</cols>" }
    return out + "<sheetData>"
  }

  private static func column(_ place: Int, _ column: WrittenColumn) -> String {
    // A character of two bytes or more is about as wide as two Latin ones.
    let width = column.title.unicodeScalars.reduce(2) { $0 + ($1.value < 0x80 ? 1 : 2) }
    let style = column.isNumber ? "" : " style=\"\(textStyle)\""
    return
      "<col min=\"\(place + 1)\" max=\"\(place + 1)\" width=\"\(min(max(width, column.width, 10), 40))\"\(style) customWidth=\"1\"/>"
  }

  /// What stands behind the last row of a sheet.
  func sheetEnd(rows: Int) -> String {
    var out = "</sheetData>"
    if isHeaded, !columns.isEmpty, rows > 1 {
      out += "<autoFilter ref=\"A1:\(SpreadsheetColumn.letters(columns.count))\(rows)\"/>"
    }
    let rules = columns.indices.filter { !columns[$0].choices.isEmpty }.map(choiceRule)
    if !rules.isEmpty { out += "<dataValidations count=\"\(rules.count)\">\(rules.joined())</dataValidations>" }
    if !stamp.isEmpty {
      // An ampersand begins an order of the footer.
      let text = MarkupText.escape(stamp.replacing("&", with: "&&"))
      out += "<pageSetup paperSize=\"9\" orientation=\"landscape\"/>"
      out += "<headerFooter><oddFooter>&amp;L\(text)&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
    }
    return out + "</worksheet>"
  }

  /// The rule that offers the choices of a column; other values may still be typed where the list is open to a person.
  private func choiceRule(_ column: Int) -> String {
    let letters = SpreadsheetColumn.letters(column + 1)
    let list: String
    if let place = listed.firstIndex(of: column) {
      let from = SpreadsheetColumn.letters(place + 1)
      list = "\(Self.listSheet)!$\(from)$1:$\(from)$\(columns[column].choices.count)"
    } else {
      list = MarkupText.escape("\"" + columns[column].choices.joined(separator: ",") + "\"")
    }
    let range = "\(letters)\(isHeaded ? 2 : 1):\(letters)\(Self.lastRow)"
    return "<dataValidation type=\"list\" errorStyle=\"warning\" allowBlank=\"1\" showErrorMessage=\"1\" sqref=\"\(range)\">"
      + "<formula1>\(list)</formula1></dataValidation>"
  }

  private static let listSheet = "lists"

  /// The members of the archive beside the sheets with rows, of which there are `sheets`.
  func members(_ sheets: Int) -> [(name: String, content: String)] {
    var names = (1...sheets).map { $0 == 1 ? sheet : "\(sheet) \($0)" }
    var members: [(name: String, content: String)] = []
    if !listed.isEmpty {
      names.append(Self.listSheet)
      members.append(("xl/worksheets/sheet\(names.count).xml", lists))
    }
    return members + [
      ("xl/workbook.xml", workbook(names)), ("xl/_rels/workbook.xml.rels", Self.workbookRelations(names.count)),
      ("xl/styles.xml", Self.styles), ("[Content_Types].xml", Self.contentTypes(names.count)),
      ("_rels/.rels", Self.rootRelations),
    ]
  }

  /// The hidden sheet with one column for each long list of choices.
  private var lists: String {
    var rows = ""
    for row in 0..<(listed.map { columns[$0].choices.count }.max() ?? 0) {
      rows += "<row r=\"\(row + 1)\">"
      for (place, column) in listed.enumerated() where row < columns[column].choices.count {
        var text: [UInt8] = []
        let choice = Array(columns[column].choices[row].utf8)
        XLSXText.escape(choice.span, to: &text)
        rows += "<c r=\"\(SpreadsheetColumn.letters(place + 1))\(row + 1)\" s=\"\(Self.textStyle)\" t=\"inlineStr\"><is>"
        rows += "<t xml:space=\"preserve\">\(String(decoding: text, as: UTF8.self))</t></is></c>"
      }
      rows += "</row>"
    }
    return Self.head + "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(rows)</sheetData></worksheet>"
  }

  private func workbook(_ names: [String]) -> String {
    let sheets = names.enumerated().map { place, name in
      let state = !listed.isEmpty && place == names.count - 1 ? " state=\"hidden\"" : ""
      return "<sheet name=\"\(MarkupText.escape(name))\" sheetId=\"\(place + 1)\"\(state) r:id=\"rId\(place + 1)\"/>"
    }
    return Self.head
      + "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.relations)\"><sheets>\(sheets.joined())</sheets></workbook>"
  }

  /// What leads from a workbook to its sheets and its styles.
  static func workbookRelations(_ count: Int) -> String {
    let sheets = (1...count).map {
      "<Relationship Id=\"rId\($0)\" Type=\"\(Self.relations)/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
    }
    return Self.head + "<Relationships xmlns=\"\(Self.packageRelations)\">\(sheets.joined())"
      + "<Relationship Id=\"rId\(count + 1)\" Type=\"\(Self.relations)/styles\" Target=\"styles.xml\"/></Relationships>"
  }

  /// What each member of a workbook with so many sheets is.
  static func contentTypes(_ count: Int) -> String {
    let sheets = (1...count).map {
      "<Override PartName=\"/xl/worksheets/sheet\($0).xml\" ContentType=\"\(Self.types).worksheet+xml\"/>"
    }
    return Self.head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(Self.types).sheet.main+xml\"/>"
      + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(Self.types).styles+xml\"/>\(sheets.joined())</Types>"
  }

  /// What leads from a package to its workbook.
  static let rootRelations =
    head + "<Relationships xmlns=\"\(packageRelations)\"><Relationship Id=\"rId1\" "
    + "Type=\"\(relations)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"

  /// Styles 0 plain, 1 text (format 49), 2 text in bold on a tint.
  private static let styles =
    head + "<styleSheet xmlns=\"\(main)\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"等线\"/></font>"
    + "<font><b/><sz val=\"11\"/><name val=\"等线\"/></font></fonts>"
    + "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
    + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8EEF5\"/></patternFill></fill></fills>"
    + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf/>"
    + "<xf numFmtId=\"49\" applyNumberFormat=\"1\"/>"
    + "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"/></cellXfs>"
    + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
}
