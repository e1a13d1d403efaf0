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
  /// The code set that is declared for each field whose set has versions.
  private(set) var versions: [String: String] = [:]

  /// Which rows belong here, for a form that mixes kinds; nil where all do.
  let route: RowRoute?

  /// The form that the file is, where it mixes kinds.
  package var form: Form? { route?.form }

  /// Opens and recognises a file: one input, or one for each dataset of a form that mixes kinds. `ordinal` is that of the first.
  ///
  /// - Throws: `InputError` where it cannot be read or recognised; nothing has been written then.
  package static func open(path: String, ordinal: Int, options: RunOptions, pack: SchemaPack) throws -> [PreparedInput] {
    let survey = try FileSurvey(try InputFile(path: path), encoding: options.encoding)
    let form = pack.forms.first { $0.name == options.dataset }
    let pinned = form == nil ? options.dataset : nil
    let layout = try layout(survey, pinned, options, pack)
    if let form = try form ?? matching(layout, pinned, options, pack) {
      return try inputs(form, survey, layout, path, ordinal, options, pack)
    }
    let map = try decide(path, layout, options, pack)
    return [PreparedInput(survey, layout, map, nil, ordinal)]
  }

  private init(
    _ survey: FileSurvey, _ layout: CSVLayout, _ map: HeaderMap, _ route: RowRoute?, _ ordinal: Int
  ) {
    self.survey = survey
    self.layout = layout
    self.map = map
    self.route = route
    self.ordinal = ordinal
  }

  /// The input as a run takes it: its dataset may be read, and the code sets it uses are declared.
  ///
  /// - Throws: `InputError` of wrong usage where they are not.
  func admitted(_ options: RunOptions) throws(InputError) -> PreparedInput {
    var input = self
    try options.admit(map.dataset, survey.original.path)
    input.versions = try options.versions(of: map, survey.original.path)
    return input
  }

  private static func layout(
    _ survey: FileSurvey, _ pinned: String?, _ options: RunOptions, _ pack: SchemaPack
  ) throws(InputError) -> CSVLayout {
    let sniffer = CSVSniffer(survey)
    if options.hasNoHeader { return try sniffer.layoutWithoutHeader(delimiter: options.delimiter) }
    return try sniffer.layout(
      delimiter: options.delimiter, headerLine: options.headerLine, enough: DatasetRecognition.complete
    ) { cells in
      DatasetRecognition(cells, pack: pack, pinned: pinned, mapping: options.mapping).score
    }
  }

  /// The form that a header belongs to: it says the kind of each row, and else fits one of the form's datasets best.
  private static func matching(
    _ layout: CSVLayout, _ pinned: String?, _ options: RunOptions, _ pack: SchemaPack
  ) throws(InputError) -> Form? {
    guard pinned == nil, let form = pack.forms.first(where: { $0.column(in: layout.header) != nil }) else { return nil }
    let best = DatasetRecognition(layout.header, pack: pack, mapping: options.mapping).candidates.first
    guard let best, best.isComplete, form.targets.contains(best.map.dataset.name) else { return nil }
    return form
  }

  /// The inputs of a form: one for each of its datasets that has rows.
  private static func inputs(
    _ form: Form, _ survey: FileSurvey, _ layout: CSVLayout, _ path: String, _ ordinal: Int, _ options: RunOptions,
    _ pack: SchemaPack
  ) throws -> [PreparedInput] {
    guard let column = form.column(in: layout.header) else { throw HeaderRefusal.noKind(path, layout, form) }
    let reader = CSVReader(survey.text, layout.dialect, from: layout.dataStart, columnCount: layout.header.count)
    let routes = try RowRoute.routes(
      form, column: column, columnCount: layout.header.count, reader, survey.recordEncoding)
    let maps = form.targets.compactMap(pack.dataset).map {
      HeaderMap(layout.header, dataset: $0, leftOut: pack.leftOut, pinned: options.mapping)
    }
    // What any of the datasets takes is stored.
    let known = Set(maps.flatMap { map in map.fieldOfColumn.indices.filter { map.fieldOfColumn[$0] != nil } } + [column])
    return try routes.enumerated().compactMap { place, route in
      guard let map = maps.first(where: { $0.dataset.name == route.target })?.ignoring(known) else { return nil }
      if let twice = map.duplicates.first { throw HeaderRefusal.duplicate(path, layout, map, twice) }
      return PreparedInput(survey, layout, map, route, ordinal + place)
    }
  }

  private static func decide(_ path: String, _ layout: CSVLayout, _ options: RunOptions, _ pack: SchemaPack) throws(InputError)
    -> HeaderMap
  {
    if let dataset = options.dataset, pack.dataset(dataset) == nil {
      let names = (pack.datasets.map(\.name) + pack.forms.map(\.name)).joined(separator: ", ")
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
    let fields = map.fieldOfColumn.enumerated().compactMap { column, field in
      field.map { "\(column + 1):\(map.dataset.fields[$0].name)" }
    }
    return (fields + versions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: ",")
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
    let lacking = best.missingKeys.isEmpty ? best.dataset.marks : best.missingKeys
    let missing = lacking.map { best.dataset.fields[$0] }
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

  /// A form without the column that says the kind of each row.
  static func noKind(_ path: String, _ layout: CSVLayout, _ form: Form) -> InputError {
    InputError(
      .usage, path: path,
      message: LocalizedText(
        zh: "没有说明类别的列，不知道每一行属于哪个数据集", en: "has no column that says which dataset each row belongs to"),
      hint: LocalizedText(
        zh: "“\(form.title.zh)”需要其中一列：\(form.headings.joined(separator: "、"))；只有一类时用 --dataset 指定数据集",
        en:
          "\(form.name) needs one of the columns \(form.headings.joined(separator: ", ")); pin the dataset where all rows are of one kind"
      ),
      line: layout.headerLine)
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
