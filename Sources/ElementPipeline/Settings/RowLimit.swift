/// A limit on rows: above it a load is held.
package enum RowLimit: Sendable, Hashable {
  /// So many of them.
  case count(Int)
  /// So many of a hundred.
  case percent(Double)

  /// A limit as written: `100` or `5%`; nil for other forms.
  package init?(_ text: String) {
    if text.hasSuffix("%"), let percent = Double(text.dropLast()), percent >= 0 {
      self = .percent(percent)
    } else if let count = Int(text), count >= 0 {
      self = .count(count)
    } else {
      return nil
    }
  }

  /// Whether so many rows of so many are too many.
  func isExceeded(_ count: Int, of all: Int) -> Bool {
    switch self {
    case .count(let limit): count > limit
    case .percent(let limit): Double(count) * 100 > limit * Double(all)
    }
  }

  /// The limit as written.
  package var text: String {
    switch self {
    case .count(let limit): String(limit)
    case .percent(let limit): (Int(exactly: limit).map(String.init) ?? String(limit)) + "%"
    }
  }
}
