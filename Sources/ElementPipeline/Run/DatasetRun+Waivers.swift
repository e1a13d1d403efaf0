import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

extension DatasetRun {
  /// Lets rows go in all of whose reasons to wait somebody accepted for a time; they are told as they would be.
  mutating func dropWaived(_ verdicts: inout RowVerdicts, _ target: RowTarget) throws {
    guard let waiving = states.first?.plan.waiving, !waiving.isIdle, !verdicts.places.isEmpty else { return }
    var sorted = verdicts
    sorted.sort()
    var (dropped, row): (Set<UInt64>, Int) = ([], 0)
    try RowsAgain.forEach(sorted.rows, states, jobs: jobs) { reference, member in
      defer { row += 1 }
      let findings = try findings(member, sorted, row, [], target)
      if findings.isEmpty || findings.contains(where: \.stops) { return }
      dropped.insert(reference.place)
      let spot = member.checked.source.spots[member.record]
      for finding in findings {
        states[reference.input].findings.add(
          try place(finding, line: Int(spot.line), byte: Int(spot.byteStart), reference.input))
      }
      try states[reference.input].findings.settle()
    }
    verdicts.drop(dropped)
  }

  /// Whether rows wait for what a rule objects to in general.
  func stops(_ code: RuleCode, _ severity: Severity) -> Bool {
    severity == .error && states.first?.plan.waiving.codes.contains(code) != true
  }

  /// Gives a finding about a row that was read again its fingerprint: that of its group, where it is about one.
  func marked(_ finding: Finding, _ member: RowsAgain.Member) -> Finding {
    guard let waiving = states.first?.plan.waiving, waiving.keys != nil else { return finding }
    var finding = finding
    let group = dataset.groups.first { $0.code == finding.code }?.by
    let subject =
      group.flatMap { waiving.subject(member.checked, member.record, group: $0, dataset) }
      ?? waiving.subject(member.checked, member.record, dataset)
    if let subject { waiving.mark(&finding, subject, dataset) }
    return finding
  }

  /// Tells of waivers that have ended what counts again because of that.
  mutating func tellEnded(_ waivers: Waivers) throws {
    if waivers.ended.isEmpty { return }
    let fingerprints = Waivers.fingerprints(waivers.ended)
    for index in states.indices {
      var found: [FindingFingerprint: Int] = [:]
      if !fingerprints.isEmpty {
        try states[index].findings.forEach { finding in
          if let own = finding.fingerprint, fingerprints.contains(own), !finding.isWaived { found[own, default: 0] += 1 }
        }
      }
      for waiver in waivers.ended where waiver.isAbout(dataset.name) {
        let count =
          switch waiver.target {
          case .code(let code): states[index].findings.counts.count(code)
          case .fingerprint(let fingerprint): found[fingerprint] ?? 0
          }
        if count > 0 { states[index].findings.add(WaiverEnded.finding(waiver, count: count)) }
      }
    }
  }
}
