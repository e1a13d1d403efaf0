import ElementCore

/// Finds the records of a JSON file, and their columns.
package struct JSONSniffer {
  private let survey: FileSurvey
  private let records: String?
  private let late: [String]
  private static let headSize = 1 << 18
  /// Records begin within so many bytes.
  private static let headLimit = 1 << 26
  private static let rowLimit = 40

  /// A sniffer for a surveyed file; `records` is a JSON Pointer (RFC 6901) to the array of records, `late` are columns that an
  /// earlier reading met behind the beginning.
  package init(_ survey: FileSurvey, records: String?, late: [String] = []) {
    (self.survey, self.records, self.late) = (survey, records, late)
  }

  /// The layout of the records; the header are the names of their members, and `score` rates it.
  ///
  /// - Throws: `InputError` where there are no records, or it is no JSON.
  package func layout(score: ([String]) -> Int) throws(InputError) -> RecordLayout {
    var (sequence, start) = try beginning()
    let table = try headings(sequence, &start)
    var layout = RecordLayout(
      dialect: CSVDialect(delimiter: 0x2C, limits: survey.text.limits), container: .json(sequence, pointer: records ?? ""),
      header: [], headerLine: 0,
      titles: [], dataStart: start,
      preview: [], score: 0)
    layout.isTabular = table != nil
    var columns: [String] = table ?? late
    while true {
      // Each reading knows the columns of the one before; the second one finds no more.
      var reader = JSONRecordReader(
        survey.text, sequence, columns: columns, from: start, limits: layout.dialect, isTabular: layout.isTabular,
        chunkSize: JSONSniffer.headSize)
      let batch = try reader.nextBatch()
      if reader.lateColumns.isEmpty {
        layout.preview = batch.map { $0.texts(JSONSniffer.rowLimit) } ?? []
        break
      }
      columns += reader.lateColumns
    }
    guard columns.count <= layout.dialect.columnLimit else {
      throw JSONRefusal.error(
        .columns, survey.original.path, byte: start.byte, line: start.line, JSONRefusal.columns(layout.dialect.columnLimit))
    }
    layout.header = columns
    layout.score = score(columns)
    return layout
  }

  /// How the records follow each other, and where they start; of what is around them as much is looked at as there is.
  private func beginning() throws(InputError) -> (JSONRecordReader.Sequence, RecordStart) {
    var size = JSONSniffer.headSize
    while true {
      let window = try survey.text.bytes(0..<min(survey.text.size, size))
      if let found = try sequence(window) { return found }
      let reason = window.count == survey.text.size ? JSONRefusal.truncated : JSONRefusal.late(size)
      guard window.count < survey.text.size, size < JSONSniffer.headLimit else {
        throw JSONRefusal.error(nil, survey.original.path, byte: window.count, line: 1, reason)
      }
      size *= 4
    }
  }

  /// How the records follow each other, and where they start; nil where the window ends before they do.
  private func sequence(_ window: [UInt8]) throws(InputError) -> (JSONRecordReader.Sequence, RecordStart)? {
    let bytes = window.span
    var scanner = JSONScanner(at: survey.textStart, depth: survey.text.limits[.depth])
    var line = 1 + scanner.skipSpace(bytes)
    if let records { return try follow(records, &scanner, bytes, &line) }
    if scanner.place < bytes.count, bytes[scanner.place] == 0x5B {
      // Lines of arrays begin with the values of the first one.
      if JSONSniffer.holdsValue(scanner, bytes) { return (.lines, RecordStart(byte: scanner.place, line: line, row: 0)) }
      return (.array(within: []), RecordStart(byte: scanner.place + 1, line: line, row: 0))
    }
    let start = RecordStart(byte: scanner.place, line: line, row: 0)
    if scanner.place < bytes.count, bytes[scanner.place] == 0x1E { throw sequenceOfTexts() }
    if !isFollowed(scanner, bytes) {
      if let pointer = JSONSniffer.wrapped(scanner, bytes) { throw noPointer(pointer) }
      if JSONShape.isTransposed(scanner, bytes) { throw transposed() }
    }
    return (.lines, start)
  }

  /// Whether the first element of an array is a text or a number.
  private static func holdsValue(_ array: JSONScanner, _ bytes: Span<UInt8>) -> Bool {
    var inner = array
    inner.place += 1
    inner.skipSpace(bytes)
    guard inner.place < bytes.count else { return false }
    return bytes[inner.place] == 0x22 || bytes[inner.place] == 0x2D || bytes[inner.place] &- 0x30 <= 9
  }

  /// The headings of records that are arrays: the first one has them, and the records begin behind it; nil where records are objects.
  private func headings(_ sequence: JSONRecordReader.Sequence, _ start: inout RecordStart) throws(InputError) -> [String]? {
    let window = try survey.text.bytes(start.byte..<min(survey.text.size, start.byte + JSONSniffer.headSize))
    let bytes = window.span
    var scanner = JSONScanner(at: 0, depth: survey.text.limits[.depth])
    scanner.skipSpace(bytes)
    guard scanner.place < bytes.count, bytes[scanner.place] == 0x5B else { return nil }
    var batch = RecordBatch(bytes: [], byteBase: 0)
    var (side, flags): ([UInt8], RecordFlags) = ([], [])
    var row = JSONColumns(Array(repeating: "", count: survey.text.limits[.columns]), limit: 0)
    do {
      let begin = scanner.place
      try row.takeRow(
        &scanner, bytes, true, CSVDialect(delimiter: 0x2C, limits: survey.text.limits), &batch, &side, &flags)
      let count = JSONShape.count(bytes.extracting(begin..<scanner.place))
      _ = scanner.passComma(bytes)
      batch.bytes = window + side
      var header: [String] = []
      for field in batch.fields.prefix(count) {
        header.append(String(escapingInvalid: batch.bytes.span.extracting(field.indices)))
      }
      for place in 0..<scanner.place where bytes[place] == 0x0A { start.line += 1 }
      start.byte += scanner.place
      return header
    } catch JSONScanner.Stop.tooDeep {
      throw JSONRefusal.error(
        .depth, survey.original.path, byte: start.byte + scanner.place, line: start.line,
        JSONRefusal.deep(survey.text.limits[.depth]))
    } catch {
      throw JSONRefusal.error(
        nil, survey.original.path, byte: start.byte + scanner.place, line: start.line, JSONRefusal.head)
    }
  }

  private func sequenceOfTexts() -> InputError {
    InputError(
      .foreignFormat, path: survey.original.path,
      message: LocalizedText(
        zh: "是 JSON 文本序列（RFC 7464，每条前有一个分隔字符）", en: "is a sequence of JSON texts (RFC 7464), each behind a record separator"),
      hint: LocalizedText(
        zh: "请去掉分隔字符（U+001E），存为每行一个对象（NDJSON）", en: "Remove the separators (U+001E): one object a line (NDJSON)"))
  }

  private func transposed() -> InputError {
    InputError(
      .header, path: survey.original.path,
      message: LocalizedText(
        zh: "是一个对象，每个键下又是一批值或一条记录，不是记录数组", en: "is one object with a column or a record under each key, not an array of records"
      ),
      hint: LocalizedText(
        zh: "请让提供方导出记录数组（[{…},{…}]）或每行一个对象（NDJSON）",
        en: "Ask the sender for an array of records ([{…},{…}]) or one object a line (NDJSON)"))
  }

  /// Whether another object follows the first one: both are records then, whatever they hold.
  private func isFollowed(_ scanner: JSONScanner, _ bytes: Span<UInt8>) -> Bool {
    var behind = scanner
    guard (try? behind.value(bytes, atEnd: true)) != nil else { return false }
    behind.skipSpace(bytes)
    return behind.place < bytes.count && bytes[behind.place] == 0x7B
  }

  /// The pointer to the records, where the file is one object around them: the first array of objects; nil where it is a
  /// record itself. Looks into objects in objects, as deep as envelopes are.
  private static func wrapped(_ start: JSONScanner, _ bytes: Span<UInt8>, depth: Int = 0) -> String? {
    var scanner = start
    guard depth < 4, (try? scanner.take(0x7B, bytes)) != nil else { return nil }
    scanner.skipSpace(bytes)
    while let name = try? scanner.name(bytes), scanner.place < bytes.count {
      let part =
        "/"
        + String(escapingInvalid: bytes.extracting(name.content.indices)).replacing("~", with: "~0").replacing("/", with: "~1")
      if bytes[scanner.place] == 0x5B {
        var inner = scanner
        inner.place += 1
        inner.skipSpace(bytes)
        if inner.place < bytes.count, bytes[inner.place] == 0x7B { return part }
      } else if bytes[scanner.place] == 0x7B, let found = wrapped(scanner, bytes, depth: depth + 1) {
        return part + found
      }
      guard (try? scanner.value(bytes, atEnd: false)) != nil, scanner.passComma(bytes) else { return nil }
    }
    return nil
  }

  /// Moves to the array that a pointer names; nil where the window ends before it.
  private func follow(
    _ pointer: String, _ scanner: inout JSONScanner, _ bytes: Span<UInt8>, _ line: inout Int
  ) throws(InputError) -> (JSONRecordReader.Sequence, RecordStart)? {
    guard pointer.isEmpty || pointer.hasPrefix("/") else { throw noRecords(pointer) }
    let parts = pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { part in
      Array(part.replacing("~1", with: "/").replacing("~0", with: "~").utf8)
    }
    let start = scanner.place
    do {
      for name in parts {
        guard try JSONSniffer.enter(name, &scanner, bytes) else { throw noRecords(pointer) }
      }
      guard try scanner.peek(bytes) == 0x5B else { throw noRecords(pointer) }
    } catch let error as InputError {
      throw error
    } catch JSONScanner.Stop.needsMore {
      return nil
    } catch {
      throw JSONRefusal.error(nil, survey.original.path, byte: scanner.place, line: line, JSONRefusal.head)
    }
    for place in start..<scanner.place where bytes[place] == 0x0A { line += 1 }
    return (.array(within: parts), RecordStart(byte: scanner.place + 1, line: line, row: 0))
  }

  /// Moves to the value of a member; false where the object has none of that name.
  private static func enter(
    _ wanted: [UInt8], _ scanner: inout JSONScanner, _ bytes: Span<UInt8>
  ) throws(JSONScanner.Stop) -> Bool {
    guard try scanner.peek(bytes) == 0x7B else { return false }
    scanner.place += 1
    scanner.skipSpace(bytes)
    while true {
      if JSONText.equals(wanted, bytes, try scanner.name(bytes)) { return true }
      _ = try scanner.value(bytes, atEnd: false)
      scanner.skipSpace(bytes)
      guard try scanner.peek(bytes) == 0x2C else { return false }
      scanner.place += 1
      scanner.skipSpace(bytes)
    }
  }

  private func noRecords(_ pointer: String) -> InputError {
    InputError(
      .usage, path: survey.original.path,
      message: LocalizedText(
        zh: "在 \(PrintableText.escape(pointer)) 处没有记录数组", en: "has no array of records at \(PrintableText.escape(pointer))"),
      hint: LocalizedText(
        zh: "请用 --records 给出 JSON Pointer，如 /data/records", en: "Give a JSON Pointer with --records, such as /data/records"))
  }

  private func noPointer(_ pointer: String) -> InputError {
    let shown = PrintableText.escape(pointer)
    return InputError(
      .usage, path: survey.original.path,
      message: LocalizedText(zh: "记录在 \(shown) 处，不在最外层", en: "holds its records at \(shown), not at the top"),
      hint: LocalizedText(zh: "请加 --records \(shown)", en: "Say --records \(shown)"))
  }
}
