import ElementCore
import XMLStream

/// Finds the records of an XML document, and their columns.
package struct XMLSniffer {
  private let survey: FileSurvey
  private let records: String?
  private let late: [String]
  private static let headSize = 1 << 18
  private static let rowLimit = 40

  /// A sniffer for a surveyed file; `records` is the path of a record, such as `/records/record`, `late` are columns that an
  /// earlier reading met behind the beginning.
  package init(_ survey: FileSurvey, records: String?, late: [String] = []) {
    (self.survey, self.records, self.late) = (survey, records, late)
  }

  /// The layout of the records; the header are the names of their elements and attributes, and `score` rates it.
  ///
  /// - Throws: `InputError` where there are no records, or it is no XML.
  package func layout(score: ([String]) -> Int) throws(InputError) -> RecordLayout {
    var best: RecordLayout?
    for path in try paths() {
      let layout = try layout(path, score)
      if layout.score > best?.score ?? -1 { best = layout }
    }
    guard let best else {
      throw InputError(
        .header, path: survey.original.path, message: LocalizedText(zh: "XML 中没有记录", en: "is XML without records"),
        hint: LocalizedText(
          zh: "请用 --records 给出记录元素的路径，如 /records/record",
          en: "Give the path of a record with --records, such as /records/record"))
    }
    return best
  }

  private func layout(_ path: XMLRecordPath, _ score: ([String]) -> Int) throws(InputError) -> RecordLayout {
    var layout = RecordLayout(
      dialect: CSVDialect(delimiter: 0x2C, limits: survey.text.limits), container: .xml(path), header: [], headerLine: 0,
      titles: [],
      dataStart: RecordStart(byte: survey.textStart, line: 1, row: 0), preview: [], score: 0)
    var columns = late
    while true {
      var reader = try XMLRecordReader(survey.text, path, columns: columns, from: survey.textStart, limits: layout.dialect)
      let batch = try reader.nextBatch()
      if reader.lateColumns.isEmpty {
        layout.preview = batch.map { $0.texts(XMLSniffer.rowLimit) } ?? []
        if let first = batch?.spots.first {
          layout.dataStart = RecordStart(byte: Int(first.byteStart), line: Int(first.line), row: 0)
        }
        break
      }
      columns += reader.lateColumns
    }
    guard columns.count <= layout.dialect.columnLimit else {
      throw ReadingLimits.refusal(
        .columns, survey.original.path, zh: "各记录的元素合起来超过 \(layout.dialect.columnLimit) 种",
        en: "has more than \(layout.dialect.columnLimit) kinds of elements in its records")
    }
    layout.header = columns
    layout.score = score(columns)
    return layout
  }

  /// The paths that may be those of records, the most frequent first: elements whose own elements hold text only.
  private func paths() throws(InputError) -> [XMLRecordPath] {
    if let records {
      guard let path = XMLRecordPath(records) else {
        throw InputError(
          .usage, path: survey.original.path,
          message: LocalizedText(
            zh: "不能用 \(PrintableText.escape(records)) 找记录",
            en: "cannot be searched for records by \(PrintableText.escape(records))"),
          hint: LocalizedText(zh: "请写成 /records/record 的形式", en: "Write a path such as /records/record"))
      }
      return [path]
    }
    var survey = XMLShape()
    try head { survey.add($0, $1) }
    return survey.paths
  }

  private func head(_ body: (XMLPiece, XMLEvent) -> Void) throws(InputError) {
    let window = try survey.text.bytes(survey.textStart..<min(survey.text.size, survey.textStart + XMLSniffer.headSize))
    do {
      let limits = survey.text.limits
      let parser = try XMLPushParser(XMLLimits(depth: limits[.depth], attributes: limits[.attributes]))
      var pieces = [try parser.feed(window.span)]
      if survey.textStart + window.count == survey.text.size { pieces.append(try parser.finish()) }
      for piece in pieces { for event in piece.events { body(piece, event) } }
    } catch {
      throw XMLRefusal.error(error, survey.original.path)
    }
  }
}

/// Which elements of a document hold values of their own.
private struct XMLShape {
  private var open: [(name: [UInt8], values: Int, elements: Int)] = []
  private var counts: [[[UInt8]]: Int] = [:]
  private var order: [[[UInt8]]] = []
  /// How deep it is in a description of columns (a schema that stands before the records).
  private var schemaDepth = 0
  private static let schemas = ["schema", "metadata", "table_structure"].map { Array($0.utf8) }

  /// Adds an event of the document.
  mutating func add(_ piece: XMLPiece, _ event: XMLEvent) {
    switch event.kind {
    case .text: break
    case .start: begin(piece, event)
    case .element:
      begin(piece, event)
      end()
    case .end: end()
    }
  }

  private mutating func begin(_ piece: XMLPiece, _ event: XMLEvent) {
    let isSchema =
      open.count == 1 && Self.schemas.contains(piece.name(event.name).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
    if schemaDepth > 0 || isSchema { schemaDepth += 1 }
    if schemaDepth > 0 { return }
    // A name and a value are one value, as in `<field name="姓名" value="…"/>`.
    let names = piece.attributes[event.attributes.indices].map { piece.name($0.name) }
    let isField = names.count == 2 && [Array("name".utf8), Array("value".utf8)].allSatisfy(names.contains)
    open.append((piece.name(event.name), isField ? 1 : names.count, 0))
  }

  private mutating func end() {
    if schemaDepth > 0 {
      schemaDepth -= 1
      return
    }
    guard let element = open.popLast() else { return }
    if element.values > 0, element.elements > 0 || element.values > 1 { count(open.map(\.name) + [element.name]) }
    guard let parent = open.indices.last else { return }
    let isValue = element.elements == 0 && element.values <= 1
    if isValue { open[parent].values += 1 }
    open[parent].elements += 1
  }

  private mutating func count(_ path: [[UInt8]]) {
    if counts[path] == nil { order.append(path) }
    counts[path, default: 0] += 1
  }

  /// The paths, the most frequent first; what lies inside a record is as frequent as the record, and comes behind it.
  var paths: [XMLRecordPath] {
    let sorted = order.sorted { left, right in
      let (more, less) = (counts[left] ?? 0, counts[right] ?? 0)
      return (more, right.count) > (less, left.count)
    }
    // The root is a record only where nothing in it is one.
    let inner = sorted.filter { $0.count > 1 }
    return (inner.isEmpty ? sorted : inner).prefix(8).map { XMLRecordPath($0) }
  }
}
