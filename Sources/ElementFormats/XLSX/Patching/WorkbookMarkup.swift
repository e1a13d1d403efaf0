import ElementCore

/// The part that lists the sheets of a workbook, to which sheets are added.
struct WorkbookMarkup {
  private var part: MarkupPart
  private let prefix: String
  /// Whether anything differs from what was read.
  private(set) var isChanged = false

  /// The part.
  init(_ bytes: [UInt8]) {
    part = MarkupPart(bytes)
    prefix = part.prefix
  }

  /// The part as it stands now.
  var bytes: [UInt8] { part.bytes }

  private var sheets: [MarkupPart.Element] { part.elements(named: ["sheet"]).filter { $0.depth == 2 } }

  /// A name for a sheet that no sheet has yet.
  func free(_ name: String) -> String {
    let names = sheets.compactMap { part.value(of: "name", $0)?.lowercased() }
    return SheetTitles(names + [name]).names.last ?? name
  }

  /// Adds a sheet behind all others and returns its place, from 0.
  mutating func add(_ name: String, _ id: String, _ relations: String, isHidden: Bool) -> Int {
    let sheets = sheets
    let number = (sheets.compactMap { part.value(of: "sheetId", $0).flatMap { Int($0) } }.max() ?? 0) + 1
    let state = isHidden ? " state=\"hidden\"" : ""
    let entry =
      "<\(prefix)sheet xmlns:yr=\"\(relations)\" name=\"\(MarkupText.escape(name))\" sheetId=\"\(number)\"\(state) yr:id=\"\(id)\"/>"
    if let list = part.elements(named: ["sheets"]).first { part.append([entry], to: list) }
    isChanged = true
    return sheets.count
  }

  /// Has a sheet (from 0) shown when the workbook is opened.
  mutating func show(_ place: Int) {
    isChanged = true
    if let view = part.elements(named: ["workbookView"]).first {
      let tag = MarkupScanner.setting("activeTab", String(place), in: part.bytes[view.tag])
      part.replace(view.tag, with: String(decoding: tag, as: UTF8.self))
    } else if let list = part.elements(named: ["sheets"]).first {
      part.replace(
        list.range.lowerBound..<list.range.lowerBound,
        with: "<\(prefix)bookViews><\(prefix)workbookView activeTab=\"\(place)\"/></\(prefix)bookViews>")
    }
  }

  /// Widens the name that programs keep of a sheet's filter, where there is one.
  mutating func setFilter(_ range: CellRange, of sheet: Workbook.Sheet) {
    let place = String(sheet.number - 1)
    for name in part.elements(named: ["definedName"])
    where part.value(of: "name", name) == "_xlnm._FilterDatabase" && part.value(of: "localSheetId", name) == place {
      let quoted = "'" + sheet.name.replacing("'", with: "''") + "'"
      let (left, right) = (
        SpreadsheetColumn.letters(range.columns.lowerBound), SpreadsheetColumn.letters(range.columns.upperBound)
      )
      part.replace(
        name.content,
        with: MarkupText.escape(quoted) + "!$\(left)$\(range.lines.lowerBound):$\(right)$\(range.lines.upperBound)")
      isChanged = true
    }
  }
}

/// What each part of a package is (ECMA-376 part 2, 10.1.2), to which some are added.
struct ContentTypes {
  /// The name of the part.
  static let name = "[Content_Types].xml"
  private let part: MarkupPart
  private var added: [String] = []

  /// The part of an archive.
  init(_ archive: ZipArchive) throws(InputError) {
    let member = archive.member(ContentTypes.name)
    part = MarkupPart(try member.map { (member) throws(InputError) in try archive.content(of: member) } ?? [])
  }

  /// Whether anything was added.
  var isChanged: Bool { !added.isEmpty }

  /// Says what a new part is.
  mutating func add(_ name: String, _ type: String) {
    added.append("<\(part.prefix)Override PartName=\"/\(name)\" ContentType=\"\(type)\"/>")
  }

  /// Says what parts with an ending are, where nothing says so.
  mutating func addDefault(_ ending: String, _ type: String) {
    let isKnown = part.elements(named: ["Default"]).contains { part.value(of: "Extension", $0)?.lowercased() == ending }
    let entry = "<\(part.prefix)Default Extension=\"\(ending)\" ContentType=\"\(type)\"/>"
    if !isKnown, !added.contains(entry) { added.append(entry) }
  }

  /// The part with what was added.
  var bytes: [UInt8] {
    var part = part
    if let root = part.elements(depth: 0).first { part.append(added, to: root) }
    return part.bytes
  }
}
