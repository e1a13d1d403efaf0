import ElementCore

/// Why a JSON file is not read on.
enum JSONRefusal {
  /// The data ends within a value.
  static let truncated = LocalizedText(zh: "内容不完整，中途结束", en: "it ends within a value")
  /// Where a record ends cannot be told.
  static let endless = LocalizedText(
    zh: "这条记录不完整或引号不配对，不知道到哪里结束", en: "a record ends within a value, or its quotes do not match: nothing says where it ends")
  /// What stands between two records is no comma, or an array does not end as it should.
  static let between = LocalizedText(zh: "记录之间的写法不对（应为逗号或“]”）", en: "there is no comma or “]” between records")
  static let second = LocalizedText(zh: "结尾之后还有内容（可能是两份文件拼在一起）", en: "something follows its end: perhaps two documents in one")
  /// What is before the records is no JSON.
  static let head = LocalizedText(zh: "不符合 JSON 格式（RFC 8259）", en: "it is not JSON (RFC 8259)")

  /// What is before the records is nested too deep.
  static func deep(_ limit: Int) -> LocalizedText {
    LocalizedText(zh: "嵌套超过 \(limit) 层", en: "it is nested deeper than \(limit) levels")
  }

  /// The member that holds the records comes again.
  static func twice(_ name: [UInt8]) -> LocalizedText {
    let shown = PrintableText.escape(String(escapingInvalid: name.span))
    return LocalizedText(zh: "键“\(shown)”再次出现，不知道该取哪一个", en: "the key “\(shown)” comes again: nothing says which one counts")
  }

  /// The records do not begin early enough.
  static func late(_ limit: Int) -> LocalizedText {
    LocalizedText(zh: "前 \(limit) 字节内没有记录", en: "no records begin in its first \(limit) bytes")
  }

  /// Records have more members than is allowed.
  static func columns(_ limit: Int) -> LocalizedText {
    LocalizedText(zh: "各记录的键合起来超过 \(limit) 个", en: "its records have more than \(limit) keys together")
  }

  /// A record is longer than is allowed.
  static func tooLong(_ limit: Int) -> LocalizedText {
    LocalizedText(zh: "一条记录超过 \(limit) 字节", en: "a record is longer than \(limit) bytes")
  }

  /// It is in another encoding.
  static func encoding(_ path: String, _ found: TextEncoding? = nil) -> InputError {
    let name =
      found.map { LocalizedText(zh: "，像是 \($0.rawValue)", en: ": it looks like \($0.rawValue)") }
      ?? LocalizedText(zh: "", en: "")
    return InputError(
      .encoding, path: path,
      message: LocalizedText(zh: "是 JSON，但不是 UTF-8 编码\(name.zh)", en: "is JSON, but not in UTF-8\(name.en)"),
      hint: LocalizedText(zh: "JSON 只用 UTF-8，请让提供方重新导出", en: "JSON is UTF-8: ask the sender to export it again"))
  }

  /// An error at a byte (from 0) and a line (from 1); `limit` is the one that the file is beyond.
  static func error(
    _ limit: ReadingLimits.Name?, _ path: String, byte: Int, line: Int, _ reason: LocalizedText
  ) -> InputError {
    InputError(
      limit == nil ? .unreadable : .limit, path: path,
      message: LocalizedText(zh: "JSON 文件在第 \(byte) 字节处：\(reason.zh)", en: "is a JSON file, and at byte \(byte) \(reason.en)"),
      hint: limit.map(ReadingLimits.hint)
        ?? LocalizedText(zh: "请让提供方重新导出", en: "Ask the sender to export it again"),
      line: line, limit: limit)
  }
}
