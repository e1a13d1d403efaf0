import ElementCore
import ElementFormats
import ElementRules
import ElementSchema

extension InputState {
  /// How many findings are waived: all of some rules, of the others those that were waived one by one.
  func waived() throws -> [FindingCounts.Key: Int] {
    if plan.waiving.isIdle { return [:] }
    // Of what is not kept, because enough of it was, no row waits.
    let codes = plan.waiving.codes
    var found = findings.counts.counts.filter { codes.contains($0.key.code) && $0.key.severity < .error }
    try findings.forEach(where: { $0.severity == .error || !codes.contains($0.code) }) { finding in
      if finding.isWaived { found[FindingCounts.Key(code: finding.code, severity: finding.severity), default: 0] += 1 }
    }
    return found
  }
}

extension PreparedInput {
  /// A log that says of findings, as they are kept, which are waived as a whole, and gives those about columns their fingerprints.
  func marking(_ log: FindingLog, _ waiving: Waiving) -> FindingLog {
    if waiving.codes.isEmpty, waiving.keys == nil { return log }
    var log = log
    let (map, format) = (map, layout.format)
    log.mark = { finding in
      if waiving.covers(finding) { finding.isWaived = true }
      if finding.row > 0 || finding.fingerprint != nil { return }
      let heading = finding.column > 0 && finding.column <= map.headings.count ? map.headings[finding.column - 1] : ""
      if let subject = waiving.subject(column: heading, format, map.dataset) { waiving.mark(&finding, subject, map.dataset) }
    }
    return log
  }
}
