import ElementCore
import ElementExpression
import ElementSchema

extension BatchChecker {
  /// Fills empty fields from others where a form says the same in another way.
  mutating func derive() {
    var derived: [Int: [Int]] = [:]
    for derivation in plan.dataset.derivations where derivation.condition.fields.contains(where: { plan.columns[$0] != nil }) {
      let truths = truths(derivation.condition)
      let base = out.source.bytes.count
      var added: [UInt8] = []
      for record in 0..<out.count where truths.holds(record) && out.source.spots[record].flags.isEmpty {
        let place = record * out.fieldCount + derivation.field
        guard out.values[place].isEmpty, !isUnsound(record, derivation.condition.fields) else { continue }
        switch derivation.source {
        case .field(let other): out.values[place] = out.values[record * out.fieldCount + other]
        case .value(let bytes):
          out.values[place] = FieldRange(base + added.count, base + added.count + bytes.count)
          added += bytes
        }
        out.fixCounts[plan.fixCodes.derived, default: 0] += 1
        derived[record, default: []].append(derivation.field)
      }
      out.source.bytes += added
    }
    nameDerived(derived)
  }

  /// Keeps what was derived by name, each list of names once.
  private mutating func nameDerived(_ derived: [Int: [Int]]) {
    if derived.isEmpty { return }
    out.derived = [FieldRange](repeating: .empty, count: out.count)
    var known: [[Int]: FieldRange] = [:]
    for record in 0..<out.count {
      guard let fields = derived[record]?.sorted() else { continue }
      if known[fields] == nil {
        let names = Array(plan.dataset.names(of: fields).joined(separator: ",").utf8)
        known[fields] = FieldRange(out.source.bytes.count, out.source.bytes.count + names.count)
        out.source.bytes += names
      }
      out.derived[record] = known[fields] ?? .empty
    }
  }

  /// Looks at keys that are empty: a row may stand under another key for a while, or its file has no column for the key.
  mutating func checkKeys() {
    let dataset = plan.dataset
    for field in dataset.keyFields where plan.columns[field] == nil && !isInterimField(field) {
      for record in 0..<out.count where out.source.spots[record].flags.isEmpty { missKey(record, field) }
    }
    guard let interim = dataset.interim, let key = dataset.key.first else { return }
    for record in 0..<out.count where out.source.spots[record].flags.isEmpty {
      let start = record * out.fieldCount
      guard out.values[start + key].isEmpty, !unsound[start + key] else { continue }
      let isKnown = interim.must.allSatisfy { !out.values[start + $0].isEmpty && !unsound[start + $0] }
      guard isKnown else {
        missKey(record, key)
        continue
      }
      let titles = interim.fields.map { dataset.fields[$0] }
      add(
        InterimKeyUsed.descriptor.code, .info, record, field: key,
        facts: [
          "fields": titles.map(\.title).joined(separator: "、"), "fieldsEn": titles.map(\.english).joined(separator: ", "),
        ])
    }
  }

  /// Whether an empty value of a key field is judged with what stands for the key.
  func isInterimField(_ field: Int) -> Bool { plan.dataset.interim != nil && plan.dataset.key.first == field }

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
    markUnsound(record, field)
    add(KeyMissing.descriptor.code, .error, record, field: field, facts: otherwise)
  }
}
