package import ElementCore

/// How much of a file is taken at most: what is beyond is refused, or waits as a record; nothing is cut.
package struct ReadingLimits: Sendable, Hashable {
  /// A limit, by the name that `--limit` and outputs have for it.
  package enum Name: String, Sendable, CaseIterable {
    /// The bytes of a file, and of what it inflates to.
    case fileBytes
    /// The records of a file, or of a sheet.
    case records
    case recordBytes
    /// The bytes of a value.
    case fieldBytes
    /// The columns of a header, or the kinds of keys of all records.
    case columns
    /// How deep JSON and XML are nested.
    case depth
    /// The attributes of an XML element.
    case attributes
    /// The members of an archive.
    case members
    /// How many times its size a compressed file may become, beyond 64 MiB.
    case inflation
    /// The bytes of the texts that the cells of a workbook share.
    case sharedTextBytes
  }

  /// Sums of limits must stay numbers.
  private static let highest = 1 << 40
  private var values: [Name: Int] = [
    .fileBytes: 64 << 30, .records: 20_000_000, .recordBytes: 1 << 20, .fieldBytes: 1 << 16, .columns: 500, .depth: 64,
    .attributes: 256, .members: 10_000, .inflation: 200, .sharedTextBytes: 512 << 20,
  ]

  /// The limits of a program that was told nothing.
  package static let standard = ReadingLimits()

  /// The standard limits.
  package init() {}

  /// No limits, for what was read before.
  package static let unlimited: ReadingLimits = {
    var limits = ReadingLimits()
    limits.values = [:]
    return limits
  }()

  /// A limit; at least 1.
  package subscript(_ name: Name) -> Int {
    get { values[name] ?? ReadingLimits.highest }
    set { values[name] = newValue }
  }

  /// Takes a limit as written, `depth=128`; false where there is none of that name, or no whole number from 1 to 2^40.
  package mutating func take(_ text: String) -> Bool {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let name = Name(rawValue: String(parts[0])), let value = Int(parts[1]),
      (1...ReadingLimits.highest).contains(value)
    else {
      return false
    }
    self[name] = value
    return true
  }

  /// What to do where a file is beyond a limit.
  static func hint(_ name: Name) -> LocalizedText {
    LocalizedText(
      zh: "确属名册的，请拆分文件，或用 --limit \(name.rawValue)=… 放宽",
      en: "If it is a roster, split it, or raise the limit with --limit \(name.rawValue)=…")
  }

  /// Confirms that the records up to the end of a batch are not too many.
  ///
  /// - Throws: `InputError` where they are.
  package func confirmRecords(_ batch: borrowing RecordBatch, _ path: String) throws(InputError) {
    let limit = self[.records]
    guard let last = batch.spots.last, Int(last.row) > limit else { return }
    throw ReadingLimits.refusal(
      .records, path, line: Int(last.line), zh: "超过 \(limit) 条记录", en: "has more than \(limit) records")
  }

  /// A file that is beyond a limit.
  static func refusal(_ name: Name, _ path: String, line: Int = 0, zh: String, en: String) -> InputError {
    InputError(
      .limit, path: path, message: LocalizedText(zh: zh, en: en), hint: hint(name), line: line, limit: name)
  }
}
