/// What cells look like on sheets that people read: thin lines, the type of offices, and colours that say something.
enum SheetStyles {
  /// The styles, by their places in `formats`.
  enum Style: Int {
    /// As it is.
    case text
    /// A heading: bold on a tint.
    case heading
    /// Over several lines.
    case wrapped
    /// In the colour of what wants doing.
    case alarming
    /// A place that is filled in by hand.
    case entry
    /// A whole number with commas.
    case count
    /// A share in per cent.
    case share
    /// A number with two decimals.
    case number
    /// A title over the headings, without lines.
    case title
    /// A line over the headings, without lines.
    case note
    /// A text that leads elsewhere.
    case link
    /// A heading of what must be filled in.
    case required
  }

  /// A cell format: which number format, font, fill and border it has, of those below.
  struct Format {
    var number = 49
    var font = 0
    var fill: Int?
    var border = true
    var wraps = false

    /// The element, where our fonts, fills and borders stand at some places; the format of shares is numbered apart.
    func markup(fonts: [Int], fills: [Int], borders: [Int], percent: Int) -> String {
      "<xf numFmtId=\"\(number == 164 ? percent : number)\" fontId=\"\(fonts[font])\" fillId=\"\(fill.map { fills[$0] } ?? 0)\" "
        + "borderId=\"\(borders[border ? 1 : 0])\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" "
        + "applyAlignment=\"1\"><alignment vertical=\"top\"\(wraps ? " wrapText=\"1\"" : "")/></xf>"
    }
  }

  /// The formats of the styles.
  static let formats = [
    Format(), Format(font: 1, fill: 0, wraps: true), Format(wraps: true), Format(font: 2, wraps: true),
    Format(fill: 1, wraps: true), Format(number: 3), Format(number: 164), Format(number: 2),
    Format(font: 3, border: false), Format(border: false), Format(font: 4), Format(font: 1, fill: 2, wraps: true),
  ]

  /// The fonts: plain, bold, of what wants doing, of titles, of links.
  static let fonts = [
    font(""), font("<b/>"), font("", colour: "FFA3400C"), font("<b/>", size: 14), font("<u/>", colour: "FF1F5C99"),
  ]

  /// The fills: of headings, of places to fill in, of headings of what must be filled in.
  static let fills = [fill("FFE8EEF5"), fill("FFFFFBEB"), fill("FFFBE3D6")]

  /// The borders: none, and thin lines.
  static let borders = [
    "<border/>",
    "<border>" + ["left", "right", "top", "bottom"].map { "<\($0) style=\"thin\"><color rgb=\"FFC3CCD5\"/></\($0)>" }.joined()
      + "</border>",
  ]

  /// A part of these styles alone.
  static let part =
    XLSXParts.head
    + "<styleSheet xmlns=\"\(XLSXParts.main)\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts>"
    + "<fonts count=\"\(fonts.count)\">\(fonts.joined())</fonts>"
    + "<fills count=\"\(fills.count + 2)\"><fill><patternFill patternType=\"none\"/></fill>"
    + "<fill><patternFill patternType=\"gray125\"/></fill>\(fills.joined())</fills>"
    + "<borders count=\"\(borders.count)\">\(borders.joined())</borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
    + "<cellXfs count=\"\(formats.count)\">"
    + formats.map {
      $0.markup(fonts: Array(fonts.indices), fills: fills.indices.map { $0 + 2 }, borders: [0, 1], percent: 164)
    }.joined() + "</cellXfs>"
    + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
    + "<dxfs count=\"2\">\(difference("FFFBEADF"))\(difference("FFF4C9AB"))</dxfs></styleSheet>"

  private static func font(_ marks: String, colour: String? = nil, size: Int = 11) -> String {
    "<font>\(marks)<sz val=\"\(size)\"/>\(colour.map { "<color rgb=\"\($0)\"/>" } ?? "")<name val=\"等线\"/></font>"
  }

  private static func fill(_ colour: String) -> String {
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"\(colour)\"/></patternFill></fill>"
  }

  private static func difference(_ colour: String) -> String {
    "<dxf><fill><patternFill patternType=\"solid\"><fgColor rgb=\"\(colour)\"/><bgColor rgb=\"\(colour)\"/></patternFill></fill></dxf>"
  }
}
