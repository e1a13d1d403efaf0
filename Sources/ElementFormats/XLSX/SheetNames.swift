import XMLStream

/// The names of a sheet's elements and attributes, as the parser numbers them.
struct SheetNames {
  /// Elements of rows and cells.
  let (row, cell, value, formula, text, inline, phonetic): (Int32, Int32, Int32, Int32, Int32, Int32, Int32)
  /// Elements before and behind the rows.
  let (column, merge): (Int32, Int32)
  /// Attributes.
  let (reference, type, style, hidden, range): (Int32, Int32, Int32, Int32, Int32)

  /// The names in a parser.
  init(_ parser: XMLPushParser) {
    row = parser.id(of: "row")
    cell = parser.id(of: "c")
    value = parser.id(of: "v")
    formula = parser.id(of: "f")
    text = parser.id(of: "t")
    inline = parser.id(of: "is")
    phonetic = parser.id(of: "rPh")
    column = parser.id(of: "col")
    merge = parser.id(of: "mergeCell")
    reference = parser.id(of: "r")
    type = text
    style = parser.id(of: "s")
    hidden = parser.id(of: "hidden")
    range = parser.id(of: "ref")
  }

  /// How deep the elements of rows lie: `worksheet`, `sheetData`, `row`.
  static let rowDepth = 3

  /// Whether a flag is set.
  static func isTrue(_ flag: ArraySlice<UInt8>?) -> Bool {
    flag.map { $0.elementsEqual([0x31]) || $0.elementsEqual("true".utf8) } ?? false
  }
}
