package import ElementCore
package import ElementFormats
import ElementSchema

/// A clerk's own file with what was found marked in it: the same workbook, or the same text with columns before its own.
package struct MarkedCopy {
  private let result: RunResult
  private let options: DeliveryOptions
  private let filter: FindingFilter
  private let language: Language

  /// A copy of each file of a run that has ended.
  package init(_ result: RunResult, _ options: DeliveryOptions, filter: FindingFilter, language: Language) {
    (self.result, self.options, self.filter, self.language) = (result, options, filter, language)
  }

  /// Refuses, before anything is read, files that cannot be marked faithfully.
  ///
  /// - Throws: `OutputError` of kind `usage`.
  package static func confirm(_ paths: [String], limits: ReadingLimits) throws {
    for path in paths {
      guard path != "-" else {
        throw OutputError(
          .usage, path: path, message: LocalizedText(zh: "标准输入不能标注", en: "standard input is not marked"),
          hint: LocalizedText(zh: "请给出文件名", en: "Name a file"))
      }
      let file = try InputFile(path: path, limits: limits)
      let head = try file.head(8)
      if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
        throw OutputError(
          .usage, path: path,
          message: LocalizedText(
            zh: "是加密的或旧格式的工作簿，不能照原样写回", en: "is an encrypted or an old workbook, and cannot be written back as it is"),
          hint: LocalizedText(
            zh: "请在 Excel 或 WPS 中去掉密码，另存为 .xlsx", en: "Take the password away in Excel or WPS and save it as .xlsx"))
      }
      if head.starts(with: [0x50, 0x4B]) { try WorkbookPatcher.confirm(file) }
    }
  }

  /// Whether a file that was read is of a format that can be marked.
  package func canMark(_ path: String) -> Bool {
    result.inputs.contains { $0.path.utf8.elementsEqual(path.utf8) && ["xlsx", "csv"].contains($0.format) }
  }

  /// Writes the marked copy of a file that was read.
  ///
  /// - Throws: `OutputError`, `InputError`, or `SpillError` where findings cannot be read again.
  package func write(_ path: String, to output: String, replaces: Bool) throws {
    let inputs = result.inputs.filter { $0.path.utf8.elementsEqual(path.utf8) }
    guard let first = inputs.first else { return }
    let file = try PrivateFile(output, replaces: replaces)
    switch first.format {
    case "xlsx": try writeWorkbook(path, inputs) { try file.append($0) }
    case "csv": try writeText(path, inputs) { try file.append($0) }
    default:
      throw OutputError(
        .usage, path: path,
        message: LocalizedText(zh: "只有 .xlsx 和 .csv 能照原样标注", en: "is neither .xlsx nor .csv: it is not marked"),
        hint: LocalizedText(zh: "请改用 --findings 输出清单", en: "Use --findings for a list instead"))
    }
    try file.finish()
  }

  private func writeWorkbook(_ path: String, _ inputs: [InputResult], _ sink: ([UInt8]) throws -> Void) throws {
    let original = try InputFile(path: path, limits: options.limits)
    let workbook = try Workbook(original)
    var patch = WorkbookPatch()
    patch.clearsMarks = true
    var told: [(input: InputResult, reasons: RowReasons)] = []
    for input in inputs {
      let reasons = try RowReasons(input, result.book, filter, language)
      told.append((input, reasons))
      guard let sheet = input.sheet.flatMap(workbook.sheet) else { continue }
      if let place = patch.sheets.firstIndex(where: { $0.sheet == sheet }) {
        patch.sheets[place].add(reasons)
      } else {
        var marks = SheetPatch(sheet, headerLine: input.headerLine)
        marks.resultHeading = MarkWords.resultHeadings[language == .zh ? 0 : 1]
        marks.oldResults = input.map.written.indices.filter { MarkWords.isHeading(input.map.written[$0]) }
        marks.add(reasons)
        patch.sheets.append(marks)
      }
    }
    patch.summary = MarkedSummary(result, told, language, version: options.toolVersion).sheet
    _ = try WorkbookPatcher(workbook, patch).write(sink)
    try original.confirmUnchanged()
  }

  private func writeText(_ path: String, _ inputs: [InputResult], _ sink: ([UInt8]) throws -> Void) throws {
    var patch = DelimitedPatch()
    let place = language == .zh ? 0 : 1
    patch.headings = [MarkWords.levelHeadings[place], MarkWords.resultHeadings[place]]
    for input in inputs {
      patch.prefixes += try RowReasons(input, result.book, filter, language).rows.map {
        ($0.line, [$0.severity.name[language], $0.text])
      }
      patch.oldColumns = input.map.written.prefix { MarkWords.isHeading($0) }.count
    }
    patch.prefixes.sort { $0.line < $1.line }
    var again = options
    again.paths = [path]
    var opener = try DeliveryOpener(again)
    guard let opened = try opener.open(Learned()).inputs.first else { return }
    var patcher = try DelimitedPatcher(opened.survey, opened.layout, patch)
    try patcher.write(sink)
    try opened.survey.confirmUnchanged()
  }
}

extension SheetPatch {
  /// Adds what is wrong with rows of the sheet.
  fileprivate mutating func add(_ found: RowReasons) {
    cells = (cells + found.cells).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    reasons = (reasons + found.rows.map { ($0.line, $0.text) }).sorted { $0.line < $1.line }
  }
}
