import ElementCore
import ElementSchema

extension BatchChecker {
  /// Rows of no known kind wait: nothing says by which rules to judge them.
  mutating func report(_ kinds: UnknownKinds) {
    let input = out.source.bytes
    for record in kinds.records where out.source.spots[record].flags.isEmpty {
      let spot = out.source.spots[record]
      let value = input.span.extracting(out.source.range(record, kinds.column).indices)
      out.keyIsSound[record] = false
      out.hasError[record] = true
      isHopeless[record] = true
      discard(record)
      out.source.spots[record].flags.insert(.kindUnknown)
      guard out.findings.count(KindUnknown.descriptor.code, .error, field: -1) else { continue }
      out.findings.keep(
        Finding(
          KindUnknown.descriptor.code, .error, row: Int(spot.row), line: Int(spot.line), column: kinds.column + 1, field: -1,
          byte: Int(spot.byteStart), value: PrintableText.escape(String(escapingInvalid: value)), expected: kinds.known,
          facts: ["header": HeaderText.shown(kinds.heading)]))
    }
  }
}
