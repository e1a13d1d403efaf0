package import ElementCore

/// Records of foreign columns, by a model that says which are compared and how.
package struct ColumnRecords: LinkableRecords {
  /// A record: the values of the headings of the plan.
  package struct Record: Sendable {
    fileprivate let values: [ColumnValue]
  }

  /// By what columns are compared.
  package let plan: ColumnPlan
  private let all: [Record]
  private let prior: Int32
  private let weights: [LevelWeights]
  private let counts: [ValueCounts?]
  private let table = HanTable.shared
  private static let frequencyBits = -6.0...6.0

  /// Records by the values of the headings of a plan; levels weigh what `shares` say, a table a column.
  package init(_ rows: [[String]], _ plan: ColumnPlan, prior: Double, shares: [[Int: LevelWeights.Shares]]) {
    self.plan = plan
    let comparators = plan.headings.indices.map { $0 < plan.columns.count ? plan.columns[$0].comparator : nil }
    all = rows.map { row in Record(values: zip(row, comparators).map { ColumnValue($0, $1) }) }
    weights = shares.map(LevelWeights.init)
    self.prior = LevelWeights.weight(prior / (1 - prior))
    let all = all
    counts = plan.columns.enumerated().map { place, column in
      column.countsFrequency ? ValueCounts(all.map { $0.values[place].hash }.filter { $0 != 0 }, least: 2) : nil
    }
  }

  private init(_ other: ColumnRecords, prior: Double, shares: [[Int: LevelWeights.Shares]]) {
    (plan, all, counts) = (other.plan, other.all, other.counts)
    weights = shares.map(LevelWeights.init)
    self.prior = LevelWeights.weight(prior / (1 - prior))
  }

  /// The same records, weighed otherwise.
  package func weighed(prior: Double, shares: [[Int: LevelWeights.Shares]]) -> ColumnRecords {
    ColumnRecords(self, prior: prior, shares: shares)
  }

  /// How many there are.
  package var count: Int { all.count }

  /// The names of the rules: their columns.
  package var ruleNames: [String] { plan.rules.map { rule in rule.map { plan.headings[$0.column] }.joined(separator: "+") } }

  /// The record at a place.
  package func record(_ place: Int) throws(SpillError) -> Record { all[place] }

  /// Visits records in their order.
  package func forEach(in places: Range<Int>, _ body: (Int, Record) throws(SpillError) -> Void) throws(SpillError) {
    for place in places { try body(place, all[place]) }
  }

  /// Adds the key of a record under a rule, where no part of it is missing.
  package func appendKeys(of record: Record, rule: Int, to keys: inout [UInt32]) {
    var hash = KeyHash(UInt64(rule))
    for part in plan.rules[rule] {
      guard let word = record.values[part.column].part(part.part, table) else { return }
      hash.add(word)
    }
    keys.append(hash.value)
  }

  /// Blocks of foreign columns are split by each compared column once, in their order.
  package func refinements(ofRule rule: Int) -> Int { min(3, plan.columns.count) }

  /// The key in a block that was split.
  package func refined(_ key: UInt32, of record: Record, rule: Int, depth: Int) -> UInt32? {
    let value = record.values[depth]
    return value.isEmpty ? nil : KeyHash.of(UInt64(key), UInt64(value.hash))
  }

  /// A digest of the values of a record.
  package func digest(of record: Record) -> UInt64 {
    record.values.reduce(0) { ($0 ^ UInt64($1.hash)) &* 0x9E37_79B9_7F4A_7C15 ^ $0 >> 29 }
  }

  /// What stands for a sound credit code; foreign columns name nobody beyond doubt.
  package func identity(of record: Record) -> UInt64 {
    for value in record.values {
      if case .credit(isSound: true) = value.form { return value.wideHash | 1 }
    }
    return 0
  }

  /// Compares two records.
  package func judge(_ left: Record, _ right: Record) -> PairJudgement {
    var (pattern, weight, frequency): (UInt64, Int32, Int32) = (0, prior, 0)
    var (isCertain, barrier): (Bool, LinkageGuard?) = (false, nil)
    for (place, column) in plan.columns.enumerated() {
      let (one, other) = (left.values[place], right.values[place])
      let level = level(column, one, other)
      pattern |= UInt64(level) << UInt64(4 * place)
      weight += weights[place].weight(level, isHome: false)
      if level == 0 { frequency += self.frequency(place, one) }
      if column.decisive.contains(level) { isCertain = true }
      barrier = barrier ?? Self.barrier(column, level, one, other)
    }
    // An equal code says more than any of the rest.
    if isCertain, barrier != .twoNumbers { barrier = nil }
    weight += frequency + (isCertain ? LinkageModel.certain : 0)
    return PairJudgement(pattern: pattern, weight: weight, barrier: barrier, isCertain: isCertain)
  }

  /// The sum of two records part by part.
  package func parts(_ left: Record, _ right: Record) -> WeightParts {
    let judgement = judge(left, right)
    let comparisons = plan.columns.enumerated().map { place, column -> (comparison: Int, level: Int, weight: Int32) in
      let level = Int(judgement.pattern >> UInt64(4 * place) & 0xF)
      let weight = column.decisive.contains(level) ? LinkageModel.certain : weights[place].weight(level, isHome: false)
      return (place, level, weight)
    }
    let known = comparisons.reduce(prior) { $0 + $1.weight }
    return WeightParts(
      prior: prior, comparisons: comparisons, frequency: judgement.weight - known, judgement: judgement)
  }

  /// What it adds that a value is rarer than others, or more frequent.
  private func frequency(_ column: Int, _ value: ColumnValue) -> Int32 {
    guard let counts = counts[column] else { return 0 }
    let bits = LevelWeights.weight(counts.mean / Double(max(1, counts.count(value.hash))))
    let bound = Int32(Self.frequencyBits.upperBound) * LevelWeights.bit
    return min(bound, max(-bound, bits))
  }

  private static func barrier(
    _ column: ColumnPlan.Column, _ level: Int, _ left: ColumnValue, _ right: ColumnValue
  ) -> LinkageGuard? {
    switch (column.comparator, left.form, right.form) {
    case (.creditCode, .credit(isSound: true), .credit(isSound: true)): left.isSame(right) ? nil : .twoNumbers
    case (.address, _, _): level == AddressLevel.otherRoom.rawValue ? .room : nil
    case (.organizationName, .organization(let one), .organization(let other)): one.branch == other.branch ? nil : .branch
    default: nil
    }
  }

  private func level(_ column: ColumnPlan.Column, _ left: ColumnValue, _ right: ColumnValue) -> Int {
    let none = column.levels.count - 1
    if left.isEmpty || right.isEmpty { return none }
    if case .date = column.comparator {
      guard let one = left.date, let other = right.date else { return left.isSame(right) ? 0 : none - 1 }
      return BirthLevel(one, other).rawValue
    }
    if left.isSame(right) {
      // Only a sound credit code decides; another that is equal is as one that is a place off.
      if case .credit(isSound: false) = left.form { return 1 }
      return 0
    }
    switch (left.form, right.form) {
    case (.address(let one), .address(let other)): return AddressLevel(one, other).rawValue
    case (.person(let one), .person(let other)): return NameLevel(one, other, table).rawValue
    case (.organization(let one), .organization(let other)): return OrganizationNameLevel(one, other, table).rawValue
    default: break
    }
    switch column.comparator {
    case .exact, .date, .code, .address, .personName, .organizationName: return 1
    case .creditCode:
      var edits = EditDistance()
      return edits.between(left.scalars, right.scalars) <= 1 ? 1 : 2
    case .jaroWinkler(let least):
      let similarity = JaroWinkler.similarity(left.scalars, right.scalars)
      return 1 + (least.firstIndex { similarity >= $0 } ?? least.count)
    case .damerau(let most):
      var edits = EditDistance()
      let distance = edits.between(left.scalars, right.scalars)
      return 1 + (most.firstIndex { distance <= $0 } ?? most.count)
    case .number(let most):
      guard let one = left.number, let other = right.number else { return none }
      return 1 + (most.firstIndex { abs(one - other) <= $0 } ?? most.count)
    case .words:
      let (one, other) = (Set(left.words), Set(right.words))
      if one == other { return 0 }
      return one.isSubset(of: other) || other.isSubset(of: one) ? 1 : one.isDisjoint(with: other) ? 3 : 2
    }
  }
}
