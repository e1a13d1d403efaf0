import ElementCore
package import ElementFormats
import ElementRules
package import ElementSchema

/// An input of a delivery, opened and recognised: what a reader, a plan and a report need.
package struct PreparedInput: Sendable {
  /// Its place in the delivery as given, from 0.
  package let ordinal: Int
  /// The file and what its first pass told.
  package let survey: FileSurvey
  /// How it is written and where its header stands.
  package let layout: CSVLayout
  /// Which column holds which field.
  package let map: HeaderMap

  /// Opens and recognises a file.
  ///
  /// - Throws: `InputError` where it cannot be read or recognised; nothing has been written then.
  package init(path: String, ordinal: Int, options: RunOptions, pack: SchemaPack) throws(InputError) {
    self.ordinal = ordinal
    survey = try FileSurvey(try InputFile(path: path), encoding: options.encoding)
    let pinned = options.dataset
    let sniffer = CSVSniffer(survey)
    layout =
      options.hasNoHeader
      ? try sniffer.layoutWithoutHeader(delimiter: options.delimiter)
      : try sniffer.layout(
        delimiter: options.delimiter, headerLine: options.headerLine, enough: DatasetRecognition.complete
      ) { cells in
        DatasetRecognition(cells, pack: pack, pinned: pinned, mapping: options.mapping).score
      }
    map = try PreparedInput.decide(path, layout, options, pack)
  }

  private static func decide(_ path: String, _ layout: CSVLayout, _ options: RunOptions, _ pack: SchemaPack) throws(InputError)
    -> HeaderMap
  {
    if let dataset = options.dataset, pack.dataset(dataset) == nil {
      let names = pack.datasets.map(\.name).joined(separator: ", ")
      throw InputError(
        .usage, path: path, message: LocalizedText(zh: "没有数据集 \(dataset)", en: "there is no dataset \(dataset)"),
        hint: LocalizedText(zh: "可用：\(names)", en: "Use one of \(names)"))
    }
    try refuseOwnLists(path, layout)
    if options.hasNoHeader, options.mapping.isEmpty { throw HeaderRefusal.noMapping(path, layout) }
    guard !layout.header.isEmpty else { throw HeaderRefusal.noHeader(path, layout, isPinned: options.isPinned) }
    let recognition = DatasetRecognition(layout.header, pack: pack, pinned: options.dataset, mapping: options.mapping)
    guard let map = recognition.decision else {
      throw HeaderRefusal.undecided(path, layout, recognition, isPinned: options.isPinned)
    }
    if let twice = map.duplicates.first { throw HeaderRefusal.duplicate(path, layout, map, twice) }
    return map
  }

  /// Our own findings lists are no rosters: what they show is masked. Their header is their stamp.
  private static func refuseOwnLists(_ path: String, _ layout: CSVLayout) throws(InputError) {
    let isFindings = layout.preview.contains { $0.starts(with: FindingsList.columns.prefix(4)) }
    guard isFindings else { return }
    throw InputError(
      .foreignFormat, path: path,
      message: LocalizedText(zh: "是本程序输出的问题清单，不是名册", en: "is a findings list of this program, not a roster"),
      hint: LocalizedText(zh: "清单中的内容已脱敏，请导入原始名册", en: "Its values are masked; load the roster itself"))
  }

  /// The reader of its records.
  func reader(chunkSize: Int = CSVReader.chunkSize) -> CSVReader {
    CSVReader(survey.text, layout.dialect, from: layout.dataStart, columnCount: map.headings.count, chunkSize: chunkSize)
  }

  /// A reader of its records from a place that an earlier reader gave, a few at a time.
  func reader(from start: CSVReader.Start) -> CSVReader {
    CSVReader(survey.text, layout.dialect, from: start, columnCount: map.headings.count, chunkSize: 1 << 14)
  }

  /// The mapping as one line: `column:field` pairs.
  package var mappingText: String {
    map.fieldOfColumn.enumerated().compactMap { column, field in field.map { "\(column + 1):\(map.dataset.fields[$0].name)" } }
      .joined(separator: ",")
  }
}

