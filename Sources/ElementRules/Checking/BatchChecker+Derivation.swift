import ElementCore
import ElementExpression
import ElementSchema

extension BatchChecker {
  /// Fills fields from others where a form says the same in another way: those that are empty, or, of rows that are put together, as the
  /// `origins` of their values allow.
  mutating func derive(_ origins: [ValueOrigin]? = nil) {
    var derived: [Int: [Int]] = [:]
    for derivation in plan.dataset.derivations
    where isWholeRow || derivation.condition.fields.contains(where: { plan.columns[$0] != nil }) {
      let truths = truths(derivation.condition)
      let base = notes.out.source.bytes.count
      var added: [UInt8] = []
      for record in 0..<notes.out.count where truths.holds(record) && notes.out.source.spots[record].flags.isEmpty {
        let start = record * notes.out.fieldCount
        let place = start + derivation.field
        guard !notes.isUnsound(record, derivation.condition.fields), mayFill(derivation, start, origins, derived[record] ?? [])
        else {
          continue
        }
        switch derivation.source {
        case .field(let other): notes.out.values[place] = notes.out.values[start + other]
        case .value(let bytes):
          notes.out.values[place] = FieldRange(base + added.count, base + added.count + bytes.count)
          added += bytes
        }
        notes.out.fixCounts[plan.basis.fixCodes.derived, default: 0] += 1
        derived[record, default: []].append(derivation.field)
      }
      notes.out.source.bytes += added
    }
    nameDerived(derived)
  }

  /// Whether a field of the record whose values begin at `start` may be filled: what an earlier line `derived` stays. Of a row that is put
  /// together, what followed before follows anew, and a stored value gives way where the record states what it follows from.
  private func mayFill(_ derivation: Derivation, _ start: Int, _ origins: [ValueOrigin]?, _ derived: [Int]) -> Bool {
    guard let origins else { return notes.out.values[start + derivation.field].isEmpty }
    if derived.contains(derivation.field) { return false }
    switch origins[start + derivation.field] {
    case .stated: return false
    case .derived: return true
    case .stored:
      return derivation.condition.fields.contains { origins[start + $0] == .stated || derived.contains($0) }
    }
  }

  /// Keeps what was derived by name, before the names that a record has already; each list of names once.
  private mutating func nameDerived(_ derived: [Int: [Int]]) {
    if derived.isEmpty { return }
    var known: [[UInt8]: FieldRange] = [:]
    notes.out.derived = (0..<notes.out.count).map { record in
      let own = Array(plan.dataset.names(of: derived[record]?.sorted() ?? []).joined(separator: ",").utf8)
      let names = [own[...], notes.out.derivedNames(record)].filter { !$0.isEmpty }.joined(separator: [0x2C])
      let list = Array(names)
      if list.isEmpty { return .empty }
      if known[list] == nil {
        known[list] = FieldRange(notes.out.source.bytes.count, notes.out.source.bytes.count + list.count)
        notes.out.source.bytes += list
      }
      return known[list] ?? .empty
    }
  }

  /// Looks at keys that are empty: a row may stand under another key for a while, or its file has no column for the key.
  mutating func checkKeys() {
    let dataset = plan.dataset
    let asked = plan.corrects ? dataset.key : dataset.keyFields
    for field in asked where plan.columns[field] == nil && !notes.isInterimField(field) {
      for record in 0..<notes.out.count where notes.out.source.spots[record].flags.isEmpty { missKey(record, field) }
    }
    guard let interim = dataset.interim, let key = dataset.key.first else { return }
    for record in 0..<notes.out.count where notes.out.source.spots[record].flags.isEmpty {
      let start = record * notes.out.fieldCount
      guard notes.out.values[start + key].isEmpty, !notes.unsound[start + key] else { continue }
      let isKnown = interim.must.allSatisfy { !notes.out.values[start + $0].isEmpty && !notes.unsound[start + $0] }
      guard isKnown else {
        missKey(record, key)
        continue
      }
      let titles = interim.fields.map { dataset.fields[$0] }
      notes.add(
        InterimKeyUsed.descriptor.code, .info, record, field: key,
        facts: [
          "fields": titles.map(\.title).joined(separator: "、"), "fieldsEn": titles.map(\.english).joined(separator: ", "),
        ])
    }
  }

  /// What would do where the key is not known yet.
  private var otherwise: [String: String] {
    guard let interim = plan.dataset.interim else { return ["otherwise": ""] }
    let fields = interim.must.map { plan.dataset.fields[$0] }
    return [
      "otherwise": "；尚无编号时，须填\(fields.map(\.title).joined(separator: "、"))",
      "otherwiseEn": "; where there is none yet, fill in \(fields.map(\.english).joined(separator: ", "))",
    ]
  }

  private mutating func missKey(_ record: Int, _ field: Int) {
    let isMendable = !plan.dataset.key.contains(field)
    if !isMendable { notes.markUnsound(record, field) }
    notes.add(KeyMissing.descriptor.code, .error, record, field: field, facts: otherwise, isMendable: isMendable)
  }
}
