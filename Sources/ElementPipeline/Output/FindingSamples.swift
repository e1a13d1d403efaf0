import ElementCore

/// The first findings of each code and severity of a run, in the order of the delivery.
struct FindingSamples {
  /// A finding and the place of its input in the result.
  typealias Sample = (input: Int, finding: Finding)

  private var samples: [FindingCounts.Key: [Sample]] = [:]

  /// So many of each that the filter shows, out of one reading.
  init(_ result: RunResult, _ filter: FindingFilter, limit: Int) throws {
    if limit == 0 { return }
    let shown = Set(result.findings.counts.keys.filter { filter.shows($0.code) })
    var open = shown
    for (place, input) in result.inputs.enumerated() where !open.isEmpty {
      try input.findings.forEach(where: { open.contains(.init(code: $0.code, severity: $0.severity)) }) { finding in
        let key = FindingCounts.Key(code: finding.code, severity: finding.severity)
        samples[key, default: []].append((place, finding))
        if samples[key]?.count == limit { open.remove(key) }
      }
    }
  }

  /// The first findings of a code and severity.
  subscript(key: FindingCounts.Key) -> [Sample] { samples[key] ?? [] }

  /// All of them, input by input, each in its order.
  var all: [Sample] {
    let found = samples.values.flatMap { $0.enumerated().map { ($0.offset, $0.element) } }
    return found.sorted { left, right in
      let (one, other) = (left.1.finding, right.1.finding)
      return (left.1.input, one.row, one.column, one.code, left.0) < (
        right.1.input, other.row, other.column, other.code, right.0
      )
    }.map(\.1)
  }
}
