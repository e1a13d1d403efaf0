import ElementCore

/// What the bytes of a file, handed over in pieces, say of its encoding: of UTF-8 always, of GB 18030 as long as UTF-8 is unlikely.
struct EncodingSurvey: Sendable {
  /// What they say of UTF-8.
  private(set) var utf8 = UTF8Survey()
  /// What they say of GB 18030; nil where it is not asked, or was not asked of every piece because UTF-8 was likely then.
  private(set) var gb18030: GB18030Survey?

  /// The format that the bytes were taken for.
  let format: FileFormat
  /// Whether they are asked at all: JSON is UTF-8, and a workbook says itself what its parts are.
  private var isAsked: Bool { format == .delimited || format == .xml }

  /// A survey of the bytes of a format, whose encoding may be pinned.
  init(_ format: FileFormat, _ pinned: TextEncoding?) {
    self.format = format
    // XML declares its encoding.
    if format == .delimited, pinned == nil { gb18030 = GB18030Survey() }
  }

  /// Looks at the next piece.
  mutating func add(_ bytes: Span<UInt8>) {
    guard isAsked else { return }
    utf8.add(bytes)
    if utf8.invalidLines == 0 || utf8.isLikely { gb18030 = nil }
    gb18030?.add(bytes)
  }

  /// Looks at all pieces of a file.
  ///
  /// - Throws: `InputError` of kind `unreadable`.
  mutating func add(_ file: InputFile) throws(InputError) {
    if isAsked { try file.forEachPiece { add($0.span) } }
  }

  /// Looks at the end of the file.
  mutating func finish() {
    utf8.finish()
    gb18030?.finish()
  }
}
