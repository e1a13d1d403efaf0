import ElementCore

/// The first findings of each code and severity of a run, in the order of the delivery.
struct FindingSamples {
  /// A finding and the place of its input in the result.
  typealias Sample = (input: Int, finding: Finding)

  /// All of them, input by input, each in its order.
  private(set) var all: [Sample] = []

  /// So many of each that the filter shows, out of one reading.
  init(_ result: RunResult, _ filter: FindingFilter, limit: Int) throws {
    if limit == 0 { return }
    var room = result.findings.counts.filter { filter.shows($0.key.code) }.mapValues { _ in limit }
    for (place, input) in result.inputs.enumerated() {
      try input.findings.forEach(where: { room[.init(code: $0.code, severity: $0.severity)] != nil }) { finding in
        all.append((place, finding))
        let key = FindingCounts.Key(code: finding.code, severity: finding.severity)
        room[key] = room[key].flatMap { $0 > 1 ? $0 - 1 : nil }
      }
    }
  }

  /// The first findings of a code and severity.
  subscript(key: FindingCounts.Key) -> [Sample] {
    all.filter { $0.finding.code == key.code && $0.finding.severity == key.severity }
  }
}
