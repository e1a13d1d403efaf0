import ElementCore

/// What the bytes of a file, handed over in pieces, say of its encoding: of UTF-8 always, of GB 18030 as long as UTF-8 is unlikely.
struct EncodingSurvey: Sendable {
  /// What they say of UTF-8.
  private(set) var utf8 = UTF8Survey()
  /// What they say of GB 18030; nil where it is not asked, or was not asked of every piece because UTF-8 was likely then.
  private(set) var gb18030: GB18030Survey?

  /// A survey of bytes whose encoding is voted on, or known from elsewhere.
  init(isVotedOn: Bool) {
    if isVotedOn { gb18030 = GB18030Survey() }
  }

  /// Looks at the next piece.
  mutating func add(_ bytes: Span<UInt8>) {
    utf8.add(bytes)
    if utf8.invalidLines == 0 || utf8.isLikely { gb18030 = nil }
    gb18030?.add(bytes)
  }

  /// Looks at the end of the file.
  mutating func finish() {
    utf8.finish()
    gb18030?.finish()
  }
}
