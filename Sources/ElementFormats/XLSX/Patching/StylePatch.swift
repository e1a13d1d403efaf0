import ElementCore

/// The styles of a workbook (ECMA-376 part 1, 18.8) with those added that marks need: a cell keeps all it looks like but its fill.
struct StylePatch {
  private var part: MarkupPart
  private let prefix: String
  private let (fills, formats): ([String], [String])
  private let (fonts, borders): ([String], [String])
  /// The fill of each style, both from 0.
  private let fillOfFormat: [Int]
  private var (newFills, newFormats): ([String], [String]) = ([], [])
  private var (newFonts, newBorders): ([String], [String]) = ([], [])
  private var known: [Key: Int] = [:]
  /// Which fills (from 0) are marks.
  private let tints: [Int: CellTint]

  private struct Key: Hashable {
    let style: Int
    let fill: String
  }

  /// The styles of a part; nil where it lacks what every workbook has.
  init?(_ bytes: [UInt8]) {
    let part = MarkupPart(bytes)
    let sections = part.elements(depth: 1)
    func children(_ name: String) -> [String]? {
      guard let section = sections.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return nil }
      return MarkupPart(Array(part.bytes[section.range])).children
    }
    guard let fills = children("fills"), let formats = children("cellXfs"), !fills.isEmpty, !formats.isEmpty else { return nil }
    (self.part, prefix, self.fills, self.formats) = (part, part.prefix, fills, formats)
    (fonts, borders) = (children("fonts") ?? [], children("borders") ?? [])
    fillOfFormat = formats.map(StylePatch.fill)
    tints = Dictionary(
      uniqueKeysWithValues: fills.indices.compactMap { place in Self.tint(fills[place]).map { (place, $0) } })
  }

  private static func fill(_ format: String) -> Int {
    let part = MarkupPart(Array(format.utf8))
    return part.elements(depth: 0).first.flatMap { part.value(of: "fillId", $0) }.flatMap { Int($0) } ?? 0
  }

  private static func tint(_ fill: String) -> CellTint? {
    guard fill.utf8.count < 400, let start = fill.firstRange(of: "fgColor") else { return nil }
    let rest = fill[start.upperBound...].prefix(60).uppercased()
    return CellTint.allCases.first { rest.contains($0.colour) }
  }

  /// Whether cells of a style (from 0) carry a mark.
  func isTinted(_ style: Int) -> Bool { tints[fill(of: style)] != nil }

  /// Whether any cell may carry a mark.
  var hasTints: Bool { !tints.isEmpty }

  private func format(_ style: Int) -> String {
    let all = formats.count
    if style >= all, style - all < newFormats.count { return newFormats[style - all] }
    return formats[formats.indices.contains(style) ? style : 0]
  }

  private func fill(of style: Int) -> Int {
    style >= formats.count ? StylePatch.fill(format(style)) : fillOfFormat[fillOfFormat.indices.contains(style) ? style : 0]
  }

  /// The fill of a style as it is written; nil where it has none, or a mark.
  func ownFill(_ style: Int) -> String? {
    let fill = fill(of: style)
    guard fill > 1, tints[fill] == nil else { return nil }
    if fill < fills.count { return fills[fill] }
    let place = fill - fills.count
    return place < newFills.count && Self.tint(newFills[place]) == nil ? newFills[place] : nil
  }

  /// The style that looks like another (from 0) but for the fill of a mark.
  mutating func tinted(_ style: Int, _ tint: CellTint) -> Int {
    let colour = "<\(prefix)fgColor rgb=\"\(tint.colour)\"/><\(prefix)bgColor indexed=\"64\"/>"
    return filled(
      style, "<\(prefix)fill><\(prefix)patternFill patternType=\"solid\">\(colour)</\(prefix)patternFill></\(prefix)fill>")
  }

  /// The style that looks like another but for its mark: with the fill that it had, or none.
  mutating func plain(_ style: Int, fill: String?) -> Int { filled(style, fill ?? "") }

  private mutating func filled(_ style: Int, _ fill: String) -> Int {
    let key = Key(style: style, fill: fill)
    if let found = known[key] { return found }
    let place = fill.isEmpty ? 0 : StylePatch.place(of: fill, in: fills, &newFills)
    let tag = MarkupScanner.setting("fillId", String(place), in: Array(format(style).utf8)[...])
    let format = String(decoding: MarkupScanner.setting("applyFill", place == 0 ? "0" : "1", in: tag[...]), as: UTF8.self)
    let found = StylePatch.place(of: format, in: formats, &newFormats)
    known[key] = found
    return found
  }

  /// Adds the styles of sheets that people read, as far as they are not there; where each of them is, from 0.
  mutating func addSheetStyles() -> [Int] {
    let fonts = SheetStyles.fonts.map { StylePatch.place(of: prefixed($0), in: self.fonts, &newFonts) }
    let fills = SheetStyles.fills.map { StylePatch.place(of: prefixed($0), in: self.fills, &newFills) }
    let borders = SheetStyles.borders.map { StylePatch.place(of: prefixed($0), in: self.borders, &newBorders) }
    return SheetStyles.formats.map { format in
      let markup = format.markup(fonts: fonts, fills: fills, borders: borders, percent: 10)
      return StylePatch.place(of: prefixed(markup), in: formats, &newFormats)
    }
  }

  /// Where an element stands among old and new ones; it is added where it does not.
  private static func place(of markup: String, in old: [String], _ new: inout [String]) -> Int {
    if let place = old.firstIndex(where: { $0.utf8.elementsEqual(markup.utf8) }) { return place }
    if let place = new.firstIndex(where: { $0.utf8.elementsEqual(markup.utf8) }) { return old.count + place }
    new.append(markup)
    return old.count + new.count - 1
  }

  /// Elements are written without a prefix; a part that has one uses it throughout.
  private func prefixed(_ markup: String) -> String {
    if prefix.isEmpty { return markup }
    return markup.replacing("</", with: "\u{1}").replacing("<", with: "<" + prefix).replacing("\u{1}", with: "</" + prefix)
  }

  /// The part with all that was added.
  var bytes: [UInt8] {
    var part = part
    let added: [(String, [String], Int)] = [
      ("fonts", newFonts, fonts.count), ("fills", newFills, fills.count), ("borders", newBorders, borders.count),
      ("cellXfs", newFormats, formats.count),
    ]
    for section in part.elements(depth: 1).reversed() {
      guard let (_, new, count) = added.first(where: { $0.0.utf8.elementsEqual(section.name.utf8) }) else { continue }
      part.append(new, to: section, count: count + new.count)
    }
    return part.bytes
  }
}

extension MarkupPart {
  /// The children of the root as they are written.
  var children: [String] { elements(depth: 1).map { String(decoding: bytes[$0.range], as: UTF8.self) } }
}
