import ElementCore

/// What becomes of each part of a workbook that is written anew: decided before the first byte is written.
struct PatchPlan {
  /// A sheet that is rewritten.
  struct Sheet {
    /// What is done to it.
    var patch: SheetPatch
    /// What its first pass told.
    let survey: SheetSurvey
    /// The column with the reasons, from 1; 0 for none.
    let resultColumn: Int
    /// The id of the relation to a new drawing of notes; nil where it has one, or needs none.
    var drawing: String?
  }

  /// What comes together while sheets are written.
  struct State {
    /// The styles with those that marks need.
    var styles: StylePatch
    /// The fills that marked cells had: sheet, line, column, fill.
    var covered: [(sheet: String, line: Int, column: Int, fill: String)] = []
    /// The cells whose text stayed, by sheet.
    var formulas: [String: [[Int]]] = [:]

    /// Takes what a sheet came to.
    mutating func take(_ rewriter: SheetRewriter, of sheet: String) {
      styles = rewriter.styles
      covered += rewriter.covered.map { (sheet, $0.line, $0.column, $0.fill) }
      if !rewriter.formulas.isEmpty { formulas[sheet] = rewriter.formulas }
    }
  }

  private let workbook: Workbook
  private let patch: WorkbookPatch
  /// The sheets that are rewritten.
  private(set) var sheets: [Sheet] = []
  /// Parts that are replaced where they stand, by their names.
  private(set) var changed: [String: [UInt8]] = [:]
  private var added: [(name: String, bytes: [UInt8])] = []
  private let stylesName: String
  private let styles: StylePatch
  private let sheetStyles: [Int]
  private let relations: String
  /// The fills that cells had before an earlier check, by sheet and place.
  private let fills: [String: [[Int]: String]]
  /// The parts of the sheets of ours.
  private let own: OwnSheets

  /// The plan of a patch.
  ///
  /// - Throws: `InputError` where the workbook is damaged, `OutputError` where there is no room.
  init(_ workbook: Workbook, _ patch: WorkbookPatch) throws {
    (self.workbook, self.patch) = (workbook, patch)
    let archive = workbook.archive
    var root = try PackageRelations(of: workbook.root.name, in: archive)
    relations = root.base
    var types = try ContentTypes(archive)
    own = try OwnSheets(workbook)
    fills = try own.fills(workbook)

    let known = root.targets("styles").lazy.compactMap { archive.member($0) }.first
    stylesName = known?.name ?? workbook.folder + "styles.xml"
    let part = try known.map { try archive.content(of: $0) } ?? Array(PatchPlan.plainStyles.utf8)
    let isBare = MarkupPart(part).elements(named: ["fills", "cellXfs"]).isEmpty
    guard var styles = StylePatch(isBare ? Array(PatchPlan.plainStyles.utf8) : part) else {
      throw PatchPlan.noStyles(workbook.path)
    }
    if known == nil {
      _ = root.add("styles", to: stylesName, base: relations)
      types.add(stylesName, XLSXParts.types + ".styles+xml")
    }
    sheetStyles = styles.addSheetStyles()
    self.styles = styles

    for sheet in patch.sheets { try plan(sheet, &types) }
    if patch.summary != nil { try unselectOthers() }
    try addSheets(&root, &types)
    if root.isChanged { replace(root.name, root.bytes) }
    if types.isChanged { replace(ContentTypes.name, types.bytes) }
  }

  private static let plainStyles =
    XLSXParts.head + "<styleSheet xmlns=\"\(XLSXParts.main)\"><fonts count=\"1\"><font/></fonts>"
    + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
    + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
    + "<cellXfs count=\"1\"><xf/></cellXfs></styleSheet>"

  private static func noStyles(_ path: String) -> OutputError {
    OutputError(
      .usage, path: path, message: LocalizedText(zh: "样式部分不完整，不能照原样写回", en: "lacks styles, and cannot be written back"),
      hint: LocalizedText(zh: "请在 Excel 或 WPS 中另存为 .xlsx 后再试", en: "Save it as .xlsx in Excel or WPS first"))
  }

  private mutating func replace(_ name: String, _ bytes: [UInt8]) {
    if let member = workbook.archive.member(name) { changed[member.name] = bytes } else { added.append((name, bytes)) }
  }

  // MARK: Sheets

