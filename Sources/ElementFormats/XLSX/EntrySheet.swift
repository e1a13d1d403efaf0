import ElementCore

/// A sheet to be filled in: headings, columns of text, and what each column takes.
package struct EntrySheet: Sendable {
  /// What a column takes.
  package struct Column: Sendable {
    /// The heading.
    package let title: String
    /// Whether it must be filled in.
    package let isRequired: Bool
    /// What is shown where somebody stands in a cell of it.
    package let prompt: String
    /// What may be chosen; empty for anything. Other values are warned of.
    package var choices: [String] = []
    /// The most characters; nil for no limit.
    package var longest: Int?
    /// The fewest characters; nil for no limit.
    package var shortest: Int?
    /// The column (from 0) on whose choice this one's depend, and the choices for each of its values; nil for none.
    package var depends: (column: Int, choices: [String: [String]])?
    /// Whether numbers are quantities: others are codes, of which no digit may be lost.
    package let isQuantity: Bool
    /// Its width in Latin characters.
    package let width: Int

    /// A column.
    package init(_ title: String, isRequired: Bool, prompt: String, isQuantity: Bool, width: Int) {
      (self.title, self.isRequired, self.prompt) = (title, isRequired, prompt)
      (self.isQuantity, self.width) = (isQuantity, width)
    }
  }

  /// What the sheet is called.
  package let name: String
  /// What stands side by side, from A on.
  package let columns: [Column]
  /// Rows that are filled in already, as texts.
  package var rows: [[String]] = []
  /// What is said where a number stands for a code.
  package let numberWarning: String

  /// A sheet without rows.
  package init(_ name: String, _ columns: [Column], numberWarning: String) {
    (self.name, self.columns, self.numberWarning) = (name, columns, numberWarning)
  }
}

/// A workbook of sheets to be filled in, with a guide, and hidden sheets with the lists and a stamp.
package struct EntryWorkbook: Sendable {
  private let sheets: [EntrySheet]
  private let guide: StyledSheet
  private let stamp: [[String]]
  /// The name of the hidden sheet by which a template is known again.
  package static let stampName = "yaosu-template"
  private static let listName = "yaosu-lists"

  /// A workbook.
  package init(_ sheets: [EntrySheet], guide: StyledSheet, stamp: [[String]]) {
    (self.sheets, self.guide, self.stamp) = (sheets, guide, stamp)
  }

  /// The file. The same sheets make the same bytes.
  package func bytes() -> [UInt8] {
    let names = SheetTitles(sheets.map(\.name) + [guide.name, Self.listName, Self.stampName]).names
    var lists = EntryLists()
    var parts = sheets.map { EntrySheetXML($0, &lists).bytes }
    parts.append(StyledSheetXML(guide).bytes)
    parts.append(plain(lists.rows))
    parts.append(plain(stamp))
    var archive = ZipWriter()
    do {
      try archive.add("[Content_Types].xml", XLSXParts.contentTypes(names.count))
      for (place, part) in parts.enumerated() {
        try archive.begin("xl/worksheets/sheet\(place + 1).xml")
        archive.append(part, ends: true)
      }
      try archive.add("xl/workbook.xml", workbook(names, lists))
      try archive.add("xl/_rels/workbook.xml.rels", XLSXParts.workbookRelations(names.count))
      try archive.add("xl/styles.xml", SheetStyles.part)
      try archive.add("_rels/.rels", XLSXParts.rootRelations)
    } catch {
      bug("there is no memory for a deflater")
    }
    guard archive.finish() else { bug("a template is larger than a file can be") }
    return archive.take()
  }

  private func workbook(_ names: [String], _ lists: EntryLists) -> String {
    let entries = names.enumerated().map { place, name in
      let state = place > sheets.count ? " state=\"hidden\"" : ""
      return "<sheet name=\"\(MarkupText.escape(name))\" sheetId=\"\(place + 1)\"\(state) r:id=\"rId\(place + 1)\"/>"
    }
    let defined = lists.names(on: Self.listName).map { name, range in
      "<definedName name=\"\(name)\" hidden=\"1\">\(MarkupText.escape(range))</definedName>"
    }
    return XLSXParts.head
      + "<workbook xmlns=\"\(XLSXParts.main)\" xmlns:r=\"\(XLSXParts.relations)\"><sheets>\(entries.joined())</sheets>"
      + (defined.isEmpty ? "" : "<definedNames>\(defined.joined())</definedNames>") + "</workbook>"
  }

  /// A sheet of texts, for programs.
  private func plain(_ rows: [[String]]) -> [UInt8] {
    var out = Array("\(XLSXParts.head)<worksheet xmlns=\"\(XLSXParts.main)\"><sheetData>".utf8)
    for (line, row) in rows.enumerated() {
      out += Array("<row r=\"\(line + 1)\">".utf8)
      for (column, text) in row.enumerated() where !text.isEmpty {
        EntrySheetXML.put(text, SpreadsheetColumn.letters(column + 1) + String(line + 1), style: 0, &out)
      }
      out += Array("</row>".utf8)
    }
    return out + Array("</sheetData></worksheet>".utf8)
  }
}

/// The lists of a template: one column each on a hidden sheet, and each with a name.
struct EntryLists {
  private var lists: [[String]] = []

  /// Keeps a list, once, and returns the name by which rules refer to it.
  mutating func name(of list: [String]) -> String {
    if let place = lists.firstIndex(of: list) { return "yaosu_\(place + 1)" }
    lists.append(list)
    return "yaosu_\(lists.count)"
  }

