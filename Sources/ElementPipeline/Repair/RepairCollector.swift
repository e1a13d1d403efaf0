import ElementCore
import ElementRules
import ElementSchema
import Synchronization

/// Gathers, while a delivery is checked, the values that a safe repair writes otherwise.
final class RepairCollector: Sendable {
  private struct State {
    var repairs: [Int: [CellRepair]] = [:]
    /// How many values each column has, and how many of them are digits: by input, then field.
    var filled: [Int: [Int: (all: Int, coded: Int)]] = [:]
  }

  private let state = Mutex(State())

  /// Takes the repairs of a batch of an input (its place in the delivery from 0), whose columns hold fields so.
  func take(_ checked: CheckedBatch, _ map: HeaderMap, input ordinal: Int) {
    var codes: [Int: [RuleCode]] = [:]
    for fix in checked.fixes { codes[fix.record * checked.fieldCount + fix.field, default: []].append(fix.code) }
    var found: [CellRepair] = []
    let columns = map.columnOfField
    let dataset = map.dataset
    var tallies: [Int: (all: Int, coded: Int)] = [:]
    for record in 0..<checked.count where checked.source.spots[record].flags.isEmpty {
      let spot = checked.source.spots[record]
      for (field, column) in columns.enumerated() {
        guard let column, column < Int(spot.fieldCount) else { continue }
        let raw = checked.source.bytes.span.extracting(checked.source.range(record, column).indices)
        if raw.isEmpty { continue }
        let reasons =
          codes[record * checked.fieldCount + field]
          ?? Self.readings(raw, checked.value(record, field), dataset.fields[field].type)
        let bare = raw.extracting(CodeFolding.trimmed(raw))
        let tally = tallies[field] ?? (0, 0)
        tallies[field] = (tally.all + 1, tally.coded + (bare.isDigits ? 1 : 0))
        let value = checked.value(record, field)
        guard let why = Self.why(reasons, value, checked, record, field), !raw.elementsEqual(value),
          let old = String(validUTF8: raw), let new = String(validating: value, as: UTF8.self)
        else { continue }
        var repair = CellRepair(
          row: Int(spot.row), line: Int(spot.line), column: column + 1, header: map.headings[column],
          field: dataset.fields[field].name, codes: why, old: old, new: new)
        if Self.isName(bare, why, dataset.fields[field].type) { repair.name = String(validUTF8: bare) }
        found.append(repair)
      }
    }
    keep(found, tallies, ordinal)
  }

  /// What was read in another way than it is written, where only counts tell of it.
  private static func readings(_ raw: Span<UInt8>, _ value: ArraySlice<UInt8>, _ type: FieldType) -> [RuleCode] {
    if value.isEmpty || raw.elementsEqual(value) { return [] }
    switch type {
    case .date, .dateTime: return [RepairKinds.dateStyle]
    case .code, .divisionCode: return raw.isDigits ? [] : [RepairKinds.label]
    default: return []
    }
  }

  /// Whether a name was read for a code.
  private static func isName(_ bare: Span<UInt8>, _ reasons: [RuleCode], _ type: FieldType) -> Bool {
    switch type {
    case .code, .divisionCode: !bare.isDigits && reasons.allSatisfy { $0 == RepairKinds.trim || RepairKinds.names.contains($0) }
    default: false
    }
  }

  /// Why a value is written otherwise; nil where it stays.
  private static func why(
    _ reasons: [RuleCode], _ value: ArraySlice<UInt8>, _ checked: CheckedBatch, _ record: Int, _ field: Int
  ) -> [RuleCode]? {
    if checked.isUnsound(record, field) || checked.clearedFields(record).contains(field) { return nil }
    if value.isEmpty { return reasons.isEmpty ? [RepairKinds.nothing] : reasons }
    if reasons.isEmpty || reasons.contains(where: { RepairKinds.fills.contains($0) }) { return nil }
    return reasons
  }

  private func keep(_ found: [CellRepair], _ tallies: [Int: (all: Int, coded: Int)], _ ordinal: Int) {
    state.withLock { state in
      state.repairs[ordinal, default: []] += found
      for (field, tally) in tallies {
        let known = state.filled[ordinal]?[field] ?? (0, 0)
        state.filled[ordinal, default: [:]][field] = (known.all + tally.all, known.coded + tally.coded)
      }
    }
  }

  /// The repairs of an input, in the order of its records: names for codes are written as codes only in a column that is mostly codes.
  func repairs(of ordinal: Int, _ dataset: Dataset) -> [CellRepair] {
    state.withLock { state in
      let coded = Set(
        (state.filled[ordinal] ?? [:]).filter { $0.value.coded * 2 > $0.value.all }.map { dataset.fields[$0.key].name })
      return (state.repairs[ordinal] ?? []).compactMap { repair in
        guard let name = repair.name, !coded.contains(repair.field) else { return repair }
        if name.utf8.elementsEqual(repair.old.utf8) { return nil }
        var trimmed = repair
        (trimmed.new, trimmed.codes) = (name, [RepairKinds.trim])
        return trimmed
      }
    }
  }
}

extension Span<UInt8> {
  /// Whether the bytes are those of another sequence.
  fileprivate func elementsEqual(_ other: ArraySlice<UInt8>) -> Bool {
    count == other.count && indices.allSatisfy { self[$0] == other[other.startIndex + $0] }
  }
}
