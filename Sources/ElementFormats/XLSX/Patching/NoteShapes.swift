import ElementCore

/// The shapes of a sheet's notes (VML, ECMA-376 part 4): where each is drawn. All other shapes stay as they are.
struct NoteShapes {
  private var part: MarkupPart

  /// The shapes of a part.
  init(_ bytes: [UInt8]) { part = MarkupPart(bytes) }

  /// A part without shapes.
  init() {
    self.init(
      Array(
        ("<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
          + "xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/>"
          + "</o:shapelayout></xml>").utf8))
  }

  /// The part with shapes for some cells (line and column from 1) and without those of others.
  func bytes(adding fresh: [(line: Int, column: Int, lines: Int)], without gone: Set<[Int]>) -> [UInt8] {
    var part = part
    let shapes = part.elements(named: ["shape"])
    var number = 1024
    for shape in shapes {
      if let id = part.value(of: "id", shape), let digits = id.split(separator: "s").last.flatMap({ Int($0) }) {
        number = max(number, digits)
      }
    }
    let hasType = part.elements(named: ["shapetype"]).contains { part.value(of: "id", $0) == "_x0000_t202" }
    for shape in shapes.reversed() where gone.contains(cell(of: shape, part) ?? []) { part.replace(shape.range, with: "") }
    guard let root = part.elements(depth: 0).first else { return part.bytes }
    var added = hasType || fresh.isEmpty ? [] : [NoteShapes.type]
    for (place, note) in fresh.enumerated() { added.append(NoteShapes.shape(number + place + 1, note)) }
    part.append(added, to: root)
    return part.bytes
  }

  /// The cell that a note's shape belongs to; nil for other shapes.
  private func cell(of shape: MarkupPart.Element, _ part: MarkupPart) -> [Int]? {
    let inner = MarkupPart(Array(part.bytes[shape.range]))
    func number(_ name: String) -> Int? {
      inner.elements(named: [name]).first.flatMap {
        Int(String(decoding: inner.bytes[$0.content], as: UTF8.self).filter(\.isNumberDigit))
      }
    }
    guard let row = number("Row"), let column = number("Column") else { return nil }
    return [row + 1, column + 1]
  }

  /// Some programs call the namespaces otherwise.
  private static let names =
    "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
    + "xmlns:x=\"urn:schemas-microsoft-com:office:excel\""

  private static let type =
    "<v:shapetype \(names) id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">"
    + "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"

  private static func shape(_ id: Int, _ note: (line: Int, column: Int, lines: Int)) -> String {
    let (row, column) = (note.line - 1, note.column - 1)
    // From the corner of the cell right of it; as high as its lines.
    let anchor = "\(column + 1), 12, \(max(0, row - 1)), 8, \(column + 5), 20, \(max(0, row - 1) + note.lines + 1), 4"
    return "<v:shape \(names) id=\"_x0000_s\(id)\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" "
      + "fillcolor=\"#fffbeb\" o:insetmode=\"auto\"><v:fill color2=\"#fffbeb\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>"
      + "<v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>"
      + "<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>\(anchor)</x:Anchor>"
      + "<x:AutoFill>False</x:AutoFill><x:Row>\(row)</x:Row><x:Column>\(column)</x:Column></x:ClientData></v:shape>"
  }
}

extension Character {
  /// Whether it is one of 0 to 9.
  fileprivate var isNumberDigit: Bool { self >= "0" && self <= "9" && utf8.count == 1 }
}
