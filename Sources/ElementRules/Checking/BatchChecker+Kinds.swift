import ElementCore
import ElementSchema

extension BatchChecker {
  /// Rows of no known kind wait: nothing says by which rules to judge them.
  mutating func report(_ kinds: UnknownKinds) {
    let input = notes.out.source.bytes
    for record in kinds.records where notes.out.source.spots[record].flags.isEmpty {
      let spot = notes.out.source.spots[record]
      let value = input.span.extracting(notes.out.source.range(record, kinds.column).indices)
      notes.out.keyIsSound[record] = false
      notes.out.hasError[record] = true
      notes.isHopeless[record] = true
      notes.discard(record)
      notes.out.source.spots[record].flags.insert(.kindUnknown)
      guard notes.out.findings.count(KindUnknown.descriptor.code, .error, field: -1) else { continue }
      notes.out.findings.keep(
        Finding(
          KindUnknown.descriptor.code, .error, row: Int(spot.row), line: Int(spot.line), column: kinds.column + 1, field: -1,
          byte: Int(spot.byteStart), value: PrintableText.escape(String(escapingInvalid: value)), expected: kinds.known,
          facts: ["header": HeaderText.shown(kinds.heading)]))
    }
  }
}
