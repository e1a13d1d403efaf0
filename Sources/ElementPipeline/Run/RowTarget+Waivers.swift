import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

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
