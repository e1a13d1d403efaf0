import ElementCore
import XMLStream

/// Which styles of cells show a number as a date or a time, as a percentage or as a code (ECMA-376 part 1, 18.8.30).
struct NumberStyles: Sendable {
  /// What a number is shown as.
  enum Kind: Sendable, Hashable {
    /// A number.
    case number
    /// A day.
    case date
    /// A time of day.
    case time
    /// A day and a time.
    case dateTime
    /// A hundredth part each, with its sign.
    case percent
    /// A whole number as codes are shown.
    case digits(DigitPattern)

    /// Whether it is a day or a time.
    var isDate: Bool {
      switch self {
      case .date, .time, .dateTime: true
      case .number, .percent, .digits: false
      }
    }
  }

  private var kinds: [Kind] = []

  /// Without styles all numbers are numbers.
  init() {}

  /// Reads the part that holds the styles.
  init(_ member: ZipArchive.Member, of archive: ZipArchive, _ path: String) throws(InputError) {
    var formats: [Int: Kind] = [:]
    var found: [Kind] = []
    var isInCells = false
    try WorkbookPart.each(member, of: archive, path) { (parser, event) throws(InputError) in
      let name = parser.name(event)
      if name.elementsEqual("cellXfs".utf8) { isInCells = event.kind == .start }
      guard event.isStart else { return }
      if name.elementsEqual("numFmt".utf8), let id = parser.text(of: "numFmtId", event).flatMap({ Int($0) }) {
        formats[id] = NumberStyles.kind(ofFormat: parser.text(of: "formatCode", event) ?? "")
      }
      if isInCells, name.elementsEqual("xf".utf8) {
        let id = parser.text(of: "numFmtId", event).flatMap { Int($0) } ?? 0
        found.append(formats[id] ?? NumberStyles.kind(ofBuiltIn: id))
      }
    }
    kinds = found
  }

  /// What a style (from 0) shows numbers as.
  func kind(_ style: Int) -> Kind { kinds.indices.contains(style) ? kinds[style] : .number }

  /// The formats that every program knows by number; 27 to 36 and 50 to 58 are those of East Asia.
  static func kind(ofBuiltIn id: Int) -> Kind {
    switch id {
    case 9, 10: .percent
    case 14...17, 27...31, 36, 50...54, 57, 58: .date
    case 18...21, 32...35, 45...47, 55, 56: .time
    case 22: .dateTime
    default: .number
    }
  }

  /// What the letters of a format say, outside quotes, colours and conditions.
  static func kind(ofFormat code: String) -> Kind {
    if let pattern = DigitPattern(code) { return .digits(pattern) }
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
        if let inside = bracket?.lowercased(), inside.allSatisfy({ "hms".contains($0) }) { letters.formUnion(inside) }
        bracket = nil
      } else if bracket != nil {
        bracket?.append(character)
      } else {
        letters.insert(Character(character.lowercased()))
      }
    }
    if letters.contains("%") { return .percent }
    let isTime = letters.contains("h") || letters.contains("s")
    let isDate = letters.contains("y") || letters.contains("d") || (letters.contains("m") && !isTime)
    // "General" and exponents have letters of their own.
    if letters.contains("g") && !isTime && !letters.contains("y") || letters.contains("#") || letters.contains("?") {
      return .number
    }
    return isDate ? (isTime ? .dateTime : .date) : isTime ? .time : .number
  }
}
