package import ElementCore
import ElementExpression
import ElementSchema

extension BatchChecker {
  /// Judges rows once more, completed by what is stored of them: what follows from other fields is derived anew, and rules over a record see
  /// the row as it will stand.
  ///
  /// - Parameters:
  ///   - rows: the completed rows; of each the `derived` names of columns beside the dataset, which stay.
  ///   - origins: where each value comes from.
  ///   - delivered: the batch with the records as they came.
  ///   - records: the place there of each row, from 0.
  /// - Returns: the rows with their hashes and groups, and findings that the records alone do not give.
  package static func judge(
    _ rows: CheckedBatch, _ origins: [ValueOrigin], _ delivered: CheckedBatch, _ records: [Int], _ plan: CheckPlan
  ) -> CheckedBatch {
    let alone = BatchChecker(rows: delivered.replacing(records) { delivered.value(records[$0], $1) }, delivered, records, plan)
    var checker = BatchChecker(rows: rows, delivered, records, plan)
    checker.isWholeRow = true
    checker.deriveAgain(origins)
    checker.hashGroups()
    for spec in plan.rules {
      let known = Set(alone.failing(spec))
      for record in checker.failing(spec) where !known.contains(record) { checker.add(spec.rule, record) }
    }
    var out = checker.out
    out.unsound = checker.unsound.indices.filter { checker.unsound[$0] }
    let all = plan.dataset.rowHash(of: plan.dataset.fields.indices)
    let hashes = all.hashes(out.source.bytes.span, out.values.span, width: out.fieldCount, count: out.count)
    out.contentHash = hashes
    return out
  }

  /// A checker of rows whose values are canonical; those of `delivered` that are unsound stay so.
  private init(rows: CheckedBatch, _ delivered: CheckedBatch, _ records: [Int], _ plan: CheckPlan) {
    self.plan = plan
    base = rows.source.bytes.count
    out = rows
    out.findings = FindingBuffer()
    unsound = Array(repeating: false, count: rows.values.count)
    isUnsound = Array(repeating: false, count: rows.count)
    if delivered.unsound.isEmpty { return }
    let places = Dictionary(uniqueKeysWithValues: records.enumerated().map { ($1, $0) })
    for place in delivered.unsound {
      if let row = places[place / rows.fieldCount] { markUnsound(row, place % rows.fieldCount) }
    }
  }

  /// Fills what follows from other fields: what did before, and what is stored where the record states what it follows from.
  private mutating func deriveAgain(_ origins: [ValueOrigin]) {
    let width = out.fieldCount
    var derived: [Int: Set<Int>] = [:]
    for derivation in plan.dataset.derivations {
      let truths = truths(derivation.condition)
      for record in 0..<out.count where truths.holds(record) && !isUnsound(record, derivation.condition.fields) {
        let place = record * width + derivation.field
        // What an earlier line derived stays, as where nothing is stored.
        guard origins[place] != .stated, derived[record]?.contains(derivation.field) != true else { continue }
        let isNew = derivation.condition.fields.contains {
          origins[record * width + $0] == .stated || derived[record]?.contains($0) == true
        }
        guard origins[place] == .derived || isNew else { continue }
        switch derivation.source {
        case .field(let other): out.values[place] = out.values[record * width + other]
        case .value(let bytes):
          out.values[place] = FieldRange(out.source.bytes.count, out.source.bytes.count + bytes.count)
          out.source.bytes += bytes
        }
        derived[record, default: []].insert(derivation.field)
      }
    }
    nameDerivedAgain(derived)
  }

  /// Names what was derived beside what the rows have named already.
  private mutating func nameDerivedAgain(_ derived: [Int: Set<Int>]) {
    var ranges: [FieldRange] = []
    for record in 0..<out.count {
      let kept = Array(out.derivedNames(record))
      let own = Array(plan.dataset.names(of: (derived[record] ?? []).sorted()).joined(separator: ",").utf8)
      let names = own + (own.isEmpty || kept.isEmpty ? [] : [0x2C]) + kept
      ranges.append(FieldRange(out.source.bytes.count, out.source.bytes.count + names.count))
      out.source.bytes += names
    }
    out.derived = ranges.allSatisfy(\.isEmpty) ? [] : ranges
  }
}