/// Why a header is refused, with the evidence and the next step.
enum HeaderRefusal {
  /// No row near the top is a header.
  static func noHeader(_ path: String, _ layout: CSVLayout, isPinned: Bool) -> InputError {
    guard let first = layout.preview.first else {
      return InputError(
        .header, path: path, message: LocalizedText(zh: "文件没有内容", en: "has no content"),
        hint: LocalizedText(zh: "请确认导出是否成功", en: "Check whether the export succeeded"))
    }
    if isMojibake(layout) {
      return InputError(
        .encoding, path: path,
        message: LocalizedText(
          zh: "表头是乱码：文件曾用错误的编码打开后另存", en: "has mojibake for a header: it was opened in the wrong encoding and saved"),
        hint: LocalizedText(
          zh: "请从原系统重新导出；UTF-8 的 CSV 不要用 Excel 直接打开，应从“数据—自文本”导入",
          en: "Export it again from the source; do not open UTF-8 CSV in Excel directly, import it as text"))
    }
    return InputError(
      isPinned ? .usage : .header, path: path,
      message: LocalizedText(
        zh: "前 40 行中找不到表头（第一行有 \(first.count) 列）",
        en: "has no header among its first 40 rows (the first has \(first.count) columns)"),
      hint: LocalizedText(
        zh: "请保留列名所在的行；用 yaosu schema show <数据集> 查看可用列名，或用 --mapping 指定",
        en: "Keep the row of headings; yaosu schema show <dataset> lists them, --mapping pins them"))
  }

  /// A file without headings needs to be told what its columns hold.
  static func noMapping(_ path: String, _ layout: CSVLayout) -> InputError {
    InputError(
      .usage, path: path,
      message: LocalizedText(
        zh: "没有表头，不知道这 \(layout.header.count) 列各是什么",
        en: "has no header, and nothing says what its \(layout.header.count) columns hold"),
      hint: LocalizedText(
        zh: "请写一个映射文件并用 --mapping 指定，例如：dataset: registeredResident，columns: {\"1\": identityNum, \"2\": personName}",
        en:
          "Write a mapping and name it with --mapping, such as dataset: registeredResident, columns: {\"1\": identityNum, \"2\": personName}"
      ))
  }

  /// Whether most cells of some row near the top are damaged text.
  private static func isMojibake(_ layout: CSVLayout) -> Bool {
    let detector = MojibakeDetector()
    return layout.preview.prefix(5).contains { row in
      let damaged = row.count { cell in
        let bytes = Array(cell.utf8)
        return detector.isMojibake(bytes.span)
      }
      return damaged > 0 && damaged * 2 >= row.count
    }
  }

  /// The header fits no dataset, or two.
  static func undecided(_ path: String, _ layout: CSVLayout, _ recognition: DatasetRecognition, isPinned: Bool) -> InputError {
    if recognition.isDoubtful {
      let names = recognition.candidates.prefix(2).map(\.map.dataset.name).joined(separator: ", ")
      return InputError(
        .dataset, path: path,
        message: LocalizedText(zh: "表头同时像 \(names)，无法确定数据集", en: "has a header that fits \(names) equally well"),
        hint: LocalizedText(zh: "请用 --dataset 指定", en: "Pin one with --dataset"), line: layout.headerLine)
    }
    guard
      let best = recognition.candidates.max(by: { $0.map.mappedCount < $1.map.mappedCount })
        .map({ recognition.suggesting($0.map) })
    else {
      return noHeader(path, layout, isPinned: isPinned)
    }
    let missing = best.missingKeys.map { best.dataset.fields[$0] }
    let near = best.unknown.filter { column in missing.contains { $0.title == column.suggestion } }.map {
      HeaderText.shown($0.heading)
    }
    let zhNear = near.isEmpty ? "" : "；“\(near.joined(separator: "”“"))”可能就是，请改列名或用 --mapping 指定"
    let enNear = near.isEmpty ? "" : "; \(near.joined(separator: ", ")) may be it: rename it or pin it with --mapping"
    return InputError(
      isPinned ? .usage : .dataset, path: path,
      message: LocalizedText(
        zh: "表头（第 \(layout.headerLine) 行）最像“\(best.dataset.title.zh)”，但缺少主键列：\(missing.map(\.title).joined(separator: "、"))",
        en:
          "has a header (line \(layout.headerLine)) most like \(best.dataset.name), but no column for its key: \(missing.map(\.name).joined(separator: ", "))"
      ),
      hint: LocalizedText(zh: "请补上这些列\(zhNear)", en: "Add these columns\(enNear)"), line: layout.headerLine)
  }

  /// Two columns claim one field.
  static func duplicate(_ path: String, _ layout: CSVLayout, _ map: HeaderMap, _ twice: (field: Int, columns: [Int]))
    -> InputError
  {
    let headings = twice.columns.map { "\($0)“\(HeaderText.shown(map.headings[$0 - 1]))”" }
    let field = map.dataset.fields[twice.field]
    return InputError(
      .header, path: path,
      message: LocalizedText(
        zh: "第 \(headings.joined(separator: "、")) 列都是“\(field.title)”",
        en: "has more than one column for \(field.name): \(headings.joined(separator: ", "))"),
      hint: LocalizedText(zh: "请只保留一列，或用 --mapping 指定", en: "Keep one of them, or pin one with --mapping"),
      line: layout.headerLine)
  }
}
