import ElementCore

/// A format that shows a day in one way only: `m-d`, `m"月"d"日"`, `yyyy/m/d`, `d-mmm`.
///
/// What a person typed as 3-2 and a spreadsheet took for a day is shown by it as it was typed, or nearly so. Formats with parts that differ
/// by country, such as names of days, are none.
enum DayPattern {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// A day as a format shows it; nil where the format has anything else than day, month, year and text.
  static func text(_ day: CalendarDate, _ format: String) -> [UInt8]? {
    guard !format.isEmpty, format.utf8.count <= 255 else { return nil }
    var out = ""
    var rest = format[...].prefix { $0 != ";" }
    var hasPart = false
    while let character = rest.popFirst() {
      switch character.lowercased() {
      case "y", "m", "d":
        let run = 1 + rest.prefix { $0.lowercased() == character.lowercased() }.count
        rest = rest.dropFirst(run - 1)
        guard let part = part(character.lowercased(), run, day) else { return nil }
        out += part
        hasPart = true
      case "\"":
        out += String(rest.prefix { $0 != "\"" })
        rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\": out += rest.popFirst().map(String.init) ?? ""
      case "_", "*": rest = rest.dropFirst()
      case "[":
        guard rest.hasPrefix("$-") else { return nil }
        rest = rest.drop { $0 != "]" }.dropFirst()
      case "-", "/", ".", " ", "年", "月", "日": out.append(character)
      default: return nil
      }
    }
    return hasPart ? Array(out.utf8) : nil
  }

  private static func part(_ letter: String, _ run: Int, _ day: CalendarDate) -> String? {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    switch (letter, run) {
    case ("y", 3...4): return String(repeating: "0", count: 4 - String(day.year).count) + String(day.year)
    case ("y", 1...2): return two(day.year % 100)
    case ("m", 1): return String(day.month)
    case ("m", 2): return two(day.month)
    case ("m", 3): return months[day.month - 1]
    case ("d", 1): return String(day.day)
    case ("d", 2): return two(day.day)
    default: return nil
    }
  }
}
