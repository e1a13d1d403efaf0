import ElementCore
package import ElementFormats
import ElementRules
package import ElementSchema
import ElementWarehouse

/// An input of a delivery, opened and recognised: what a reader, a plan and a report need.
package struct PreparedInput: Sendable {
  /// Its place in the delivery as given, from 0.
  package let ordinal: Int
  /// The file and what its first pass told.
  package let survey: FileSurvey
  /// How it is written and where its header stands.
  package let layout: RecordLayout
  /// Which column holds which field.
  package let map: HeaderMap
  /// The code set that is declared for each field whose set has versions.
  private(set) var versions: [String: String] = [:]

  /// The headings of the known columns (from 0) as their line has them; nothing where there is no header.
  private let headingBytes: [(column: Int, text: [UInt8])]

  /// Which rows belong here, for a form that mixes kinds; nil where all do.
  let route: RowRoute?
  /// Whether it is a text that was handed out with waiting rows.
  let isHandedOut: Bool

  /// The form that the file is, where it mixes kinds.
  package var form: Form? { route?.form }

  /// Opens and recognises a file, all of which is looked at.
  ///
  /// - Throws: `InputError` where it cannot be read or recognised.
  package static func open(path: String, options: DeliveryOptions, pack: SchemaPack) throws -> [PreparedInput] {
    let survey = try FileSurvey(
      try InputFile(path: path, limits: options.limits), encoding: options.encoding, format: options.pinnedFormat)
    return try recognise(survey, ordinal: 0, options: options, pack: pack)
  }

  /// Recognises a file: one input, or one for each dataset of a form that mixes kinds. `ordinal` is that of the first.
  ///
  /// - Throws: `InputError` where it cannot be read or recognised; nothing has been written then.
  static func recognise(
    _ survey: FileSurvey, ordinal: Int, options: DeliveryOptions, _ learned: Learned = Learned(), pack: SchemaPack
  ) throws -> [PreparedInput] {
    let options = options.of(survey.original.path)
    try options.confirmFormat(survey)
    let form = pack.forms.first { $0.name == options.dataset }
    var inputs: [PreparedInput] = []
    for layout in try layouts(survey, form == nil ? options.dataset : nil, options, pack, learned) {
      inputs += try open(survey, layout, form, ordinal + inputs.count, options, pack)
    }
    return inputs
  }

  /// The inputs of one list of records: one, or one for each dataset of a form that mixes kinds.
  private static func open(
    _ survey: FileSurvey, _ layout: RecordLayout, _ pinned: Form?, _ ordinal: Int, _ options: DeliveryOptions,
    _ pack: SchemaPack
  ) throws -> [PreparedInput] {
    let path = survey.original.path
    if let form = try pinned ?? matching(layout, options.dataset, options, pack) {
      return try inputs(form, survey, layout, path, ordinal, options, pack)
    }
    let map = try decide(path, layout, options, pack)
    return [PreparedInput(survey, layout, map, nil, ordinal)]
  }

  private init(
    _ survey: FileSurvey, _ layout: RecordLayout, _ map: HeaderMap, _ route: RowRoute?, _ ordinal: Int
  ) {
    self.survey = survey
    var layout = layout
    layout.use = map.use
    self.layout = layout
    self.map = map
    let cells = layout.headerCells
    headingBytes = map.fieldOfColumn.indices.filter { map.fieldOfColumn[$0] != nil && $0 < cells.count && !cells[$0].isEmpty }
      .map {
        ($0, Array(cells[$0].utf8))
      }
    (self.route, self.ordinal) = (route, ordinal)
    isHandedOut = layout.delimiterName != nil && map.written.contains(where: WaitingColumn.name.isHeading)
  }

  /// The rows of a table of a warehouse, which say by `mappings` which code sets they use.
  init(_ table: StoredTable, _ survey: FileSurvey, ordinal: Int, mappings: [String]) {
    let map = HeaderMap(columnsOf: table.dataset)
    self.init(survey, RecordLayout(table, headings: map.headings), map, nil, ordinal)
    for pair in mappings.flatMap({ $0.split(separator: ",") }) {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { versions[parts[0]] = parts[1] }
    }
  }

  /// The input as a run takes it: its dataset may be read, and the code sets it uses are declared.
  ///
  /// - Throws: `InputError` of wrong usage where they are not.
  func admitted(_ options: DeliveryOptions) throws(InputError) -> PreparedInput {
    var input = self
    try options.admit(map.dataset, survey.original.path)
    input.versions = try options.versions(of: map, survey.original.path)
    return input
  }

  /// The lists of records in a file, as far as its beginning shows them.
  package static func layouts(
    _ survey: FileSurvey, _ pinned: String?, _ options: DeliveryOptions, _ pack: SchemaPack
  ) throws(InputError) -> [RecordLayout] { try layouts(survey, pinned, options, pack, Learned()) }

  /// The lists of records in a file: one, or one for each sheet that is to be read; `isSure` takes a row for the header only
  /// where a dataset has all it needs of it.
  static func layouts(
    _ survey: FileSurvey, _ pinned: String?, _ options: DeliveryOptions, _ pack: SchemaPack, _ learned: Learned,
    isSure: Bool = false
  ) throws(InputError) -> [RecordLayout] {
    let score = { (cells: [String]) in
      let score = DatasetRecognition(
        cells, pack: pack, pinned: pinned, mapping: options.mapping, corrects: options.mode.isAboutStored
      ).score
      return isSure && score <= DatasetRecognition.complete ? 0 : score
    }
    let scale = HeaderScale(
      enough: DatasetRecognition.complete, score: score,
      isHeading: { DatasetRecognition.isHeading($0, pack: pack) })
    if survey.format == .workbook { return try SheetChoice(survey, options).layouts(scale) }
    let late = learned.lateColumns[survey.original.path] ?? []
    if survey.format == .xml {
      var layout = try XMLSniffer(survey, records: options.records, late: late).layout(score: score)
      layout.xsd = options.xsd
      return [layout]
    }
    if survey.format == .json {
      return [try JSONSniffer(survey, records: options.records, late: late).layout(score: score)]
    }
    let sniffer = CSVSniffer(survey)
    if options.hasNoHeader { return [try sniffer.layoutWithoutHeader(delimiter: options.delimiter)] }
    return [
      try sniffer.layout(
        delimiter: options.delimiter, headerLine: options.headerLine, scale)
    ]
  }

  /// The form that a header belongs to: it says the kind of each row, and else fits one of the form's datasets best.
  private static func matching(
    _ layout: RecordLayout, _ pinned: String?, _ options: DeliveryOptions, _ pack: SchemaPack
  ) throws(InputError) -> Form? {
    guard pinned == nil, let form = pack.forms.first(where: { $0.column(in: layout.header) != nil }) else { return nil }
    let best = DatasetRecognition(layout.header, pack: pack, mapping: options.mapping).candidates.first
    guard let best, best.isComplete, form.targets.contains(best.map.dataset.name) else { return nil }
    return form
  }

  /// The inputs of a form: one for each of its datasets that has rows.
  private static func inputs(
    _ form: Form, _ survey: FileSurvey, _ layout: RecordLayout, _ path: String, _ ordinal: Int, _ options: DeliveryOptions,
    _ pack: SchemaPack
  ) throws -> [PreparedInput] {
    guard !layout.header.isEmpty else { throw HeaderRefusal.noHeader(path, layout) }
    guard let column = form.column(in: layout.header) else { throw HeaderRefusal.noKind(path, layout, form) }
    let reader = try layout.source(survey, columnCount: layout.header.count)
    let routes = try RowRoute.routes(
      form, column: column, columnCount: layout.header.count, reader, survey.recordEncoding)
    let maps = form.targets.compactMap(pack.dataset).map {
      HeaderMap(layout.header, dataset: $0, leftOut: pack.leftOut, pinned: options.mapping)
    }
    // What any of the datasets takes is stored.
    let known = Set(maps.flatMap { map in map.fieldOfColumn.indices.filter { map.fieldOfColumn[$0] != nil } } + [column])
    return try routes.enumerated().compactMap { place, route in
      guard let map = maps.first(where: { $0.dataset.name == route.target })?.ignoring(known) else { return nil }
      if let twice = map.duplicates.first, !options.showsDuplicates { throw HeaderRefusal.duplicate(path, layout, map, twice) }
      return PreparedInput(survey, layout, map, route, ordinal + place)
    }
  }

  /// What a run will say where two columns claim one field; nil where none do.
  package var duplicateRefusal: InputError? {
    map.duplicates.first.map { HeaderRefusal.duplicate(survey.original.path, layout, map, $0) }
  }

  private static func decide(_ path: String, _ layout: RecordLayout, _ options: DeliveryOptions, _ pack: SchemaPack)
    throws(InputError)
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
    // A list of no records of a known dataset is a delivery of none.
    if layout.header.isEmpty, !layout.isHeaded, layout.preview.isEmpty, let dataset = options.dataset.flatMap(pack.dataset) {
      return HeaderMap([], dataset: dataset)
    }
    guard !layout.header.isEmpty else { throw HeaderRefusal.noHeader(path, layout) }
    let recognition = DatasetRecognition(
      layout.header, pack: pack, pinned: options.dataset, mapping: options.mapping, corrects: options.mode.isAboutStored)
    guard let map = recognition.decision else {
      throw HeaderRefusal.undecided(path, layout, recognition)
    }
    if let twice = map.duplicates.first, !options.showsDuplicates { throw HeaderRefusal.duplicate(path, layout, map, twice) }
    return map
  }

  /// Our own findings lists are no rosters: what they show is masked. Their header is their stamp.
  private static func refuseOwnLists(_ path: String, _ layout: RecordLayout) throws(InputError) {
    let isWork = layout.preview.contains { row in
      GridWork.correctionHeadings.contains { row.prefix($0.count).elementsEqual($0) }
    }
    if isWork {
      throw InputError(
        .foreignFormat, path: path,
        message: LocalizedText(
          zh: "是工作清单“待更正”或“超期事件”，不是名册", en: "is a work list of corrections or overdue cases, not a roster"),
        hint: LocalizedText(
          zh: "只交回“待走访”和“待核查”；更正请改原名册再导入", en: "Only visits and verifications come back; correct the roster and load it again"))
    }
    let isFindings = layout.preview.contains { $0.starts(with: FindingsList.columns.prefix(4)) }
    guard isFindings else { return }
    throw InputError(
      .foreignFormat, path: path,
      message: LocalizedText(zh: "是本程序输出的问题清单，不是名册", en: "is a findings list of this program, not a roster"),
      hint: LocalizedText(zh: "清单中的内容已脱敏，请导入原始名册", en: "Its values are masked; load the roster itself"))
  }

  /// The records of a decoded batch, from 0, that say in every known column what its heading says: the header again.
  func repeatedHeaders(_ batch: borrowing RecordBatch) -> [Int] {
    guard let (first, heading) = headingBytes.first else { return [] }
    return (0..<batch.count).filter { record in
      PreparedInput.is(batch.bytes.span.extracting(batch.range(record, first).indices), heading)
        && headingBytes.allSatisfy {
          PreparedInput.is(batch.bytes.span.extracting(batch.range(record, $0.column).indices), $0.text)
        }
    }
  }

  /// Whether a value is a heading, blanks at its ends and `="…"` around it aside.
  private static func `is`(_ value: Span<UInt8>, _ heading: [UInt8]) -> Bool {
    if value.count <= heading.count { return value.equals(heading.span) }
    let inner = value.extracting(CodeFolding.trimmed(value))
    let isWrapped = inner.count > 3 && inner.starts(with: [0x3D, 0x22]) && inner[inner.count - 1] == 0x22
    return (isWrapped ? inner.extracting(2..<inner.count - 1) : inner).equals(heading.span)
  }

  /// How much there is to read: bytes, by a guess where they are still inflated, or the rows of a table.
  var expectedSize: Int { layout.table?.count ?? survey.text.expectedSize }

  /// The reader of its records; `isAhead` lets it use a thread of its own.
  func reader(isAhead: Bool) throws -> any RecordSource {
    try layout.source(survey, columnCount: map.headings.count, isAhead: isAhead)
  }

  /// A reader of its records from a place that an earlier reader gave, a few at a time; from the first one on where the format
  /// cannot be entered in the middle.
  func reader(from start: RecordStart) throws -> any RecordSource {
    try layout.source(survey, columnCount: map.headings.count, from: start, chunkSize: 1 << 14)
  }

  /// The headings of the columns that hold a field, in the order of the columns: a JSON array in one line.
  var headingsText: String {
    JSONValue.list(map.fieldOfColumn.indices.filter { map.fieldOfColumn[$0] != nil }.map { .text(map.written[$0]) }).line
  }

  /// The encoding in which the values of records that wait are kept: that of the records where they have delimiters.
  var rawEncoding: TextEncoding { layout.delimiterName == nil ? .utf8 : survey.recordEncoding }

  /// The mapping as one line: `column:field` pairs.
  package var mappingText: String {
    let fields = map.fieldOfColumn.enumerated().compactMap { column, field in
      field.map { "\(column + 1):\(map.dataset.fields[$0].name)" }
    }
    return (fields + versions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: ",")
  }
}
