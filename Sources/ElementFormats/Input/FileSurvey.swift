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
  private let isPacked: Bool
  /// Whether the lines allow another encoding too.
  package let isDoubtful: Bool
  /// Whether a second byte order mark follows the first; it is passed over.
  package let hasSecondMark: Bool
  private let knownInvalid: [Int]?

  /// The encoding of the records in `text`.
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
    let head = try file.head(FileSurvey.headSize)
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
    }
  }

  /// So much tells what kind of file it is.
  static let headSize = 4_096

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

  private static func encoding(
    of file: InputFile, _ head: [UInt8], _ survey: EncodingSurvey, _ pinned: TextEncoding?
  ) throws(InputError) -> (TextEncoding, Bool, LocalizedText) {
    let utf8 = survey.utf8
    if let pinned { return (pinned, false, LocalizedText(zh: "由 --encoding 指定", en: "pinned by --encoding")) }
    if let marked = TextEncoding.marked(head) {
      let mark = LocalizedText(zh: "文件开头有 \(marked.rawValue) 标记（BOM）", en: "byte order mark of \(marked.rawValue)")
      return (marked, false, mark)
    }
    if utf8.lines == 0 || (utf8.sawLongSequence && utf8.invalidLines == 0) { return (.utf8, false, settled(lines: utf8.lines)) }
    if utf8.isCutOff {
      return (
        .utf8, false,
        LocalizedText(zh: "到文件末尾的半个字符为止，全部是有效的 UTF-8", en: "valid UTF-8 up to half a character at the end of the file")
      )
    }
    if utf8.isLikely, try isWorseGB18030(than: utf8.invalidLines, file) { return (.utf8, false, likely(utf8)) }
    return try decide(try vote(file, survey), file.path)
  }

  private static func empty(_ path: String) -> InputError {
    InputError(
      .header, path: path, message: LocalizedText(zh: "文件是空的", en: "is empty"),
      hint: LocalizedText(zh: "请确认导出是否成功", en: "Check whether the export succeeded"))
  }

  /// What the lines say where the whole is not plainly UTF-8.
  private static func vote(_ file: InputFile, _ survey: EncodingSurvey) throws(InputError) -> EncodingVote {
    let utf8 = survey.utf8
    // Where UTF-8 may win too, what the lines say that both could have made is asked.
    let isOpen = !utf8.sawLongSequence && EncodingVote.wins(utf8.lines - utf8.invalidLines, of: utf8.lines)
    if utf8.invalidLines > 0, !isOpen {
      let gb18030 = if let seen = survey.gb18030 { seen } else { try surveyGB18030(file) }
      return EncodingVote(lines: utf8.lines, invalidUTF8: utf8.invalidLines, invalidGB18030: gb18030.invalidLines)
    }
    var vote = EncodingVote()
    try file.forEachPiece { vote.add($0.span) }
    vote.finish()
    return vote
  }

  /// Whether more lines are invalid GB 18030 than `limit`; stops reading as soon as that is known.
  private static func isWorseGB18030(than limit: Int, _ file: InputFile) throws(InputError) -> Bool {
    try surveyGB18030(file, upTo: limit).invalidLines > limit
  }

  /// What a file says of GB 18030, or as much of it as has more than so many invalid lines.
  static func surveyGB18030(_ file: InputFile, upTo limit: Int = .max) throws(InputError) -> GB18030Survey {
    var survey = GB18030Survey()
    try file.forEachPiece(while: { survey.invalidLines <= limit }) { survey.add($0.span) }
    survey.finish()
    return survey
  }

  private static func likely(_ utf8: UTF8Survey) -> LocalizedText {
    let valid = utf8.lines - utf8.invalidLines
    return LocalizedText(
      zh: "含非 ASCII 字符的 \(utf8.lines) 行中，UTF-8 有效 \(valid) 行，GB18030 有效的更少",
      en: "of \(utf8.lines) lines with non-ASCII bytes \(valid) are valid UTF-8, and fewer are valid GB18030")
  }

  private static func settled(lines: Int) -> LocalizedText {
    lines == 0
      ? LocalizedText(zh: "全部为 ASCII 字符", en: "all bytes are ASCII")
      : LocalizedText(
        zh: "含非 ASCII 字符的 \(lines) 行全部是有效的 UTF-8", en: "all \(lines) lines with non-ASCII bytes are valid UTF-8")
  }

  /// A few characters that are letters in one encoding and Chinese in the other: both readings are shown, character by character and in
  /// no order of the text, so that no name is said.
  private static func twoReadings(_ readings: EncodingReadings, _ path: String) -> InputError {
    func shown(_ scalars: [UInt32]) -> String {
      scalars.sorted().compactMap(Unicode.Scalar.init).map { "“\(PrintableText.escape(String($0)))”" }.joined()
    }
    let (utf8, gb18030) = (shown(readings.samples.map(\.utf8)), shown(readings.samples.map(\.gb18030)))
    return InputError(
      .encoding, path: path,
      message: LocalizedText(
        zh: "两种编码都读得通，而文字太少，无法判定：按 utf-8 是 \(utf8)，按 gb18030 是 \(gb18030)",
        en: "can be read in two encodings, and has too little text to tell: \(utf8) in utf-8, \(gb18030) in gb18030"),
      hint: LocalizedText(
        zh: "看哪一种是对的，用 --encoding utf-8 或 --encoding gb18030 指定",
        en: "Say which is right with --encoding utf-8 or --encoding gb18030"))
  }

  private static func decide(_ vote: EncodingVote, _ path: String) throws(InputError) -> (TextEncoding, Bool, LocalizedText) {
    let counts = LocalizedText(
      zh: "含非 ASCII 字符的 \(vote.lines) 行中，UTF-8 有效 \(vote.utf8Lines) 行，GB18030 有效 \(vote.gb18030Lines) 行",
      en: "of \(vote.lines) lines with non-ASCII bytes \(vote.utf8Lines) are valid UTF-8 and \(vote.gb18030Lines) valid GB18030"
    )
    if vote.outcome == .twoReadings { throw twoReadings(vote.readings, path) }
    guard case .winner(let encoding, let doubtful) = vote.outcome else {
      throw InputError(
        .encoding, path: path, message: LocalizedText(zh: "无法判定编码：\(counts.zh)", en: "has no encoding that fits: \(counts.en)"),
        hint: LocalizedText(
          zh: "请用 --encoding gb18030 或 utf-8 指定，或请提供方重新导出",
          en: "Pin it with --encoding gb18030 or utf-8, or ask for a new export"))
    }
    return (encoding, doubtful, counts)
  }
}

/// Bytes as lower-case hexadecimal.
package enum Hexadecimal {
  /// Two digits a byte.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }
}
