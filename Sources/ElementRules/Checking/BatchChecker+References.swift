import ElementCore
import ElementExpression
import ElementSchema

extension BatchChecker {
  /// Looks a reference of all records up; where none of its targets has rows it is not evaluated.
  mutating func resolve(_ place: Int, _ lookup: ReferenceLookup?) {
    let reference = plan.dataset.references[place]
    targetTitle = plan.targetTitles[place]
    if plan.columns[reference.field] == nil { return }
    let applies = reference.condition.map(truths)
    guard let lookup else {
      let isMade = (0..<notes.out.count).contains { record in
        !notes.out.values[record * notes.out.fieldCount + reference.field].isEmpty && applies?.holds(record) ?? true
      }
      if isMade { notes.out.unresolved.insert(place) }
      return
    }
    var resolved: [UInt8] = []
    let isScoped = plan.scopedReferences.contains(place)
    // A delivery of one community needs no grid to name its households.
    let area = plan.scopes.areaCode.count == plan.scopes.scope.digits ? Array(plan.scopes.areaCode) : []
    let areaRange = FieldRange(notes.out.source.bytes.count, notes.out.source.bytes.count + (isScoped ? area.count : 0))
    if isScoped { notes.out.source.bytes += area }
    let end = notes.out.source.bytes.count
    for record in 0..<notes.out.count {
      let place = record * notes.out.fieldCount + reference.field
      let range = notes.out.values[place]
      if range.isEmpty || notes.unsound[place] { continue }
      if let applies, !applies.holds(record) { continue }
      switch isScoped ? look(lookup, range, scope: scope(record, reference, areaRange)) : look(lookup, range) {
      case .found: break
      case .name(let key):
        addFix(ReadName.descriptor.code, record, reference.field, rawRange: range)
        notes.out.values[place] = FieldRange(end + resolved.count, end + resolved.count + key.count)
        resolved += key
      case .several(let keys): report(ReferenceAmbiguous.descriptor.code, record, reference, keys)
      case .none(let namesakes):
        let needsArea = !namesakes.isEmpty && !lookup.indexes.contains { $0.hasArea }
        report(ReferenceUnknown.descriptor.code, record, reference, namesakes, needsArea: needsArea, isSure: !lookup.isPartial)
      }
    }
    notes.out.source.bytes += resolved
  }

  private enum Look {
    case found
    case name([UInt8])
    case several([String])
    case none(namesakes: [String])
  }

  private func look(_ lookup: ReferenceLookup, _ range: FieldRange) -> Look {
    let value = notes.out.source.bytes.span.extracting(range.indices)
    for index in lookup.indexes where index.contains(value) { return .found }
    for index in lookup.indexes {
      switch index.match(value) {
      case .one(let key): return .name(key)
      case .several(let keys): return .several(keys)
      case .none: continue
      }
    }
    return .none(namesakes: lookup.indexes.flatMap { $0.namesakes(value) })
  }

  /// Where the number that a record refers to was given: as its own, or where its grid is, or in the area of the delivery; empty where that
  /// is not known.
  private func scope(_ record: Int, _ reference: Reference, _ area: FieldRange) -> FieldRange {
    let start = record * notes.out.fieldCount
    if let own = plan.dataset.scope(of: reference.field) { return notes.out.values[start + own] }
    let found = reference.grid.map { community(start + $0, communityDigits) } ?? .empty
    return found.isEmpty ? area : found
  }

  private func look(_ lookup: ReferenceLookup, _ range: FieldRange, scope: FieldRange) -> Look {
    let bytes = notes.out.source.bytes.span
    let answers = lookup.indexes.map {
      $0.contains(number: bytes.extracting(range.indices), scope: bytes.extracting(scope.indices))
    }
    if answers.contains(true) { return .found }
    return answers.contains(nil) ? .several([]) : .none(namesakes: [])
  }

  private mutating func addFix(_ code: RuleCode, _ record: Int, _ field: Int, rawRange: FieldRange) {
    notes.out.fixCounts[code, default: 0] += 1
    notes.out.fixes.append(Fix(code: code, record: record, field: field, raw: notes.out.source.copy(rawRange)))
  }

  private mutating func report(
    _ code: RuleCode, _ record: Int, _ reference: Reference, _ keys: [String], needsArea: Bool = false,
    isSure: Bool = true
  ) {
    let value = String(
      escapingInvalid: notes.out.source.bytes.span.extracting(
        notes.out.values[record * notes.out.fieldCount + reference.field].indices))
    if isSure { notes.markUnsound(record, reference.field) }
    let keys = Array(Set(keys)).sorted()
    let shown = keys.prefix(5).joined(separator: "、") + (keys.count > 5 ? "…" : "")
    notes.add(
      code, isSure ? .error : .warning, record, field: reference.field, value: value,
      expected: reference.targets.joined(separator: ", "),
      facts: [
        "targets": targetTitle.zh, "targetsEn": targetTitle.en, "candidates": keys.isEmpty ? "几个社区的同号记录" : shown,
        "candidatesEn": keys.isEmpty ? "the same number of several communities" : shown,
        "namesakes": keys.isEmpty ? "" : "；同名的有 \(shown)" + (needsArea ? "，请用 --area 指明" : ""),
        "namesakesEn": keys.isEmpty ? "" : "; of that name are \(shown)" + (needsArea ? ", say which with --area" : ""),
      ])
  }
}
