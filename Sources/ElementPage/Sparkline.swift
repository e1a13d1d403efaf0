/// A share over some days against its target: all of a page are drawn with one span, so that slopes and gaps compare.
package struct Sparkline: Sendable {
  private let values: [Double]
  private let target: Double
  private let title: String
  private let description: String
  private let name: String

  /// So many points of a hundred are so high.
  private static let (height, targetPlace, pointHeight) = (50.0, 13.5, 5.71)

  /// A line of shares of 0 to 1, oldest first, against a target in per cent; `name` is unique on the page.
  package init(_ values: [Double], target: Double, title: String, description: String, name: String) {
    (self.values, self.target, self.title, self.description, self.name) = (values, target, title, description, name)
  }

  private func place(_ share: Double) -> Double {
    min(Self.height - 2, max(2, Self.targetPlace + (target - share * 100) * Self.pointHeight))
  }

  /// The drawing as it stands on the page.
  package var markup: Markup {
    // One day is a line too.
    let shown = values.count == 1 ? [values[0], values[0]] : values
    let points = shown.enumerated().map { "\($0),\(PageNumber.place(place($1)))" }
    let box = "0 0 \(max(1, shown.count - 1)) 50"
    let level = PageNumber.place(Self.targetPlace)
    func area(_ kind: String, _ bound: (Double) -> Double) -> Markup {
      let edge = shown.enumerated().map { "L\($0) \(PageNumber.place(bound(place($1))))" }.joined(separator: " ")
      return """
        <svg viewBox="\(box)" width="100%" height="50" preserveAspectRatio="none"><path class="\(kind)" d="M0 \(level)\(edge)L\(max(1, shown.count - 1)) \(level)z"/></svg>
        """
    }
    let last = shown.last.map { PageNumber.place(place($0)) } ?? level
    return """
      <svg role="img" class="k" width="100%" height="50" aria-labelledby="t-\(name) d-\(name)"><title id="t-\(name)">\(title)</title><desc id="d-\(name)">\(description)</desc>\(area("a-lo") { max($0, Self.targetPlace) })\(area("a-hi") { min($0, Self.targetPlace) })<line class="target" x1="0" x2="100%" y1="\(level)" y2="\(level)"/><svg viewBox="\(box)" width="100%" height="50" preserveAspectRatio="none"><polyline class="line" points="\(points.joined(separator: " "))"/></svg><circle class="f-ink" cx="100%" cy="\(last)" r="2.5"/></svg>
      """
  }
}
