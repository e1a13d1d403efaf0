/// How old things are: a bar a class, with its number on it; old classes stand out.
package struct AgeBars: Sendable {
  /// A class of ages.
  package struct Class: Sendable {
    /// Its name on the axis, such as `8–30 天`.
    let label: String
    /// How many are of it.
    let count: Int
    /// Whether that is too old.
    let isOld: Bool

    /// A class.
    package init(label: String, count: Int, isOld: Bool) { (self.label, self.count, self.isOld) = (label, count, isOld) }
  }

  private let classes: [Class]
  private let title: String
  private let description: String
  private let name: String
  private static let (height, base, reach) = (180.0, 152.0, 128.0)

  /// The bars of some classes, youngest first; `name` is unique on the page.
  package init(_ classes: [Class], title: String, description: String, name: String) {
    (self.classes, self.title, self.description, self.name) = (classes, title, description, name)
  }

  /// The drawing as it stands on the page.
  package var markup: Markup {
    let most = Double(max(1, classes.map(\.count).max() ?? 1))
    let width = 100 / Double(max(1, classes.count))
    let bars = classes.enumerated().map { place, item -> Markup in
      let high = Double(item.count) / most * Self.reach
      let (left, middle) = (Double(place) * width + width * 0.15, (Double(place) + 0.5) * width)
      return """
        <rect class="\(item.isOld ? "f-new" : "f-mark")" x="\(PageNumber.place(left))%" y="\(PageNumber.place(Self.base - high))" width="\(PageNumber.place(width * 0.7))%" height="\(PageNumber.place(high))"/><text class="b" x="\(PageNumber.place(middle))%" y="\(PageNumber.place(Self.base - high - 6))" text-anchor="middle">\(PageNumber.count(item.count))</text><text x="\(PageNumber.place(middle))%" y="\(PageNumber.place(Self.base + 18))" text-anchor="middle">\(item.label)</text>
        """
    }.joined()
    return """
      <svg role="img" width="100%" height="\(PageNumber.place(Self.height))" aria-labelledby="t-\(name) d-\(name)"><title id="t-\(name)">\(title)</title><desc id="d-\(name)">\(description)</desc>\(bars)<line class="axis" x1="0" x2="100%" y1="\(PageNumber.place(Self.base))" y2="\(PageNumber.place(Self.base))"/></svg>
      """
  }
}

/// A drawing with what it shows as a sentence over it, and its numbers folded away below.
package struct PageFigure: Sendable {
  private let finding: String
  private let note: String
  private let drawing: Markup
  private let numbers: FoldedTable?

  /// A drawing; the finding is a sentence, the note says what is drawn and its unit.
  package init(_ finding: String, note: String, _ drawing: Markup, numbers: FoldedTable? = nil) {
    (self.finding, self.note, self.drawing, self.numbers) = (finding, note, drawing, numbers)
  }

  /// The figure as it stands on the page.
  package var markup: Markup {
    "<figure><figcaption><span class=\"h\">\(finding)</span><span>\(note)</span></figcaption>\n\(drawing)\n\(numbers?.markup ?? .none)</figure>\n"
  }
}