  private mutating func plan(_ sheetPatch: SheetPatch, _ types: inout ContentTypes) throws {
    let archive = workbook.archive
    let sheet = sheetPatch.sheet
    let survey = try SheetSurvey(
      sheet, of: archive, headerLine: sheetPatch.headerLine, old: Set(sheetPatch.oldResults.map { $0 + 1 }),
      marks: sheetPatch.cells)
    var relations = try PackageRelations(of: sheet.member.name, in: archive)
    var column = 0
    if sheetPatch.resultHeading != nil {
      var last = max(survey.lastColumn, survey.lastMerged)
      for name in relations.targets("table") {
        guard let member = archive.member(name) else { continue }
        let table = MarkupPart(try archive.content(of: member))
        let range = table.elements(depth: 0).first.flatMap { table.value(of: "ref", $0) }.flatMap { CellRange($0) }
        if let range, range.lines.upperBound >= sheetPatch.headerLine { last = max(last, range.columns.upperBound) }
      }
      column = sheetPatch.oldResults.first.map { $0 + 1 } ?? last + 1
      guard column <= XLSXWriter.columnLimit else { throw PatchPlan.noRoom(workbook.path, sheet.name) }
    }
    var planned = Sheet(patch: sheetPatch, survey: survey, resultColumn: column)
    try planNotes(&planned, &relations, &types)
    sheets.append(planned)
    if relations.isChanged { replace(relations.name, relations.bytes) }
  }

  private static func noRoom(_ path: String, _ sheet: String) -> OutputError {
    OutputError(
      .usage, path: path,
      message: LocalizedText(
        zh: "工作表“\(PrintableText.escape(sheet))”右边没有空列", en: "has no free column on the sheet “\(PrintableText.escape(sheet))”"),
      hint: LocalizedText(zh: "请删去多余的列，或改用 --findings 输出清单", en: "Remove columns, or use --findings for a list instead"))
  }

