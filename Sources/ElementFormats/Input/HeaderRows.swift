import ElementCore

/// A heading row with the row of groups above it: 户主信息 over 姓名 and 联系电话.
enum HeaderRows {
  /// What two neighbouring rows say as one header, the group before a stroke (`户主信息/姓名`); nil where the upper one has no groups for
  /// the lower one.
  ///
  /// A heading that the lower row leaves out comes from the upper one. `spans` are the columns (from 0) that each merged cell of the
  /// upper row covers; where nothing is merged a group goes on up to the next one.
  static func joined(_ upper: [String], over lower: [String], spans: [Range<Int>]?) -> [String]? {
    let count = max(lower.count, upper.count)
    let above = (0..<count).map { $0 < upper.count ? upper[$0] : "" }
    let own = (0..<count).map { $0 < lower.count ? lower[$0] : "" }
    let filled = above.indices.filter { !isBlank(above[$0]) }
    // One cell at the left edge is a title.
    guard let first = filled.first, filled.count > 1 || first > (own.firstIndex { !isBlank($0) } ?? 0) else { return nil }
    var out: [String] = []
    var (group, end) = ("", 0)
    var hasGroup = false
    for column in 0..<count {
      if !isBlank(above[column]) {
        group = groupText(above[column])
        end = spans.map { spans in spans.first { $0.contains(column) }?.upperBound ?? column + 1 } ?? count
      } else if column >= end {
        group = ""
      }
      if isBlank(own[column]) {
        out.append(above[column])
      } else {
        hasGroup = hasGroup || !group.isEmpty
        out.append(group.isEmpty ? own[column] : group + "/" + own[column])
      }
    }
    let isSplit = zip(above, own).contains { !isBlank($0) && isBlank($1) }
    return hasGroup || isSplit ? out : nil
  }

  /// Whether a row below a header may be the second row of it: it says nothing below the first heading, which every record fills, and
  /// elsewhere only headings that are known, or what may be one, several below one cell.
  static func isSecond(_ lower: [String], below upper: [String], isHeading: (String) -> Bool) -> Bool {
    let filled = lower.indices.filter { !isBlank(lower[$0]) }
    guard let first = upper.firstIndex(where: { !isBlank($0) }), let start = filled.first, start > first,
      filled.allSatisfy({ mayBeHeading(lower[$0]) })
    else { return false }
    let isParted = filled.contains { column in
      (column >= upper.count || isBlank(upper[column])) && filled.contains(column - 1)
    }
    return isParted || filled.allSatisfy { isHeading(lower[$0]) }
  }

  /// Whether a cell is as short as a heading and has letters, and no number.
  private static func mayBeHeading(_ cell: String) -> Bool {
    let scalars = cell.unicodeScalars
    return scalars.count <= 24 && scalars.contains { $0.properties.isAlphabetic }
      && scalars.count { ("0"..."9").contains($0) } < 4
  }

  private static func isBlank(_ cell: String) -> Bool { cell.unicodeScalars.allSatisfy { $0.properties.isWhitespace } }

  /// A cell over others as a group; empty for what a form says above its header: who fills it in, when, which columns.
  private static func groupText(_ cell: String) -> String {
    let plain = String(
      String.UnicodeScalarView(cell.unicodeScalars.filter { !$0.properties.isWhitespace && !"*＊".unicodeScalars.contains($0) }))
    let isNote =
      plain.unicodeScalars.count > 24 || plain.unicodeScalars.contains { ":：/".unicodeScalars.contains($0) }
      || plain.unicodeScalars.allSatisfy { $0.isASCII && !("a"..."z").contains($0) && !("A"..."Z").contains($0) }
      || plain.unicodeScalars.count { ("0"..."9").contains($0) } >= 4
    return isNote ? "" : plain
  }
}
