package import ElementCore

/// Splits delimited text into records: RFC 4180 and what clerks' files have beside it.
///
/// It does no I/O, keeps no input and never throws. It is handed a window of the file and says where the next record's
/// fields stand in it, or that the record does not end in the window.
package struct CSVTokenizer: Sendable {
  /// What `next` came to.
  package enum Step: Sendable, Hashable {
    /// A record; `fields`, `flags` and `recordEnd` tell of it.
    case record
    /// A line without content.
    case blank
    /// The record goes on behind the window.
    case needsMore
    /// The quotes of a record with line ends in it do not fit, as far as it was read: its first line may be a record by itself.
    case doubtful
    /// Nothing is left.
    case end
  }

  /// How the file is written.
  package let dialect: CSVDialect
  /// The fields of the last record: offsets in the window, quotes left out.
  package private(set) var fields: [FieldRange] = []
  /// Which of `fields` hold doubled quotes, from 0.
  package private(set) var escaped: [Int] = []
  /// What was odd about the last record.
  package private(set) var flags: RecordFlags = []
  /// Where the last record starts in the window, behind its mark.
  package private(set) var recordStart = 0
  /// Where the line that the record starts on begins in the window.
  package private(set) var lineStart = 0
  /// Where the last record ends in the window, before its line end.
  package private(set) var recordEnd = 0
  /// The number of line ends inside the last record's quotes.
  package private(set) var innerLines = 0
  /// Where the next record starts in the window.
  package var position = 0
  /// Whether the last record begins with a byte order mark, which is none of its bytes: files were put together.
  package private(set) var hasMark = false
  /// How many fields of the last record have blanks before their quotes.
  package private(set) var spacedQuotes = 0
  /// Before this place of the window a quote that is open at a line end is known to fit nowhere: a record that began earlier came
  /// to the same state there, and nothing else decides what follows.
  var hopelessBefore = 0
  /// The fields beyond which a record with line ends in it is doubtful; nil where that is not asked.
  var doubtfulWidth: Int?
  /// How far the last record was read, where it is doubtful.
  private(set) var doubt = 0
  /// Whether the last record is known to be one of those whose quotes fit nowhere.
  private(set) var isHopeless = false

  /// A tokenizer at the start of a window.
  package init(_ dialect: CSVDialect) {
    self.dialect = dialect
  }

  /// A tokenizer whose last record is one line taken as it stands, as a single field.
  package init(_ dialect: CSVDialect, whole line: Range<Int>, _ flag: RecordFlags) {
    self.dialect = dialect
    fields = [FieldRange(line.lowerBound, line.upperBound)]
    flags = flag
    recordStart = line.lowerBound
    recordEnd = line.upperBound
  }

  /// Finds the next record from `position` on; `atEnd` says that nothing follows the window.
  package mutating func next(in window: Span<UInt8>, atEnd: Bool) -> Step {
    fields.removeAll(keepingCapacity: true)
    escaped.removeAll(keepingCapacity: true)
    flags = []
    innerLines = 0
    isHopeless = false
    spacedQuotes = 0
    (recordStart, lineStart) = (position, position)
    guard position < window.count else { return atEnd ? .end : .needsMore }
    let mark = markLength(window, at: position)
    hasMark = mark > 0
    if hasMark { recordStart += mark }
    var index = recordStart
    if hasMark, index == window.count { return atEnd ? finish(window, end: index, next: index) : .needsMore }
    while true {
      var isQuoted = index < window.count && window[index] == 0x22
      if !isQuoted, let quote = spacedQuote(window, index) {
        (isQuoted, index) = (true, quote)
        spacedQuotes += 1
      }
      let stop = isQuoted ? quoted(window, index, atEnd) : plain(window, index)
      if fields.count > dialect.columnLimit, fields[fields.count - 1].count > 0 { flags.insert(.ragged) }
      if isHopeless { return .doubtful }
      guard let stop else { return atEnd ? unterminated(window) : .needsMore }
      if innerLines > 0, let doubtfulWidth, flags.contains(.textAfterQuote) || fields.count > doubtfulWidth {
        doubt = stop
        return .doubtful
      }
      if stop == window.count {
        if !atEnd { return .needsMore }
        return finish(window, end: stop, next: stop)
      }
      if window[stop] == dialect.delimiter {
        index = stop + 1
        continue
      }
      let isCRLF = window[stop] == 0x0D && stop + 1 < window.count && window[stop + 1] == 0x0A
      if window[stop] == 0x0D, stop + 1 == window.count, !atEnd { return .needsMore }
      return finish(window, end: stop, next: stop + (isCRLF ? 2 : 1))
    }
  }

  /// The length of the byte order mark that stands at a place, 0 for none.
  private func markLength(_ window: Span<UInt8>, at place: Int) -> Int {
    let head = window.extracting(place..<min(window.count, place + 4))
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
    return head.starts(with: [0x84, 0x31, 0x95, 0x33]) ? 4 : 0
  }

  /// The place behind blanks, and behind tabs that part no fields.
  private func behindBlanks(_ window: Span<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < window.count, window[index] == 0x20 || (window[index] == 0x09 && dialect.delimiter != 0x09) { index += 1 }
    return index
  }

  /// The quote that stands behind blanks at the beginning of a field, where the field then ends as one in quotes does, on its line; nil
  /// where there is none: a lone quote, or one for inches, is content.
  private func spacedQuote(_ window: Span<UInt8>, _ start: Int) -> Int? {
    var index = behindBlanks(window, start)
    guard index > start, index < window.count, window[index] == 0x22 else { return nil }
    let quote = index
    index += 1
    while index < window.count, window[index] != 0x0A, window[index] != 0x0D {
      if window[index] == 0x22 {
        guard index + 1 < window.count, window[index + 1] == 0x22 else { break }
        index += 1
      }
      index += 1
    }
    guard index < window.count, window[index] == 0x22 else { return nil }
    index = behindBlanks(window, index + 1)
    let isEnd = index == window.count || window[index] == dialect.delimiter || window[index] == 0x0A || window[index] == 0x0D
    return isEnd ? quote : nil
  }

  /// A field without quotes from `start`; returns where it stops: at a delimiter, a line end or the end of the window.
  private mutating func plain(_ window: Span<UInt8>, _ start: Int) -> Int {
    let delimiter = dialect.delimiter
    var index = start
    while index < window.count {
      let byte = window[index]
      if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
      if byte == 0 { flags.insert(.nul) }
      if dialect.hasDoubleBytes, byte >= 0x81, index + 1 < window.count, window[index + 1] >= 0x40 { index += 1 }
      index += 1
    }
    add(start, index)
    return index
  }

  /// A quoted field whose quote stands at `start`; nil where it does not end in the window.
  private mutating func quoted(_ window: Span<UInt8>, _ start: Int, _ atEnd: Bool) -> Int? {
    var index = start + 1
    var hasDoubled = false
    while index < window.count {
      let byte = window[index]
      if byte == 0x22 {
        guard index + 1 < window.count else {
          if !atEnd { return nil }
          break
        }
        guard window[index + 1] == 0x22 else { break }
        hasDoubled = true
        index += 1
      } else if byte == 0x0A || (byte == 0x0D && !(index + 1 < window.count && window[index + 1] == 0x0A)) {
        innerLines += 1
        if index < hopelessBefore {
          isHopeless = true
          return nil
        }
      } else if byte == 0 {
        flags.insert(.nul)
      }
      index += 1
    }
    guard index < window.count else { return nil }
    if hasDoubled { escaped.append(fields.count) }
    add(start + 1, index)
    return behindQuote(window, index + 1, start)
  }

  /// What stands between a closing quote and the next delimiter: blanks are passed over, text is odd.
  private mutating func behindQuote(_ window: Span<UInt8>, _ start: Int, _ open: Int) -> Int {
    var index = start
    var isOdd = false
    while index < window.count, window[index] != dialect.delimiter, window[index] != 0x0A, window[index] != 0x0D {
      if window[index] != 0x20, window[index] != 0x09 { isOdd = true }
      index += 1
    }
    if isOdd {
      flags.insert(.textAfterQuote)
      fields[fields.count - 1] = FieldRange(open, index)
      if escaped.last == fields.count - 1 { escaped.removeLast() }
    }
    return index
  }

  private mutating func add(_ start: Int, _ end: Int) {
    if end - start > dialect.fieldLimit { flags.insert(.fieldTooLong) }
    fields.append(FieldRange(start, end))
  }

  private mutating func unterminated(_ window: Span<UInt8>) -> Step {
    flags.insert(.unterminatedQuote)
    recordEnd = window.count
    position = window.count
    return .record
  }

  private mutating func finish(_ window: Span<UInt8>, end: Int, next: Int) -> Step {
    recordEnd = end
    position = next
    return isBlank(window) ? .blank : .record
  }

  /// Whether the record has no content: nothing, blanks and delimiters only, or the Ctrl-Z of an old program.
  private func isBlank(_ window: Span<UInt8>) -> Bool {
    for field in fields {
      for index in field.indices where window[index] != 0x20 && window[index] != 0x1A && window[index] != 0x09 { return false }
    }
    return true
  }
}
