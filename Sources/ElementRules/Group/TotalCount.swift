/// What was counted for one key: sums and the latest day, so that it does not matter in which order rows come.
struct TotalCount: Sendable {
  private var number = 0
  private var hasSpans = false
  private var (begun, ended, lifted) = (0, 0, 0)
  private var (beginnings, ends, liftings) = (0, 0, 0)

  /// Adds what a row gives.
  mutating func add(_ content: TotalFact.Content) {
    switch content {
    case .stated, .present: break
    case .row: number += 1
    case .day(let day): number = max(number, day)
    case .span(let begin, let end):
      (hasSpans, begun, beginnings) = (true, begun + 1, beginnings + begin)
      if let end { (ended, ends) = (ended + 1, ends + end) }
    case .lift(let day): (hasSpans, lifted, liftings) = (true, lifted + 1, liftings + day)
    }
  }

  /// Takes back what a row gave; of days the latest stays.
  mutating func remove(_ content: TotalFact.Content) {
    switch content {
    case .stated, .present, .day: break
    case .row: number -= 1
    case .span(let begin, let end):
      (begun, beginnings) = (begun - 1, beginnings - begin)
      if let end { (ended, ends) = (ended - 1, ends - end) }
    case .lift(let day): (lifted, liftings) = (lifted - 1, liftings - day)
    }
  }

  /// What it comes to; nil where a span is open, because nobody knows how long it will be.
  var total: Int? {
    if !hasSpans { return number }
    return begun == lifted ? liftings - beginnings : lifted == 0 && begun == ended ? ends - beginnings : nil
  }
}
