package import ElementCore
package import ElementSchema

/// What findings of a dataset are waived in a run, and how findings are known again.
package struct Waiving: Sendable {
  /// The rules of which all findings are waived.
  package let codes: Set<RuleCode>
  /// Findings that are waived one by one.
  package let fingerprints: Set<FindingFingerprint>
  /// Makes fingerprints; nil where no warehouse gives a secret.
  package let keys: FindingKeys?
  private let book: RuleBook

  /// No finding is waived, and none known again.
  package static let none = Waiving(Waivers(), dataset: "", keys: nil, RuleBook([]))

  /// What waivers come to for a dataset by its identifier.
  package init(_ waivers: Waivers, dataset: String, keys: FindingKeys?, _ book: RuleBook) {
    codes = waivers.codes(of: dataset).filter { (book[$0]?.waivability ?? .never) == .whole }
    fingerprints = keys == nil ? [] : waivers.fingerprints
    (self.keys, self.book) = (keys, book)
  }

  /// Whether no finding is waived.
  package var isIdle: Bool { codes.isEmpty && fingerprints.isEmpty }

  /// Whether a finding is waived.
  package func covers(_ finding: Finding) -> Bool {
    if !finding.isWaivable { return false }
    if codes.contains(finding.code) { return true }
    guard let fingerprint = finding.fingerprint, fingerprints.contains(fingerprint) else { return false }
    return (book[finding.code]?.waivability ?? .never) > .never
  }

  /// What a finding is about: by what it is known, and by what else it may have been when somebody accepted it.
  package struct Subject: Sendable {
    /// By what it is known.
    let primary: FindingFingerprint
    /// By what it may have been known: without its number, or before its key changed.
    let others: [FindingFingerprint]
  }

  /// Gives a finding about a subject its fingerprint, and says of it whether it is waived.
  package func mark(_ finding: inout Finding, _ subject: Subject, _ dataset: Dataset) {
    guard let keys else { return }
    let field = finding.field < 0 ? "" : dataset.fields[finding.field].name
    for other in subject.others where !fingerprints.isEmpty {
      finding.fingerprint = keys.fingerprint(finding.code, other, field: field, in: dataset.name)
      if covers(finding) { finding.isWaived = true }
    }
    finding.fingerprint = keys.fingerprint(finding.code, subject.primary, field: field, in: dataset.name)
    if covers(finding) { finding.isWaived = true }
  }

  /// By what a record is known: its key as it is written, sound or not; else what stands for it; else all that it says. Nil where findings are
  /// not known again.
  package func subject(_ checked: CheckedBatch, _ record: Int, _ dataset: Dataset) -> Subject? {
    guard let keys else { return nil }
    func known(_ kind: FindingKeys.Subject, _ fields: [Int]) -> FindingFingerprint {
      keys.subject(kind, checked.joined(record, fields, dataset), in: dataset.name)
    }
    let interim = dataset.interim.flatMap { checked.isWhole(record, $0.must) ? known(.interim, $0.fields) : nil }
    guard checked.isWhole(record, dataset.key) else {
      return Subject(primary: interim ?? known(.row, Array(dataset.fields.indices)), others: [])
    }
    let key = known(.key, dataset.key)
    let origin = keys.origin(of: key, in: dataset.name)
    return Subject(primary: origin ?? key, others: (origin == nil ? [] : [key]) + (interim.map { [$0] } ?? []))
  }

  /// By what a group is known to which a record belongs by some of its fields.
  package func subject(_ checked: CheckedBatch, _ record: Int, group: [Int], _ dataset: Dataset) -> Subject? {
    keys.map { Subject(primary: $0.subject(.group, checked.joined(record, group, dataset), in: dataset.name), others: []) }
  }

  /// By what a column is known, by its heading; empty for the file as a whole.
  package func subject(column heading: String, _ format: String, _ dataset: Dataset) -> Subject? {
    keys.map {
      Subject(primary: $0.subject(.column, Array("\(format)\u{1F}\(heading)".utf8), in: dataset.name), others: [])
    }
  }
}

extension CheckedBatch {
  fileprivate func isWhole(_ record: Int, _ fields: [Int]) -> Bool { fields.allSatisfy { !value(record, $0).isEmpty } }

  fileprivate func joined(_ record: Int, _ fields: [Int], _ dataset: Dataset) -> [UInt8] {
    FindingKeys.joined(fields.map { (dataset.fields[$0], Array(value(record, $0))) })
  }

  /// Gives the findings of the batch their fingerprints, and says which are waived; `deferred` are more of them.
  mutating func mark(_ waiving: Waiving, _ dataset: Dataset, _ deferred: inout [Finding]) {
    guard waiving.keys != nil else { return }
    var known: (row: Int, subject: Waiving.Subject)?
    func mark(_ finding: inout Finding) {
      if finding.row == 0 { return }
      if known?.row != finding.row {
        let record = source.spots.firstPlace { Int($0.row) >= finding.row }
        known = waiving.subject(self, record, dataset).map { (finding.row, $0) }
      }
      if let known { waiving.mark(&finding, known.subject, dataset) }
    }
    var marked = findings
    marked.forEach { mark(&$0) }
    findings = marked
    for place in deferred.indices { mark(&deferred[place]) }
  }
}
