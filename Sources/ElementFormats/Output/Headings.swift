/// The headings of a format that tells columns apart by them.
enum Headings {
  /// The headings as bytes.
  ///
  /// - Throws: `UnwritableValue` where two are the same.
  static func distinct(_ titles: [String]) throws(UnwritableValue) -> [[UInt8]] {
    var seen: Set<[UInt8]> = []
    let headings = titles.map { Array($0.utf8) }
    for (column, heading) in headings.enumerated() where !seen.insert(heading).inserted {
      throw UnwritableValue(column: column, .repeatedHeading)
    }
    return headings
  }
}
