/// What came and went over some days: up what is new, down what was mended, on one scale; what changed rules brought is hatched.
package struct DivergingBars: Sendable {
  /// What came and went at once.
  package struct Day: Sendable {
    /// Its name on the axis, such as `11-26`.
    let label: String
    /// What is new because of data or time.
    let new: Int
    /// What is new because rules changed.
    let newByRules: Int
    /// What was mended.
    let fixed: Int

    /// A day.
    package init(label: String, new: Int, newByRules: Int, fixed: Int) {
      (self.label, self.new, self.newByRules, self.fixed) = (label, new, newByRules, fixed)
    }
  }

  private let days: [Day]
  private let title: String
  private let description: String
  private let name: String
  private static let (height, zero, reach) = (220.0, 108.0, 90.0)

  /// The bars of some days, oldest first; `name` is unique on the page.
  package init(_ days: [Day], title: String, description: String, name: String) {
    (self.days, self.title, self.description, self.name) = (days, title, description, name)
  }

  /// The least round number that all bars fit under: 1, 2 or 5 and zeros.
  static func roundUp(_ number: Int) -> Int {
    var step = 1
    while true {
      for factor in [1, 2, 5] where step * factor >= number { return step * factor }
      step *= 10
    }
  }

  /// The drawing as it stands on the page.
  package var markup: Markup {
    let most = Self.roundUp(days.map { max($0.new + $0.newByRules, $0.fixed) }.max() ?? 1)
    let scale = Self.reach / Double(max(1, most))
    func y(_ value: Double) -> String { PageNumber.place(Self.zero - value * scale) }
    let levels = [-most, -most / 2, 0, most / 2, most].reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
    let labels = levels.map { level in
      "<text x=\"-8\" y=\"\(PageNumber.place(Self.zero - Double(level) * scale + 4))\" text-anchor=\"end\">\(PageNumber.count(abs(level)))</text>"
        as Markup
    }.joined()
    let lines = levels.filter { $0 != 0 }.map { level in
      "<line class=\"gridline\" x1=\"0\" x2=\"100%\" y1=\"\(y(Double(level)))\" y2=\"\(y(Double(level)))\"/>" as Markup
    }.joined()
    return """
      <svg role="img" class="p32" width="100%" height="\(PageNumber.place(Self.height))" aria-labelledby="t-\(name) d-\(name)"><title id="t-\(name)">\(title)</title><desc id="d-\(name)">\(description)</desc><defs><pattern id="hatch-\(name)" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="4" fill="var(--paper)"/><rect width="2" height="4" class="f-new"/></pattern></defs>\(labels)\(lines)\(bars(scale))<line class="axis" x1="0" x2="100%" y1="\(PageNumber.place(Self.zero))" y2="\(PageNumber.place(Self.zero))"/>\(ends(scale))</svg>
      """
  }

  private func bars(_ scale: Double) -> Markup {
    let width = 100 / Double(max(1, days.count))
    return days.enumerated().map { place, day -> Markup in
      let x = PageNumber.place(Double(place) * width + width * 0.14), wide = PageNumber.place(min(width * 0.72, 6))
      func bar(_ top: Double, _ count: Int, _ paint: Markup) -> Markup {
        count == 0
          ? .none
          : "<rect \(paint) x=\"\(x)%\" y=\"\(PageNumber.place(top))\" width=\"\(wide)%\" height=\"\(PageNumber.place(Double(count) * scale))\"/>"
      }
      let hatched: Markup = "fill=\"url(#hatch-\(name))\" stroke=\"var(--signal-fill)\""
      return bar(Self.zero - Double(day.new) * scale, day.new, "class=\"f-new\"")
        + bar(Self.zero - Double(day.new + day.newByRules) * scale, day.newByRules, hatched)
        + bar(Self.zero + 1, day.fixed, "class=\"f-fix\"")
    }.joined()
  }

  /// The numbers of the last day, and the first, middle and last day by name.
  private func ends(_ scale: Double) -> Markup {
    guard let first = days.first, let last = days.last else { return .none }
    let bottom = PageNumber.place(Self.height - 4)
    let up = PageNumber.place(Self.zero - Double(last.new + last.newByRules) * scale - 6)
    let down = PageNumber.place(Self.zero + Double(last.fixed) * scale + 15)
    var out: Markup =
      "<text class=\"b bad halo\" x=\"100%\" y=\"\(up)\" text-anchor=\"end\">\(PageNumber.count(last.new + last.newByRules))</text><text class=\"b good halo\" x=\"100%\" y=\"\(down)\" text-anchor=\"end\">\(PageNumber.count(last.fixed))</text><text class=\"b\" x=\"100%\" y=\"\(bottom)\" text-anchor=\"end\">\(last.label)</text>"
    if days.count > 1 { out += "<text x=\"0\" y=\"\(bottom)\">\(first.label)</text>" }
    if days.count > 4 {
      out += "<text x=\"50%\" y=\"\(bottom)\" text-anchor=\"middle\">\(days[days.count / 2].label)</text>"
    }
    return out
  }
}
