import ElementCore
import ElementRules
import ElementSchema
import Testing

/// Numbers that look drawn, the same for a seed.
private struct Draw {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}

/// Decisions about groups: folds over sorted facts against the tables that take rows as they come.
struct GroupFoldTests {
  /// So many rows in the order of a delivery of three inputs.
  private static func rows(_ count: Int, _ draw: inout Draw) -> [RowReference] {
    (0..<count).map {
      RowReference(
        input: $0 * 3 / max(1, count), row: $0 % (count / 3 + 1) + 1, standing: draw.below(4) == 0 ? .quarantined : .written)
    }.sorted { $0.place < $1.place }.reduce(into: []) { if $0.last?.isSameRow($1) != true { $0.append($1) } }
  }

  @Test(arguments: 0..<60) func `keys are decided alike by the fold and by the table`(_ seed: Int) {
    var draw = Draw(state: UInt64(seed))
    let keys = 1 + draw.below(40)
    let facts = Self.rows(200, &draw).map { row in
      // Contents that differ in the highest and in the lowest bits, and in those that are not kept.
      let content = [0, 1, 3, 4, 1 << 57, 1 << 58, UInt64.max][draw.below(7)]
      return KeyFact(key: UInt64(draw.below(keys)) << 40 | 7, content: content, row: row)
    }
    var index = KeyIndex(expected: draw.below(30))
    let looked = facts.map { ($0.row, index.insert($0)) }
    let fold = KeyFold(facts.sorted { ($0.key, $0.row.place) < ($1.key, $1.row.place) })
    let folded = fold.outcomes.sorted { $0.row.place < $1.row.place }
    #expect(folded.map(\.row) == looked.map(\.0))
    #expect(folded.map(\.outcome) == looked.map(\.1))
    #expect(fold.conflicts == index.conflicts.values.sorted { $0[0] < $1[0] })
    #expect(fold.conflicts.allSatisfy { $0.count > 1 })
  }

