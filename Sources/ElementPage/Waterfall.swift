/// A sum drawn step by step: each part a bar that begins where the one before ended, forwards or backwards, and the total at the end.
package struct Waterfall: Sendable {
  /// A part of the sum.
  package struct Step: Sendable {
    let label: String
    let words: String
    let value: Double

    /// A part: what it is, what was found, and how much it adds.
    package init(label: String, words: String, value: Double) { (self.label, self.words, self.value) = (label, words, value) }
  }

  private let steps: [Step]
  private let total: Step
  private let title: String
  private let description: String
  private let name: String
  private static let (height, labelWidth, barHeight) = (26.0, 34.0, 14.0)

  /// The parts in their order, and the total; `name` is unique on the page.
  package init(_ steps: [Step], total: Step, title: String, description: String, name: String) {
    (self.steps, self.total, self.title, self.description, self.name) = (steps, total, title, description, name)
  }

  /// The ends of the bars, from the first part to the total.
  private var ends: [(from: Double, to: Double)] {
    var (ends, sum): ([(from: Double, to: Double)], Double) = ([], 0)
    for step in steps {
      ends.append((sum, sum + step.value))
      sum += step.value
    }
    return ends + [(0, total.value)]
  }

  /// The drawing as it stands on the page.
  package var markup: Markup {
    let ends = ends
    let low = min(0, ends.map { min($0.from, $0.to) }.min() ?? 0)
    let high = max(1, ends.map { max($0.from, $0.to) }.max() ?? 1)
    let scale = (100 - Self.labelWidth - 10) / (high - low)
    func x(_ value: Double) -> Double { Self.labelWidth + (value - low) * scale }
    let bars = zip(steps + [total], ends).enumerated().map { place, bar -> Markup in
      let (step, end) = bar
      let y = Double(place) * Self.height
      let isTotal = place == steps.count
      let (start, width) = (x(min(end.from, end.to)), abs(end.to - end.from) * scale)
      let paint = isTotal ? "f-mark" : step.value < 0 ? "f-new" : "f-fix"
      let sign = step.value < 0 ? "−" : step.value > 0 ? "+" : ""
      let label = step.words.isEmpty ? step.label : "\(step.label)　\(step.words)"
      return """
        <text x="0" y="\(PageNumber.place(y + 15))">\(label)</text><rect class="\(paint)" x="\(PageNumber.place(start))%" y="\(PageNumber.place(y + 4))" width="\(PageNumber.place(max(width, 0.3)))%" height="\(PageNumber.place(Self.barHeight))"/><text x="\(PageNumber.place(start + width + 1))%" y="\(PageNumber.place(y + 15))">\(sign)\(PageNumber.tenths(abs(step.value)))</text>
        """
    }.joined()
    let height = Double(steps.count + 1) * Self.height
    return """
      <svg role="img" width="100%" height="\(PageNumber.place(height + 4))" aria-labelledby="t-\(name) d-\(name)"><title id="t-\(name)">\(title)</title><desc id="d-\(name)">\(description)</desc><line class="axis" x1="\(PageNumber.place(x(0)))%" x2="\(PageNumber.place(x(0)))%" y1="0" y2="\(PageNumber.place(height))"/>\(bars)</svg>
      """
  }
}
