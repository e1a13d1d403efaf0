import ElementCore

/// Which encoding a delimited file is in, and what tells so.
extension FileSurvey {
  /// The encoding that is pinned, marked or voted for, whether another is possible too, and why this one.
  static func encoding(
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

  /// What the lines say where the whole is not plainly UTF-8.
  private static func vote(_ file: InputFile, _ survey: EncodingSurvey) throws(InputError) -> EncodingVote {
    let utf8 = survey.utf8
    // Where UTF-8 may win too, what the lines say that both could have made is asked.
    let isOpen = !utf8.sawLongSequence && EncodingVote.wins(utf8.lines - utf8.invalidLines, of: utf8.lines)
    if utf8.invalidLines > 0, !isOpen {
      let gb18030 = if let seen = survey.gb18030 { seen } else { try GB18030Survey(of: file) }
      return EncodingVote(lines: utf8.lines, invalidUTF8: utf8.invalidLines, invalidGB18030: gb18030.invalidLines)
    }
    var vote = EncodingVote()
    try file.forEachPiece { vote.add($0.span) }
    vote.finish()
    return vote
  }

  /// Whether more lines are invalid GB 18030 than `limit`; stops reading as soon as that is known.
  private static func isWorseGB18030(than limit: Int, _ file: InputFile) throws(InputError) -> Bool {
    try GB18030Survey(of: file, upTo: limit).invalidLines > limit
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
