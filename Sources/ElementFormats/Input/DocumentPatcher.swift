import ElementCore

/// A value of a record in a document that is written otherwise.
package struct ValueEdit: Sendable, Hashable {
  /// The heading of its column: the name of the member or the element, behind the names that it lies in.
  package let heading: String
  /// What stands there.
  package let old: String
  /// What stands there from now on.
  package let new: String

  /// A value with what takes its place.
  package init(heading: String, old: String, new: String) {
    (self.heading, self.old, self.new) = (heading, old, new)
  }
}

/// Writes a document of JSON or XML anew with some values replaced where they stand: all else keeps its bytes. A value that does not stand
/// there once as a text of its own stays.
package struct DocumentPatcher {
  private let survey: FileSurvey
  private let layout: RecordLayout
  private let edits: [Int: [ValueEdit]]
  /// The values that stayed, by the rows of their records, from 1.
  package private(set) var stayed: [Int: [ValueEdit]] = [:]

  /// A patcher of a document that was surveyed, with what is replaced in each record, by row from 1.
  ///
  /// - Throws: `OutputError` of kind `usage` where it is compressed, or in another encoding than UTF-8.
  package init(_ survey: FileSurvey, _ layout: RecordLayout, _ edits: [Int: [ValueEdit]]) throws(OutputError) {
    (self.survey, self.layout, self.edits) = (survey, layout, edits)
    guard !survey.isPacked, survey.encoding == .utf8 else {
      throw OutputError(
        .usage, path: survey.original.path,
        message: LocalizedText(zh: "是压缩的或不是 UTF-8 的文件，不能照原样写回", en: "is compressed or not UTF-8, and is not written back"),
        hint: LocalizedText(zh: "请先解压，或转成 UTF-8", en: "Unpack it, or save it as UTF-8, first"))
    }
  }

  /// Writes the document.
  ///
  /// - Throws: `InputError`, or what `sink` throws.
  package mutating func write(_ sink: ([UInt8]) throws -> Void) throws {
    let text = survey.text
    var place = 0
    var reader = try layout.source(survey, columnCount: layout.header.count)
    while let batch = try reader.nextBatch() {
      for spot in batch.spots {
        guard let own = edits[Int(spot.row)] else { continue }
        let start = Int(spot.byteStart)
        try copy(text, place..<start, sink)
        place = start + Int(spot.byteLength)
        var record = try text.bytes(start..<place)
        for edit in own where !replace(edit, in: &record) { stayed[Int(spot.row), default: []].append(edit) }
        try sink(record)
      }
    }
    try copy(text, place..<(try text.wholeSize), sink)
  }

  private func copy(_ text: InputFile, _ range: Range<Int>, _ sink: ([UInt8]) throws -> Void) throws {
    var from = range.lowerBound
    while from < range.upperBound {
      let end = min(range.upperBound, from + 1 << 18)
      try sink(text.bytes(from..<end))
      from = end
    }
  }

  private func replace(_ edit: ValueEdit, in record: inout [UInt8]) -> Bool {
    let isXML = if case .xml = layout.container { true } else { false }
    let found = isXML ? DocumentPatcher.elements(edit, record) : members(edit, record)
    guard found.count == 1, let place = found.first else { return false }
    var new: [UInt8] = []
    if isXML {
      XMLText.escape(Array(edit.new.utf8).span, inAttribute: true, to: &new)
    } else {
      JSONValue.quote(edit.new, to: &new)
    }
    record.replaceSubrange(place, with: new)
    return true
  }

  /// Whether a heading is of a value with a name: it is that name, behind those that it lies in.
  private static func isHeading(_ heading: String, _ name: String) -> Bool {
    heading.utf8.elementsEqual(name.utf8) || heading.hasSuffix("/" + name)
  }

  /// Where a value stands among the members of a record of JSON, with its quotes.
  private func members(_ edit: ValueEdit, _ record: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var (place, name) = (0, "")
    while let start = record[place...].firstIndex(of: 0x22) {
      var end = start + 1
      while end < record.count, record[end] != 0x22 { end += record[end] == 0x5C ? 2 : 1 }
      guard end < record.count else { break }
      let token = start..<end + 1
      var next = end + 1
      while next < record.count, record[next] <= 0x20 { next += 1 }
      let text = DocumentPatcher.plain(record[token])
      if next < record.count, record[next] == 0x3A {
        name = text
      } else if text.utf8.elementsEqual(edit.old.utf8), layout.isTabular || DocumentPatcher.isHeading(edit.heading, name) {
        found.append(token)
      }
      place = end + 1
    }
    return found
  }

  /// A string of JSON without its quotes and escapes.
  private static func plain(_ token: ArraySlice<UInt8>) -> String {
    let inner = token.dropFirst().dropLast()
    guard inner.contains(0x5C) else { return String(decoding: inner, as: UTF8.self) }
    var out: [UInt8] = []
    _ = JSONText.unescape(Array(inner).span, into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Where a value stands in a record of XML: as all of an element, or as an attribute.
  private static func elements(_ edit: ValueEdit, _ record: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var scanner = MarkupScanner()
    scanner.feed(record)
    var open: MarkupScanner.Piece?
    while let piece = scanner.next() {
      if piece.isStart {
        open = piece
        for attribute in Set([edit.heading, String(edit.heading.split(separator: "/").last ?? "")]) {
          guard let range = scanner.value(of: Array(attribute.utf8), piece) else { continue }
          if NoteText.plain(String(decoding: record[range], as: UTF8.self)).utf8.elementsEqual(edit.old.utf8) {
            found.append(range)
          }
        }
      } else if piece.kind == .end {
        if let start = open, isHeading(edit.heading, String(decoding: record[start.name], as: UTF8.self)) {
          let inner = start.range.upperBound..<piece.range.lowerBound
          let text = NoteText.plain(String(decoding: record[inner], as: UTF8.self))
          if text.utf8.elementsEqual(edit.old.utf8) { found.append(inner) }
        }
        open = nil
      }
    }
    return found
  }
}
