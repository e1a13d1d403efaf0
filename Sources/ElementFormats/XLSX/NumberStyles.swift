import ElementCore
import XMLStream

/// Which styles of cells show a number as a date or a time, as a percentage or as a code (ECMA-376 part 1, 18.8.30).
struct NumberStyles: Sendable {
  /// What a number is shown as.
  enum Kind: Sendable, Hashable {
    case number
    /// A day.
    case date
    /// A time of day.
    case time
    /// A day and a time.
    case dateTime
    /// Hours, minutes or seconds that go on beyond a day: a length of time, not one of the clock.
    case duration(Duration)
    /// A hundredth part each, with its sign.
    case percent
    /// A whole number as codes are shown.
    case digits(DigitPattern)

    /// Whether it is a day or a time.
    var isDate: Bool {
      switch self {
      case .date, .time, .dateTime: true
      case .number, .percent, .digits, .duration: false
      }
    }
  }

  /// What a length of time is counted in, and whether seconds are shown.
  enum Duration: Sendable, Hashable {
    /// `[h]:mm` or `[h]:mm:ss`.
    case hours(seconds: Bool)
    /// `[mm]:ss`.
    case minutes
    /// `[ss]`.
    case seconds
  }

  private var kinds: [Kind] = []
  /// The formats that are written out, by style.
  private var codes: [String] = []

  /// Without styles all numbers are numbers.
  init() {}

  /// Reads the part that holds the styles.
  init(_ member: ZipArchive.Member, of archive: ZipArchive, _ path: String) throws(InputError) {
    var formats: [Int: Kind] = [:]
    var written: [Int: String] = [:]
    var (found, codes): ([Kind], [String]) = ([], [])
    var isInCells = false
    try WorkbookPart.each(member, of: archive, path) { (parser, event) throws(InputError) in
      let name = parser.name(event)
      if name.elementsEqual("cellXfs".utf8) { isInCells = event.kind == .start }
      guard event.isStart else { return }
      if name.elementsEqual("numFmt".utf8), let id = parser.text(of: "numFmtId", event).flatMap({ Int($0) }) {
        let code = parser.text(of: "formatCode", event) ?? ""
        formats[id] = NumberStyles.kind(ofFormat: code)
        written[id] = code
      }
      if isInCells, name.elementsEqual("xf".utf8) {
        let id = parser.text(of: "numFmtId", event).flatMap { Int($0) } ?? 0
        found.append(formats[id] ?? NumberStyles.kind(ofBuiltIn: id))
        codes.append(written[id] ?? NumberStyles.code(ofBuiltIn: id))
      }
    }
    kinds = found
    self.codes = codes
  }

  /// The format of a style (from 0) as it is written; empty where it is not known, or another in every country.
  func code(_ style: Int) -> String { codes.indices.contains(style) ? codes[style] : "" }

  /// The built-in formats of days that show the same everywhere.
  private static func code(ofBuiltIn id: Int) -> String { [15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"][id] ?? "" }

  /// What a style (from 0) shows numbers as.
  func kind(_ style: Int) -> Kind { kinds.indices.contains(style) ? kinds[style] : .number }

  /// The formats that every program knows by number; 27 to 36 and 50 to 58 are those of East Asia.
  static func kind(ofBuiltIn id: Int) -> Kind {
    switch id {
    case 9, 10: .percent
    case 14...17, 27...31, 36, 50...54, 57, 58: .date
    case 18...21, 32...35, 45, 47, 55, 56: .time
    case 46: .duration(.hours(seconds: true))
    case 22: .dateTime
    default: .number
    }
  }

  /// The length of time that a format shows: what it counts stands in brackets.
  private static func duration(_ code: String) -> Duration? {
    let lowered = code.lowercased()
    guard let open = lowered.firstIndex(where: { $0 == "[" }) else { return nil }
    for part in lowered[open...].split(separator: "[") {
      let inside = part.prefix { $0 != "]" }
      guard let first = inside.first, inside.count < part.count, inside.allSatisfy({ $0 == first }) else { continue }
      if first == "h" { return .hours(seconds: part.contains("s")) }
      if first == "m" { return .minutes }
      if first == "s" { return .seconds }
    }
    return nil
  }

  /// What the letters of a format say, outside quotes, colours and conditions.
  static func kind(ofFormat code: String) -> Kind {
    if let pattern = DigitPattern(code) { return .digits(pattern) }
    if let duration = duration(code) { return .duration(duration) }
    var letters: Set<Character> = []
    var (isQuoted, isSkipped) = (false, false)
    var bracket: String?
    for character in code {
      if isSkipped {
        isSkipped = false
      } else if character == "\"" {
        isQuoted.toggle()
      } else if isQuoted {
        // 年, 月 and 日 stand in quotes or not; the letters beside them tell.
      } else if character == "\\" || character == "_" || character == "*" {
        isSkipped = true
      } else if character == "[" {
        bracket = ""
      } else if character == "]" {
        // [h] counts hours; [Red] and [$-804] say nothing.
        if let inside = bracket?.lowercased(), !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) {
          letters.formUnion(inside)
        }
        bracket = nil
      } else if bracket != nil {
        bracket?.append(character)
      } else {
        letters.insert(Character(character.lowercased()))
      }
    }
    if letters.contains("%") { return .percent }
    let isTime = letters.contains("h") || letters.contains("s")
    // "General" and exponents have letters of their own; of an era the year is an e, of a day of the week the letter an a.
    if code.lowercased().hasPrefix("general") || letters.contains("#") || letters.contains("?") || letters.contains("0") {
      return .number
    }
    let isWeekday = letters.contains("a") && !isTime && letters.isSubset(of: Set("aymdge-/. ,()年月日（）"))
    let isEra = letters.contains("e") && (letters.contains("g") || letters.contains("m") || letters.contains("d"))
    let isDate = letters.contains("y") || letters.contains("d") || isWeekday || isEra || (letters.contains("m") && !isTime)
    return isDate ? (isTime ? .dateTime : .date) : isTime ? .time : .number
  }
}
