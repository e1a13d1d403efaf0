import ElementCore
import ElementFormats
import ElementSchema

/// Which sheets of a workbook are read: the one that is a roster, unless others are asked for.
struct SheetChoice {
  private let survey: FileSurvey
  private let options: DeliveryOptions
  private let workbook: Workbook
  /// The sheets that an earlier check left.
  private let own: [Workbook.Sheet]

  /// The choice among the sheets of a file.
  ///
  /// - Throws: `InputError` where it is no workbook, or a damaged one.
  init(_ survey: FileSurvey, _ options: DeliveryOptions) throws(InputError) {
    self.survey = survey
    self.options = options
    workbook = try Workbook(survey.text)
    own = try MarkWords.ownSheets(of: workbook)
  }

  /// The layouts of the sheets to read; `scale` judges their headers.
  ///
  /// - Throws: `InputError` of kind `usage` where the sheet that was asked for is not there, or several are rosters.
  func layouts(_ scale: HeaderScale) throws(InputError) -> [RecordLayout] {
    if let given = options.sheet, given != "all" {
      guard let sheet = workbook.sheet(given) else { throw noSheet(given) }
      return [try layout(of: sheet, scale)]
    }
    var visible: [RecordLayout] = []
    for sheet in workbook.sheets where !sheet.isHidden && !own.contains(sheet) {
      let layout = try layout(of: sheet, scale)
      if !layout.preview.isEmpty { visible.append(layout) }
    }
    if visible.isEmpty { try confirmNothingIsHidden(scale) }
    if options.sheet == "all", !visible.isEmpty { return leavingNotes(visible) }
    let rosters = visible.filter { $0.score > DatasetRecognition.complete }
    if try TemplateStamp(workbook) != nil, !rosters.isEmpty {
      // Of a template of ours all sheets are read that somebody filled in; nothing else on it is a roster.
      let rosters = rosters.filter { !($0.preview.first?.first.map(TemplateStamp.isGuide) ?? false) }
      let filled = rosters.filter { $0.preview.count > 1 }
      if let first = rosters.first { return filled.isEmpty ? [first] : filled }
    }
    guard rosters.count <= 1 else { throw several(rosters) }
    // Where none is a roster, the one that is most like one says what is missing.
    guard let chosen = rosters.first ?? visible.max(by: { $0.score < $1.score }) ?? workbook.sheets.first.map(blank) else {
      bug("a workbook has no sheet")
    }
    return [leavingOthers(chosen)]
  }

  private func layout(of sheet: Workbook.Sheet, _ scale: HeaderScale) throws(InputError) -> RecordLayout {
    let sniffer = SheetSniffer(workbook, sheet)
    if options.hasNoHeader { return try sniffer.layoutWithoutHeader() }
    return try sniffer.layout(headerLine: options.headerLine, scale)
  }

  private func blank(_ sheet: Workbook.Sheet) -> RecordLayout { SheetSniffer(workbook, sheet).blank }

  private var others: [String] { workbook.sheets.filter { !own.contains($0) }.map(\.name) }

  private func leavingOthers(_ layout: RecordLayout) -> RecordLayout {
    var layout = layout
    layout.otherSheets = others.filter { $0.utf8.elementsEqual(layout.sheet?.utf8 ?? "".utf8) == false }
    return layout
  }

  /// All sheets but those where no header is found, such as a page of instructions, as long as there is one with a header.
  private func leavingNotes(_ layouts: [RecordLayout]) -> [RecordLayout] {
    var headed = layouts.filter { !$0.header.isEmpty }
    guard !headed.isEmpty else { return layouts }
    headed[0].otherSheets = others.filter { name in
      !headed.contains { $0.sheet?.utf8.elementsEqual(name.utf8) == true }
    }
    return headed
  }

  /// Hidden sheets are read where somebody asks for them, not because nothing else is there.
  private func confirmNothingIsHidden(_ scale: HeaderScale) throws(InputError) {
    var names: [String] = []
    for sheet in workbook.sheets where sheet.isHidden && !own.contains(sheet) {
      if try !layout(of: sheet, scale).preview.isEmpty { names.append(PrintableText.escape(sheet.name)) }
    }
    if names.isEmpty { return }
    throw InputError(
      .usage, path: survey.original.path,
      message: LocalizedText(
        zh: "只有隐藏的工作表有内容：\(names.joined(separator: "、"))",
        en: "has nothing but on hidden sheets: \(names.joined(separator: ", "))"),
      hint: LocalizedText(zh: "确需读取的，用 --sheet 名称 指定", en: "If it is to be read, name it with --sheet"))
  }

  private func noSheet(_ given: String) -> InputError {
    let names = workbook.sheets.map { PrintableText.escape($0.name) }
    return InputError(
      .usage, path: survey.original.path,
      message: LocalizedText(
        zh: "没有工作表“\(PrintableText.escape(given))”", en: "has no sheet “\(PrintableText.escape(given))”"),
      hint: LocalizedText(
        zh: "可用：\(names.joined(separator: "、"))，或 all", en: "Use one of \(names.joined(separator: ", ")), or all"))
  }

  private func several(_ rosters: [RecordLayout]) -> InputError {
    let names = rosters.compactMap(\.sheet).map(PrintableText.escape)
    return InputError(
      .usage, path: survey.original.path,
      message: LocalizedText(
        zh: "有多个工作表是名册：\(names.joined(separator: "、"))",
        en: "has several sheets that are rosters: \(names.joined(separator: ", "))"),
      hint: LocalizedText(
        zh: "请用 --sheet 名称 指定一个，或用 --sheet all 全部读取", en: "Name one with --sheet, or read all with --sheet all"))
  }
}
