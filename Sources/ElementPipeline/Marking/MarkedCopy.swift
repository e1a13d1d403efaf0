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
  package static func confirm(_ paths: [String], outputs: [String] = [], limits: ReadingLimits) throws {
    for (place, path) in paths.enumerated() {
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
      let isWorkbook = head.starts(with: [0x50, 0x4B])
      if outputs.indices.contains(place), isWorkbook != outputs[place].lowercased().hasSuffix(".xlsx") {
        throw OutputError(
          .usage, path: outputs[place],
          message: LocalizedText(
            zh: "结尾与内容不符：\(isWorkbook ? "原文件是工作簿" : "原文件不是工作簿")",
            en: "does not end as what it will hold: the file is \(isWorkbook ? "a" : "no") workbook"),
          hint: LocalizedText(zh: "输出文件名请用与原文件相同的结尾", en: "Give the output the ending of the file"))
      }
      if isWorkbook { try WorkbookPatcher.confirm(file) }
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
    // Marks are ours only where a summary of ours says so: a column may be called so by an office, and a fill be its own.
    let isMarked = try !MarkWords.ownSheets(of: workbook).isEmpty
    patch.clearsMarks = isMarked
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
        let old = input.map.written.lastIndex { MarkWords.isHeading($0) }
        marks.oldResults = isMarked ? [old].compactMap { $0 } : []
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
    }
    patch.prefixes.sort { $0.line < $1.line }
    var again = options
    again.paths = [path]
    var opener = try DeliveryOpener(again)
    guard let opened = try opener.open(Learned()).inputs.first else { return }
    patch.oldColumns = try oldColumns(opened)
    var patcher = try DelimitedPatcher(opened.survey, opened.layout, patch)
    try patcher.write(sink)
    try opened.survey.confirmUnchanged()
  }

  /// How many columns of an earlier check stand first: two, where all that they say is ours.
  private func oldColumns(_ opened: PreparedInput) throws -> Int {
    let written = opened.map.written
    guard written.count > 2, MarkWords.isHeading(written[0]), MarkWords.isHeading(written[1]) else { return 0 }
    let levels = Set(Severity.allCases.flatMap { [$0.name.zh, $0.name.en] })
    var reader = try opened.reader(isAhead: false)
    while var batch = try reader.nextBatch() {
      BatchDecoder.decode(&batch, from: opened.survey.recordEncoding)
      for record in 0..<batch.count where batch.spots[record].fieldCount >= 2 {
        let (level, reason) = (batch.text(record, 0), batch.text(record, 1))
        if level.isEmpty, reason.isEmpty { continue }
        guard levels.contains(level), levels.contains(where: { reason.hasPrefix($0) }) else { return 0 }
      }
    }
    return 2
  }
}

extension RecordBatch {
  /// A value as text; empty where it is none.
  fileprivate func text(_ record: Int, _ column: Int) -> String {
    String(decoding: bytes[range(record, column).indices], as: UTF8.self)
  }
}

extension SheetPatch {
  /// Adds what is wrong with rows of the sheet.
  fileprivate mutating func add(_ found: RowReasons) {
    cells = (cells + found.cells).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    reasons = (reasons + found.rows.map { ($0.line, $0.text) }).sorted { $0.line < $1.line }
  }
}
