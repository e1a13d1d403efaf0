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
      if findings.contains(where: \.stops) { return }
      dropped.insert(reference.place)
      let spot = member.checked.source.spots[member.record]
      for finding in findings {
        states[reference.input].findings.add(
          place(finding, line: Int(spot.line), byte: Int(spot.byteStart), reference.input))
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

extension RowTarget {
  /// Gives a finding about a record of a batch of an input (from 0) its fingerprint.
  func mark(_ finding: inout Finding, _ checked: CheckedBatch, _ index: Int) {
    let (waiving, unmasks) = (inputs[index].1.waiving, inputs[index].1.unmasks)
    if waiving.keys == nil, !unmasks { return }
    let record = checked.source.spots.firstPlace { Int($0.row) >= finding.row }
    guard record < checked.count else { return }
    if unmasks, finding.field >= 0 {
      finding.written = PrintableText.escape(String(escapingInvalid: Array(checked.value(record, finding.field)).span))
    }
    guard let subject = waiving.subject(checked, record, dataset) else { return }
    waiving.mark(&finding, subject, dataset)
  }

  /// Notes the records of a batch of an input (from 0) whose key is accepted for a time: before, they waited as records without one.
  func noteAccepted(_ checked: CheckedBatch, _ index: Int) {
    if checked.accepted.isEmpty || ledger == nil { return }
    let rows = Set(checked.accepted.lazy.filter { self.dataset.key.contains($0.field) }.map(\.row))
    for (record, spot) in checked.source.spots.enumerated() where rows.contains(Int(spot.row)) {
      let known = Quarantine.record(checked, record, inputs[index].0, [])
      let row = RowReference(input: index, row: Int(spot.row), standing: .written)
      accepted.append(
        (
          QuarantineRecord(
            dataset: known.dataset, spot: known.spot, sha256: known.sha256, raw: known.raw, key: nil, reasons: ""), row
        ))
    }
  }

  /// Keeps what the findings of a row were known by whose key was not known, and is now that of another row.
  func keepOrigin(ofInterim id: Int64, keyed: Int64, _ index: Int) throws {
    guard let ledger, let applier, let interim = dataset.interim, let keys = inputs[index].1.waiving.keys else { return }
    func joined(_ fields: [Int], _ id: Int64) throws -> [UInt8] {
      FindingKeys.joined(zip(fields.map { dataset.fields[$0] }, try applier.values(of: fields, id)).map { ($0, $1) })
    }
    try ledger.keepOrigin(
      keys.subject(.key, try joined(dataset.key, keyed), in: dataset.name),
      keys.subject(.interim, try joined(interim.fields, id), in: dataset.name))
  }
}
