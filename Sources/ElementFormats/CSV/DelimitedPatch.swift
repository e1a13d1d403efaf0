import ElementCore

/// What is to be done to a text with delimiters.
package struct DelimitedPatch: Sendable {
  /// The headings of columns that come first; none where no such columns are written.
  package var headings: [String] = []
  /// What those columns say of records, by the physical lines (from 1) that these begin on, ascending.
  package var prefixes: [(line: Int, values: [String])] = []
  /// How many columns of an earlier check stand first: they go.
  package var oldColumns = 0
  /// Values that are replaced, by line and then by column.
  package var cells: [CellEdit] = []

  /// Nothing to be done yet.
  package init() {}
}

/// Writes a text with delimiters anew with columns before its own and some of its values replaced: all else keeps its bytes, in its encoding.
package struct DelimitedPatcher {
  private let survey: FileSurvey
  private let layout: RecordLayout
  private let patch: DelimitedPatch
  private var nextPrefix = 0
  private var nextCell = 0
  private var out: [UInt8] = []

  /// A patcher of a text that was surveyed, whose records are laid out so.
  ///
  /// - Throws: `OutputError` of kind `usage` where it is compressed.
  package init(_ survey: FileSurvey, _ layout: RecordLayout, _ patch: DelimitedPatch) throws(OutputError) {
    (self.survey, self.layout, self.patch) = (survey, layout, patch)
    guard !survey.isPacked else {
      throw OutputError(
        .usage, path: survey.original.path,
        message: LocalizedText(zh: "是压缩文件，不能照原样写回", en: "is compressed, and is not written back"),
        hint: LocalizedText(zh: "请先解压", en: "Unpack it first"))
    }
  }

  /// Writes the text.
  ///
  /// - Throws: `InputError`, or what `sink` throws.
  package mutating func write(_ sink: ([UInt8]) throws -> Void) throws {
    let text = survey.text
    if survey.encoding.isASCIITransparent {
      out = try text.bytes(0..<survey.textStart)
    } else {
      out = [0xEF, 0xBB, 0xBF]
    }
    var place = try writeHead(from: survey.textStart)
    var reader = try layout.source(
      survey, columnCount: layout.header.isEmpty ? nil : layout.header.count,
      from: RecordStart(byte: place, line: layout.dataStart.line, row: 0))
    while let batch = try reader.nextBatch() {
      for spot in batch.spots {
        let start = Int(spot.byteStart)
        // Line ends and lines without content, as they are.
        if start > place { out += try text.bytes(place..<start) }
        place = start + Int(spot.byteLength)
        try write(text.bytes(start..<place), line: Int(spot.line))
      }
      try flush(sink)
    }
    while try !text.ends(at: place) {
      let piece = try text.bytes(place..<place + DelimitedPatcher.pieceSize)
      out += piece
      place += piece.count
      try flush(sink)
    }
    try flush(sink)
  }

  private static let pieceSize = 1 << 18

  /// Writes what stands before the first record, the headings with those before them; returns where the first record begins.
  private mutating func writeHead(from start: Int) throws -> Int {
    let bytes = try survey.text.bytes(start..<max(start, layout.dataStart.byte))
    guard layout.headerLine > 0, !patch.headings.isEmpty || patch.oldColumns > 0 else {
      out += bytes
      return start + bytes.count
    }
    // The heading stands right before the first record, whatever stands over it.
    var (line, place) = (1, 0)
    while line < layout.headerLine, place < bytes.count {
      let isEnd = bytes[place] == 0x0A || bytes[place] == 0x0D && (place + 1 == bytes.count || bytes[place + 1] != 0x0A)
      if isEnd { line += 1 }
      place += 1
    }
    out += bytes[..<place]
    writePrefix(patch.headings)
    out += DelimitedPatcher.dropping(patch.oldColumns, bytes[place...], layout.dialect)
    return start + bytes.count
  }

  private mutating func write(_ record: [UInt8], line: Int) {
    if !patch.headings.isEmpty {
      while nextPrefix < patch.prefixes.count, patch.prefixes[nextPrefix].line < line { nextPrefix += 1 }
      let isNamed = nextPrefix < patch.prefixes.count && patch.prefixes[nextPrefix].line == line
      writePrefix(isNamed ? patch.prefixes[nextPrefix].values : patch.headings.map { _ in "" })
    }
    while nextCell < patch.cells.count, patch.cells[nextCell].line < line { nextCell += 1 }
    let first = nextCell
    while nextCell < patch.cells.count, patch.cells[nextCell].line == line { nextCell += 1 }
    let record = first == nextCell ? record : replaced(record, patch.cells[first..<nextCell])
    out += DelimitedPatcher.dropping(patch.oldColumns, record[...], layout.dialect)
  }

  private mutating func writePrefix(_ values: [String]) {
    for value in values { out += encoded(Array(value.utf8)) + [layout.dialect.delimiter] }
  }

  /// A record with some of its values replaced.
  private func replaced(_ record: [UInt8], _ edits: ArraySlice<CellEdit>) -> [UInt8] {
    let fields = DelimitedPatcher.fields(record[...], layout.dialect)
    var out = record
    for edit in edits.reversed() where edit.column <= fields.count {
      guard let text = edit.text else { continue }
      out.replaceSubrange(fields[edit.column - 1], with: encoded(text))
    }
    return out
  }

  /// A value as the text has it: in quotes where it needs them, in the encoding of the bytes that are read.
  private func encoded(_ value: [UInt8]) -> [UInt8] {
    let delimiter = layout.dialect.delimiter
    let isPlain = !value.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    let quoted = isPlain ? value : [0x22] + value.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
    guard survey.encoding == .gb18030 else { return quoted }
    var out: [UInt8] = []
    for scalar in String(decoding: quoted, as: UTF8.self).unicodeScalars {
      if !GB18030.shared.append(scalar.value, to: &out) { out.append(0x3F) }
    }
    return out
  }

  /// Where the values of a record stand, with their quotes.
  private static func fields(_ record: ArraySlice<UInt8>, _ dialect: CSVDialect) -> [Range<Int>] {
    var (fields, start, isQuoted): ([Range<Int>], Int, Bool) = ([], record.startIndex, false)
    let delimiter = dialect.delimiter
    var isSecond = false
    for place in record.indices {
      if isSecond || dialect.hasDoubleBytes && record[place] >= 0x81 {
        isSecond.toggle()
      } else if record[place] == 0x22 {
        if isQuoted || record[start..<place].allSatisfy({ $0 == 0x20 }) { isQuoted.toggle() }
      } else if record[place] == delimiter, !isQuoted {
        fields.append(start..<place)
        start = place + 1
      }
    }
    var end = record.endIndex
    while end > start, record[end - 1] == 0x0A || record[end - 1] == 0x0D { end -= 1 }
    return fields + [start..<end]
  }

  /// A record without its first values.
  private static func dropping(_ count: Int, _ record: ArraySlice<UInt8>, _ dialect: CSVDialect) -> ArraySlice<UInt8> {
    if count == 0 { return record }
    let fields = fields(record, dialect)
    return fields.count > count ? record[fields[count].lowerBound...] : record
  }

  /// Hands over what was written, in the encoding of the original.
  private mutating func flush(_ sink: ([UInt8]) throws -> Void) throws {
    var bytes: [UInt8] = []
    swap(&bytes, &out)
    if survey.encoding.isASCIITransparent { return try sink(bytes) }
    let isLittle = survey.encoding == .utf16LittleEndian
    var units: [UInt8] = []
    units.reserveCapacity(bytes.count * 2)
    for unit in String(decoding: bytes, as: UTF8.self).utf16 {
      let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8))
      units += isLittle ? [low, high] : [high, low]
    }
    try sink(units)
  }
}