  @Test(arguments: 0..<120) func `groups are decided alike by the fold and by the tables`(_ seed: Int) {
    var draw = Draw(state: UInt64(seed) << 8)
    let groups = 1 + draw.below(40)
    func place() -> GroupPlace { GroupPlace(group: UInt64(draw.below(groups)) << 33 | 5, matches: draw.below(3) == 0) }
    let (most, least) = (1 + draw.below(3), 1 + draw.below(3))
    var tally = GroupTally(expected: draw.below(30))
    var (facts, shifts, standing): ([GroupFact], [UInt64: GroupShift], Set<UInt64>) = ([], [:], [])
    for (number, row) in Self.rows(200, &draw).enumerated() {
      let (alone, after) = (place(), place())
      tally.add(row, in: alone)
      if seed % 2 == 1, draw.below(3) == 0 {
        // Beside what is stored it stands elsewhere.
        let before = draw.below(3) == 0 ? after : place()
        shifts[row.place] = GroupShift(row: row, id: Int64(number), before: before, after: after, alone: alone.group)
        facts.append(GroupFact(group: after.group, matches: after.matches, row: row, stands: before == after))
      } else {
        if seed % 2 == 1, draw.below(2) == 0 { standing.insert(row.place) }
        facts.append(
          GroupFact(group: alone.group, matches: alone.matches, row: row, stands: standing.contains(row.place)))
      }
    }
    var stored = GroupStanding.Stored()
    for id in 0..<(seed % 4 == 1 ? 60 : 0) {
      let place = place()
      facts.append(GroupFact(group: place.group, matches: place.matches, stored: Int64(1_000 + id)))
      if place.matches { stored.matching[place.group, default: []].append(Int64(1_000 + id)) }
    }
    let tables = GroupStanding(tally, shifts, stored) { [standing] in standing.contains($0.place) ? .stands : .comes }
    let fold = GroupFold(facts.sorted(by: GroupFact.isBefore), most: most, least: least)
    let crowds = tables.crowded(most).map(tables.members).filter { $0.count > most && !$0.coming.isEmpty }
    #expect(fold.exceeding == crowds.sorted { $0.coming[0] < $1.coming[0] })
    // Of groups that a shifted row comes to, it may be told at another row.
    if shifts.isEmpty { #expect(fold.short == tables.short(of: least)) }
    #expect(tables.short(of: least).count <= fold.short.count)
  }

  private static let rule: TotalRule? = {
    guard let pack = try? SchemaPack.shipped() else { return nil }
    return pack.datasets.flatMap(\.totals).first
  }()

  @Test(arguments: 0..<60) func `totals are compared alike by the fold and by the table`(_ seed: Int) throws {
    var draw = Draw(state: UInt64(seed) << 16)
    var tally = TotalTally(owner: "grid", rule: try #require(Self.rule))
    let kind = draw.below(3)
    let facts = Self.rows(200, &draw).map { row in
      let key = UInt64(draw.below(12))
      let day = draw.below(30)
      let content: TotalFact.Content =
        switch (draw.below(4), kind) {
        case (0, _): .stated(.init(number: draw.below(6), isEmpty: draw.below(4) == 0, row: row))
        case (1, 2): .lift(day)
        case (1, _): .present
        case (_, 0): .row
        case (_, 1): .day(day)
        default: .span(begin: day, end: draw.below(2) == 0 ? day + draw.below(4) : nil)
        }
      // What counts once has the key in its hash.
      let isOnce = if case .stated = content { false } else { draw.below(2) == 0 }
      return TotalFact(key: key, pair: isOnce ? key << 8 | UInt64(draw.below(4)) << 1 | 1 : 0, place: row.place, content)
    }
    for fact in facts { tally.add(fact) }
    for isComplete in [false, true] {
      let fold = TotalFold(facts.sorted(by: TotalFact.isBefore), isComplete: isComplete)
      let looked = tally.differing(isComplete: isComplete)
      #expect(fold.differing.map(\.stated) == looked.map(\.stated))
      #expect(fold.differing.map(\.counted) == looked.map(\.counted))
    }
  }

  @Test(arguments: 0..<30) func `fields that differ are found alike by the fold and by the table`(_ seed: Int) {
    var draw = Draw(state: UInt64(seed) << 24)
    let (keys, fields) = (1 + draw.below(9), [2, 3, 5, 8])
    let facts: [DifferFold.Fact] = (0..<80).map { _ in (draw.below(keys), fields.map { _ in UInt64(draw.below(2)) }) }
    var table = DifferingFields(keys, fields: fields)
    for fact in facts { table.add(fact) }
    let order = facts.indices.sorted { (facts[$0].key, $0) < (facts[$1].key, $1) }
    let fold = DifferFold.differing(order.map { facts[$0] }, keys: keys)
    for key in 0..<keys { #expect(fold[key].sorted().map { fields[$0] } == table[key]) }
  }

  @Test(arguments: 0..<30) func `neighbours are compared alike whatever order their facts come in`(_ seed: Int) throws {
    var draw = Draw(state: UInt64(seed) << 32)
    let rules = try SchemaPack.shipped().datasets.flatMap(\.sequences)
    let rule = rules[seed % rules.count]
    let facts = Self.rows(120, &draw).map { row in
      var point = SequencePoint()
      (point.group, point.order) = (UInt64(1 + draw.below(8)), Double(draw.below(5)))
      (point.last, point.next) = (UInt64(draw.below(4)), UInt64(draw.below(4)))
      return SequenceFact(point: point, row: row)
    }
    let sorted = facts.sorted(by: SequenceFold.isBefore)
    let breaches = SequenceFold.breaches(sorted, of: rule)
    #expect(
      SequenceFold.breaches(facts.reversed().sorted(by: SequenceFold.isBefore), of: rule).map(\.row) == breaches.map(\.row))
    // The slow obvious way: each row against the last of its group before it that says something.
    let obvious = sorted.indices.compactMap { place -> RowReference? in
      let after = sorted[place]
      let group = sorted[..<place].filter { $0.point.group == after.point.group }
      guard let nearest = group.last else { return nil }
      let before = rule.relation == .equal ? nearest : group.last { $0.point.last != 0 } ?? group[0]
      if rule.isAdjacent, after.point.order != before.point.order + 1 { return nil }
      guard before.point.last != 0, after.point.next != 0 else { return nil }
      return rule.relation.holds(before.point.last, after.point.next) ? nil : after.row
    }
    #expect(breaches.map(\.row) == obvious)
  }
}
