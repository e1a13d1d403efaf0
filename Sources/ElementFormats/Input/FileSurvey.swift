package import ElementCore

/// What the first pass over a whole file tells: its digest, its encoding and the evidence for it.
package struct FileSurvey: Sendable {
  /// The file as it was given.
  package let original: InputFile
  /// The file to take records from: the original or what it was compressed from, as UTF-8 where it is UTF-16.
  package let text: InputFile
  /// What kind of file it is, by its content.
  package let format: FileFormat
  /// The encoding of the original.
  package let encoding: TextEncoding
  /// The offset in `text` behind the byte order mark, from 0.
  package let textStart: Int
  private let digest: BackgroundDigest?
  /// What is told of a file that is still inflated; nil where all is known.
  private let early: EarlyText?
  private let knownEvidence: LocalizedText
  /// Whether the original is compressed.
  let isPacked: Bool
  /// Whether the lines allow another encoding too.
  package let isDoubtful: Bool
  /// Whether a second byte order mark follows the first; it is passed over.
  package let hasSecondMark: Bool
  private let knownInvalid: [Int]?

  /// What records are to be decoded from: UTF-8 where the format has decoded them already.
  package var recordEncoding: TextEncoding { encoding.isASCIITransparent && format != .xml ? encoding : .utf8 }

  /// The SHA-256 of the original, in lower-case hexadecimal, when all of it is read; nil where it is not taken.
  ///
  /// - Throws: `InputError` of kind `unreadable`.
  package var sha256: String? {
    get throws(InputError) { try digest?.value() }
  }

  /// Why this encoding.
  ///
  /// - Throws: `InputError` where the file cannot be inflated to its end.
  package var evidence: LocalizedText {
    get throws(InputError) {
      let found = try early?.settled().evidence ?? knownEvidence
      let packed = LocalizedText(zh: "gzip 压缩；\(found.zh)", en: "compressed with gzip; \(found.en)")
      return isPacked ? packed : found
    }
  }

  /// Where `text`, as far as it can be read now, is not valid UTF-8: the offset of one byte of each such line, ascending, so that
  /// records need not be asked again; nil where that is not known.
  package var invalidUTF8: [Int]? { early.map(\.invalid) ?? knownInvalid }

  /// Whether the file was taken for what it is: false where its beginning, by which it was judged, says something else than the
  /// whole does. It is to be surveyed whole then.
  ///
  /// - Throws: `InputError` where it cannot be inflated to its end, or is in no encoding.
  package var isConfirmed: Bool {
    get throws(InputError) { try early?.isConfirmed ?? true }
  }

  /// Refuses a file that changed while it was read.
  ///
  /// - Throws: `InputError` of kind `changed` or `unreadable`.
  package func confirmUnchanged() throws(InputError) {
    // Whoever takes the digest reads to the end first.
    _ = try sha256
    try original.confirmUnchanged()
  }

  /// Surveys a file; `encoding` pins what would be voted on, and `takesDigest` asks for its SHA-256.
  ///
  /// `pinnedFormat` says what text is that begins like delimited text.
  ///
  /// One that `mayGrow` may be judged by its beginning while the rest is inflated: then it is to be confirmed.
  ///
  /// - Throws: `InputError` of kind `foreignFormat`, `encoding`, `unreadable` or `limit`.
  package init(
    _ given: InputFile,
    encoding pinned: TextEncoding?, format pinnedFormat: FileFormat? = nil, takesDigest: Bool = false, mayGrow: Bool = false
  ) throws(InputError) {
    if given.size == 0 { throw FileSurvey.empty(given.path) }
    let digest = takesDigest ? BackgroundDigest(given) : nil
    let seen = InflatedSurvey(pinned)
    let file = try given.growingContent(seen.add)
    let head = try file.head(FileFormat.headSize)
    if head.isEmpty { throw FileSurvey.empty(file.path) }
    let found = FileFormat(head)
    let format = found == .delimited ? pinnedFormat.flatMap { $0.mayBegin(with: head) ? $0 : nil } ?? found : found
    if format == .delimited || format == .xml, let refusal = try ForeignFormat.refusal(file, head, format, pinned: pinned) {
      throw refusal
    }
    isPacked = file !== given
    early =
      mayGrow && isPacked && format == .delimited
      ? try EarlyText(file, head, seen, pinned) { (survey) throws(InputError) in
        try FileSurvey.text(file, head, survey, pinned)
      } : nil
    let text = if let early { early.beginning } else { try FileSurvey.whole(file, head, format, seen, pinned) }
    (original, self.digest, self.format) = (given, digest, format)
    (self.text, textStart, encoding, isDoubtful, knownInvalid, knownEvidence) =
      (text.text, text.start, text.encoding, text.isDoubtful, text.invalid, text.evidence)
    hasSecondMark = text.hasSecondMark
  }

  /// What there is to say of a file whose tables hold the records, in UTF-8.
  package init(tablesOf file: InputFile) {
    (original, text, format, encoding, textStart) = (file, file, .table, .utf8, 0)
    (digest, early, knownInvalid) = (nil, nil, [])
    (isPacked, isDoubtful, hasSecondMark) = (false, false, false)
    knownEvidence = LocalizedText(zh: "台账库", en: "a warehouse")
  }

  /// The text of a file all of which is looked at.
  private static func whole(
    _ file: InputFile, _ head: [UInt8], _ format: FileFormat, _ seen: InflatedSurvey, _ pinned: TextEncoding?
  ) throws(InputError) -> FileText {
    _ = try file.wholeSize
    if let seen = seen.now, seen.format == format { return try text(file, head, seen, pinned) }
    var survey = EncodingSurvey(format, pinned)
    try survey.add(file)
    survey.finish()
    return try text(file, head, survey, pinned)
  }

  private static func text(
    _ file: InputFile, _ head: [UInt8], _ survey: EncodingSurvey, _ pinned: TextEncoding?
  ) throws(InputError) -> FileText {
    switch survey.format {
    case .workbook: FileText(file, encoding: .utf8, invalid: [], LocalizedText(zh: "Excel 工作簿", en: "an Excel workbook"))
    case .json: try FileText(json: file, head)
    case .xml: try FileText(xml: file, head, survey.utf8, pinned)
    case .delimited: try delimited(file, head, survey, pinned)
    case .table: bug("a table has no text")
    }
  }

  /// The text of a delimited file, in the encoding that is pinned, marked or voted for.
  private static func delimited(
    _ file: InputFile, _ head: [UInt8], _ survey: EncodingSurvey, _ pinned: TextEncoding?
  ) throws(InputError) -> FileText {
    let (encoding, isDoubtful, evidence) = try encoding(of: file, head, survey, pinned)
    let mark = encoding.markLength(head)
    var found: FileText
    if encoding.isASCIITransparent {
      found = FileText(file, start: mark, encoding: encoding, invalid: survey.utf8.invalidOffsets, evidence)
    } else {
      // It was made valid, but for what could not be read: every record is asked.
      let text = try InputFile(utf8Of: file, bigEndian: encoding == .utf16BigEndian)
      found = FileText(text, start: mark > 0 ? 3 : 0, encoding: encoding, invalid: nil, evidence)
    }
    found.isDoubtful = isDoubtful
    return found
  }

  private static func empty(_ path: String) -> InputError {
    InputError(
      .header, path: path, message: LocalizedText(zh: "文件是空的", en: "is empty"),
      hint: LocalizedText(zh: "请确认导出是否成功", en: "Check whether the export succeeded"))
  }
}
