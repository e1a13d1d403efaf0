import ElementCore
import ElementExpression
package import ElementSchema

/// Makes clean records of a dataset, field by field as its schema says; what makes sense together is made together.
package struct RecordMint {
  private let dataset: Dataset
  private let pack: SchemaPack
  private let usesLabels: Bool
  /// Makes people.
  var persons: PersonMint
  private var values: ValueMint
  private let keeper: RuleKeeper
  /// What references name.
  let pools: KeyPools
  private var keys: Set<String> = []
  /// How many records, households or cases were made.
  var made = 0

  /// A mint for a dataset; `usesLabels` writes labels instead of codes, as forms do, and references name what is in `pools`.
  package init(
    _ dataset: Dataset, pack: SchemaPack, usesLabels: Bool, seed: UInt64, pools: KeyPools = KeyPools(),
    years: ClosedRange<Int> = 2015...2025
  ) {
    self.dataset = dataset
    self.pack = pack
    self.usesLabels = usesLabels
    self.pools = pools
    persons = PersonMint(seed: seed)
    values = ValueMint(pack: pack, seed: seed, years: years)
    keeper = RuleKeeper(dataset)
  }

  /// The next records that belong together, in codes: a household of residents, the steps of a case, or one record.
  package mutating func records(_ random: inout SeededRandom) -> [[String]] {
    switch dataset.name {
    case "registeredResident": return household(&random)
    case "eventStep": return steps(&random)
    default: break
    }
    made += 1
    switch dataset.name {
    case "grid": return [record(grid(made - 1), &random)]
    case "house": return [record(house(made, &random), &random)]
    case "floatingResident", "unregisteredResident": return [record(single(&random), &random)]
    case "overseasResident": return [record(["certCode": "414", "statusCode": ""], &random)]
    default: return [record(facts, &random)]
    }
  }

  /// The next record, with some of its fields known.
  package mutating func record(knowing known: [String: String], _ random: inout SeededRandom) -> [String] {
    made += 1
    return record(known, &random)
  }

  /// What is left empty because it would say something of other rows.
  private var facts: [String: String] { dataset.parent.map { [dataset.fields[$0].name: ""] } ?? [:] }

  /// Where a number was given is not written: the grid says it.
  private var unwritten: Int? { dataset.localNumber?.scope }

  /// A clean record: what is known of it, what the schema says, what its references name, and no rule broken.
  mutating func record(_ facts: [String: String], _ random: inout SeededRandom) -> [String] {
    for _ in 0..<10_000 {
      var record: [String] = []
      for (place, field) in dataset.fields.enumerated() {
        record.append(facts[field.name] ?? (place == unwritten ? "" : value(field, record, &random)))
      }
      settle(&record, facts, &random)
      if keys.insert(dataset.key.map { record[$0] }.joined(separator: "\u{1F}")).inserted { return record }
    }
    bug("a generated dataset has no more keys")
  }

  /// Draws values again until references hold and no rule is broken.
  private mutating func settle(_ record: inout [String], _ facts: [String: String], _ random: inout SeededRandom) {
    for _ in 0..<2_000 {
      refer(&record, facts, &random)
      guard let rule = keeper.broken(record, columns: Set(record.indices)).first else { return }
      redraw(rule, &record, facts, &random)
    }
    bug("no generated record keeps all rules of its dataset")
  }

  /// Draws the fields of a rule again, those apart that are known.
  private mutating func redraw(
    _ rule: RecordRule, _ record: inout [String], _ facts: [String: String], _ random: inout SeededRandom
  ) {
    let fields = Set(rule.assertion.fields + (rule.condition?.fields ?? [])).sorted()
    for field in fields where facts[dataset.fields[field].name] == nil && !dataset.key.contains(field) {
      record[field] = near(field, fields, record, &random) ?? value(dataset.fields[field], Array(record[..<field]), &random)
    }
  }

  /// A date near another date of the same rule, because what belongs together happens together; nil for other fields, and
  /// now and then.
  private func near(_ field: Int, _ fields: [Int], _ record: [String], _ random: inout SeededRandom) -> String? {
    let others = fields.filter { $0 != field && dataset.fields[$0].type.isDate && !record[$0].isEmpty }
    guard dataset.fields[field].type.isDate, let other = others.first, random.chance(70) else { return nil }
    let bytes = Array(record[other].utf8)
    guard let time = DayTime(iso: bytes.span) else { return nil }
    let second = (time.second ?? 32_400) + random.below(7_200)
    let moved = values.moved(time.day, by: random.pick([0, 0, 1, 6, 25, 80]) * random.pick([1, 1, -1]))
    guard let moved, !dataset.fields[field].past || moved.year < 2026 else { return nil }
    return DayTime(day: moved, second: dataset.fields[field].type == .dateTime ? min(86_399, second) : nil).text
  }

  /// Makes references name rows that were generated, where there are any.
  private mutating func refer(_ record: inout [String], _ facts: [String: String], _ random: inout SeededRandom) {
    for reference in dataset.references where facts[dataset.fields[reference.field].name] == nil {
      if record[reference.field].isEmpty { continue }
      guard let found = pools.pools(reference) else { continue }
      if let condition = reference.condition, !keeper.holds(condition, record) { continue }
      record[reference.field] = random.pick(random.pick(found))
    }
    // A number is that of the household of the record's own grid.
    for reference in dataset.references where reference.condition.map({ keeper.holds($0, record) }) ?? true {
      if let grid = reference.grid, let own = pools.grid(of: record[reference.field], reference) { record[grid] = own }
    }
  }

  /// A record that breaks one rule of severity error and no other, with the rule; nil where none was found.
  mutating func broken(_ record: [String], columns: Set<Int>, _ random: inout SeededRandom) -> (
    record: [String], rule: RecordRule
  )? {
    let rules = dataset.rules.filter { rule in
      let fields = Set(rule.assertion.fields + (rule.condition?.fields ?? []))
      return rule.descriptor.severity == .error && fields.isSubset(of: columns) && !fields.isSubset(of: dataset.key)
        && fields.isDisjoint(with: grouped)
    }
    guard !rules.isEmpty else { return nil }
    let rule = random.pick(rules)
    for _ in 0..<60 {
      var other = record
      redraw(rule, &other, [:], &random)
      // What a key or a reference names stays as it was.
      for field in dataset.key + dataset.references.map(\.field) { other[field] = record[field] }
      let broken = keeper.broken(other, columns: columns)
      if broken.count == 1, broken[0].descriptor.code == rule.descriptor.code { return (other, rule) }
    }
    return nil
  }

  /// Fields that rules over several rows look at: what changes them may break those too.
  private var grouped: Set<Int> {
    Set(
      dataset.groups.flatMap(\.fields)
        + dataset.sequences.flatMap(\.fields))
  }

  /// The value in the form that the file has: the label of a code where labels are asked for.
  func written(_ record: [String]) -> [String] {
    guard usesLabels else { return record }
    return zip(record, dataset.fields).map { value, field in
      guard case .code(let set) = field.type, let entry = pack.codeSets[field.versions.first ?? set]?.entry(value) else {
        return value
      }
      return entry.aliases.first ?? entry.label
    }
  }

  /// A value for a field that nothing else decides; `before` are the values of the fields before it.
  private mutating func value(_ field: Field, _ before: [String], _ random: inout SeededRandom) -> String {
    guard field.duty != .optional || random.chance(30) else { return "" }
    if case .certNumber(let typeField) = field.type {
      let type = dataset.index(of: typeField).flatMap { $0 < before.count ? before[$0] : nil } ?? ""
      return values.certificate(type: type, &random) { persons.anybody(&$0) }
    }
    return values.value(field, number: made, &random) { persons.anybody(&$0) }
  }
}