  /// The rows of the sheet that holds them.
  var rows: [[String]] {
    (0..<(lists.map(\.count).max() ?? 0)).map { row in lists.map { row < $0.count ? $0[row] : "" } }
  }

  /// The names with the ranges that they stand for.
  func names(on sheet: String) -> [(String, String)] {
    lists.enumerated().map { place, list in
      let letters = SpreadsheetColumn.letters(place + 1)
      return ("yaosu_\(place + 1)", "'\(sheet)'!$\(letters)$1:$\(letters)$\(max(1, list.count))")
    }
  }
}

/// The XML of a sheet to be filled in.
struct EntrySheetXML {
  private let sheet: EntrySheet
  private var rules: [String] = []
  private static let lastRow = 1_048_576

  /// The XML of a sheet; its lists are kept beside it.
  init(_ sheet: EntrySheet, _ lists: inout EntryLists) {
    self.sheet = sheet
    rules = sheet.columns.indices.map { rule($0, &lists) }
  }

  /// The sheet as it stands in the file.
  var bytes: [UInt8] {
    let columns = sheet.columns.enumerated().map { place, column in
      "<col min=\"\(place + 1)\" max=\"\(place + 1)\" width=\"\(min(max(column.width, 8), 40))\" style=\"\(SheetStyles.Style.text.rawValue)\" customWidth=\"1\"/>"
    }
    var out = Array(
      ("\(XLSXParts.head)<worksheet xmlns=\"\(XLSXParts.main)\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" "
        + "topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>\(columns.joined())</cols><sheetData>")
        .utf8)
    out += Array("<row r=\"1\">".utf8)
    for (place, column) in sheet.columns.enumerated() {
      let style: SheetStyles.Style = column.isRequired ? .required : .heading
      Self.put(column.title, SpreadsheetColumn.letters(place + 1) + "1", style: style.rawValue, &out)
    }
    out += Array("</row>".utf8)
    for (line, row) in sheet.rows.enumerated() {
      out += Array("<row r=\"\(line + 2)\">".utf8)
      for (place, text) in row.enumerated() where !text.isEmpty {
        Self.put(text, SpreadsheetColumn.letters(place + 1) + String(line + 2), style: SheetStyles.Style.text.rawValue, &out)
      }
      out += Array("</row>".utf8)
    }
    return out
      + Array(
        "</sheetData>\(numbers)<dataValidations count=\"\(rules.count)\">\(rules.joined())</dataValidations></worksheet>".utf8)
  }

  /// Writes a text into a cell.
  static func put(_ text: String, _ cell: String, style: Int, _ out: inout [UInt8]) {
    out += Array("<c r=\"\(cell)\" s=\"\(style)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">".utf8)
    XLSXText.escape(Array(text.utf8).span, to: &out)
    out += Array("</t></is></c>".utf8)
  }

  /// Where a number stands for a code, the cell is coloured: pasting changes its format.
  private var numbers: String {
    sheet.columns.indices.filter { !sheet.columns[$0].isQuantity }.enumerated().map { priority, place in
      let letters = SpreadsheetColumn.letters(place + 1)
      return
        "<conditionalFormatting sqref=\"\(range(place))\"><cfRule type=\"expression\" dxfId=\"1\" priority=\"\(priority + 1)\">"
        + "<formula>ISNUMBER(\(letters)2)</formula></cfRule></conditionalFormatting>"
    }.joined()
  }

  private func range(_ place: Int) -> String {
    let letters = SpreadsheetColumn.letters(place + 1)
    return "\(letters)2:\(letters)\(Self.lastRow)"
  }

  private func rule(_ place: Int, _ lists: inout EntryLists) -> String {
    let column = sheet.columns[place]
    let (type, formulas): (String, String)
    if let depends = column.depends {
      // The choice before it is looked up among the values that have choices; where it has none, there are none.
      let parents = depends.choices.keys.sorted()
      let names = parents.map { lists.name(of: depends.choices[$0] ?? []) }
      let parent = "$" + SpreadsheetColumn.letters(depends.column + 1) + "2"
      let chosen = "INDEX(\(lists.name(of: names)),MATCH(\(parent),\(lists.name(of: parents)),0))"
      (type, formulas) = ("list", "<formula1>\(MarkupText.escape("INDIRECT(\(chosen))"))</formula1>")
    } else if !column.choices.isEmpty {
      (type, formulas) = ("list", "<formula1>\(lists.name(of: column.choices))</formula1>")
    } else if column.isQuantity {
      (type, formulas) = ("decimal\" operator=\"greaterThanOrEqual", "<formula1>0</formula1>")
    } else {
      (type, formulas) = (
        "textLength\" operator=\"between",
        "<formula1>\(column.shortest ?? 0)</formula1><formula2>\(column.longest ?? 32_767)</formula2>"
      )
    }
    return
      "<dataValidation type=\"\(type)\" errorStyle=\"warning\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" "
      + "error=\"\(MarkupText.escape(cut(sheet.numberWarning)))\" promptTitle=\"\(MarkupText.escape(String(column.title.prefix(32))))\" "
      + "prompt=\"\(MarkupText.escape(cut(column.prompt)))\" sqref=\"\(range(place))\">\(formulas)</dataValidation>"
  }

  /// Spreadsheets show no more of a prompt.
  private func cut(_ text: String) -> String { String(text.prefix(220)) }
}