  private mutating func planNotes(
    _ planned: inout Sheet, _ relations: inout PackageRelations, _ types: inout ContentTypes
  ) throws {
    let archive = workbook.archive
    let notes = planned.patch.cells.filter { !$0.note.isEmpty }
    let member = relations.targets("comments").lazy.compactMap { archive.member($0) }.first
    guard !notes.isEmpty || member != nil && patch.clearsMarks else { return }
    var part = try member.map { NotesPart(try archive.content(of: $0)) } ?? NotesPart(namespace: planned.survey.namespace)
    if patch.clearsMarks { part.clear() }
    for edit in notes { part.add(edit.note, to: SpreadsheetColumn.letters(edit.column) + String(edit.line)) }
    guard part.isChanged else { return }
    let name = member?.name ?? free("comments", ".xml")
    if member == nil {
      _ = relations.add("comments", to: name, base: self.relations)
      types.add(name, XLSXParts.types + ".comments+xml")
    }
    let drawing = relations.targets("vmlDrawing").lazy.compactMap { archive.member($0) }.first { member in
      // One of headers and footers is another.
      (try? archive.content(of: member)).map { planned.survey.hasNoteDrawing && !$0.isEmpty } ?? false
    }
    let lines = Dictionary(notes.map { (SpreadsheetColumn.letters($0.column) + String($0.line), $0) }) { first, _ in first }
    let fresh = part.fresh.compactMap { cell in
      lines[cell].map { ($0.line, $0.column, min(14, $0.note.split(separator: "\n").reduce(2) { $0 + 1 + $1.count / 22 })) }
    }
    let gone = Set(
      part.gone.filter { !part.fresh.contains($0) }.compactMap {
        CellRange($0).map { [$0.lines.lowerBound, $0.columns.lowerBound] }
      })
    let kept = Set(part.gone).subtracting(gone.map { SpreadsheetColumn.letters($0[1]) + String($0[0]) })
    let wanting = fresh.filter { !kept.contains(SpreadsheetColumn.letters($0.1) + String($0.0)) }
    let shapes = try drawing.map { NoteShapes(try archive.content(of: $0)) } ?? NoteShapes()
    let drawingName = drawing?.name ?? free("drawings/vmlDrawing", ".vml")
    if drawing == nil {
      planned.drawing = relations.add("vmlDrawing", to: drawingName, base: self.relations)
      types.addDefault("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    }
    replace(name, part.bytes)
    replace(drawingName, shapes.bytes(adding: wanting, without: gone))
  }

  /// A name in the folder of the workbook that no part has.
  private func free(_ stem: String, _ ending: String) -> String {
    var number = 1
    func name() -> String { "\(workbook.folder)\(stem)Y\(number)\(ending)" }
    while workbook.archive.member(name()) != nil || added.contains(where: { $0.name == name() }) { number += 1 }
    return name()
  }

  /// No other sheet may be shown beside the summary: what is typed would go into all of them.
  private mutating func unselectOthers() throws {
    let planned = Set(patch.sheets.map(\.sheet.name))
    for sheet in workbook.sheets where !planned.contains(sheet.name) && !own.isOwn(sheet) {
      guard try isSelected(sheet) else { continue }
      let survey = try SheetSurvey(sheet, of: workbook.archive, headerLine: .max, old: [])
      sheets.append(Sheet(patch: SheetPatch(sheet, headerLine: 0), survey: survey, resultColumn: 0))
    }
    for member in workbook.archive.members where member.parts.contains("chartsheets") && member.name.hasSuffix(".xml") {
      var part = MarkupPart(try workbook.archive.content(of: member))
      for view in part.elements(named: ["sheetView"]) where part.value(of: "tabSelected", view) == "1" {
        let tag = MarkupScanner.setting("tabSelected", "0", in: part.bytes[view.tag])
        part.replace(view.tag, with: String(decoding: tag, as: UTF8.self))
        changed[member.name] = part.bytes
      }
    }
  }

  /// Whether a sheet is selected when the workbook is opened: said before its rows.
  private func isSelected(_ sheet: Workbook.Sheet) throws(InputError) -> Bool {
    var content = try workbook.archive.reader(of: sheet.member)
    let head = try content.next() ?? []
    let text = String(decoding: head.prefix(1 << 16), as: UTF8.self)
    return text.contains("tabSelected=\"1\"") || text.contains("tabSelected=\"true\"") || text.contains("tabSelected='1'")
  }

  // MARK: Sheets of ours

  private mutating func addSheets(_ root: inout PackageRelations, _ types: inout ContentTypes) throws {
    var part = WorkbookMarkup(try workbook.archive.content(of: workbook.root))
    for sheet in sheets where sheet.resultColumn > 0 {
      let rewriter = rewriter(sheet, styles)
      part.setFilter(rewriter.filter, of: sheet.patch.sheet)
    }
    if let summary = patch.summary {
      let place: Int
      if let known = own.summary {
        place = known.number - 1
        changed[known.member.name] = xml(summary)
      } else {
        let name = free("worksheets/sheet", ".xml")
        let id = root.add("worksheet", to: name, base: relations)
        types.add(name, XLSXParts.types + ".worksheet+xml")
        place = part.add(part.free(summary.name), id, relations, isHidden: false)
        added.append((name, xml(summary)))
      }
      part.show(place)
    }
    if needsKeeper, own.keeper == nil {
      let name = keeperName
      let id = root.add("worksheet", to: name, base: relations)
      types.add(name, XLSXParts.types + ".worksheet+xml")
      _ = part.add(part.free(MarkWords.keeper), id, relations, isHidden: true)
    }
    if part.isChanged { changed[workbook.root.name] = part.bytes }
  }

  private var keeperName: String { own.keeper?.member.name ?? workbook.folder + "worksheets/sheetYK.xml" }

  private func xml(_ sheet: StyledSheet) -> [UInt8] { StyledSheetXML(sheet, styles: sheetStyles, isShown: true).bytes }

  /// Whether cells are marked that may have a fill of their own, or an earlier check kept some.
  private var needsKeeper: Bool {
    own.keeper != nil || sheets.contains { sheet in sheet.survey.markedStyles.contains { styles.ownFill($0) != nil } }
  }

  // MARK: What is asked while writing

  /// What is known before the first sheet is written.
  var beginning: State { State(styles: styles) }

  /// Which of the rewritten sheets a member is; nil for others.
  func place(of member: ZipArchive.Member) -> Int? {
    sheets.firstIndex { $0.patch.sheet.member == member }
  }

  /// Whether a member is written behind all others, as what is in it comes together meanwhile.
  func isWrittenLast(_ member: ZipArchive.Member) -> Bool {
    member.name == stylesName || needsKeeper && member == own.keeper?.member
  }

  /// What rewrites a sheet.
  func rewriter(_ place: Int, _ styles: StylePatch) -> SheetRewriter { rewriter(sheets[place], styles) }

  private func rewriter(_ sheet: Sheet, _ styles: StylePatch) -> SheetRewriter {
    SheetRewriter(
      sheet.patch, sheet.survey, resultColumn: sheet.resultColumn, clearsMarks: patch.clearsMarks && sheet.patch.headerLine > 0,
      fills: fills[sheet.patch.sheet.name] ?? [:], drawing: sheet.drawing, isUnselected: patch.summary != nil, styles: styles,
      sheetStyles: sheetStyles, relations: relations)
  }

  /// The parts that are written last.
  func last(_ state: State) throws -> [(name: String, bytes: [UInt8])] {
    var out = added
    if needsKeeper { out.append((keeperName, OwnSheets.keeper(state.covered, sheetStyles))) }
    return out + [(stylesName, state.styles.bytes)]
  }
}
