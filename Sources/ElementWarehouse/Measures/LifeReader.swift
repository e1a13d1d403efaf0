import ElementCore
import ElementSchema
import GRDB

/// Reads the lives of findings that a report shows, put together by what they share.
struct LifeReader {
  private let db: Database
  private let path: String
  /// The number of the first recorded day whose changes are shown, and of the day that is shown.
  private let days: ClosedRange<Int>

  /// What lives share, by numbers: texts would be compared for every life.
  fileprivate struct Key: Hashable {
    let kind: Int
    let grid: Int
    let batch: Int
    let isWaiting: Bool
    let first: Int
    let cause: Int
    let last: Int
    let endCause: Int
  }

  /// The lives that some recorded days saw, by their numbers.
  init(_ db: Database, days: ClosedRange<Int>, path: String) { (self.db, self.days, self.path) = (db, days, path) }

  /// The groups of all datasets that have findings.
  func groups(_ pack: SchemaPack) throws -> [LifeGroup] {
    let kinds = try FindingKind.known(db)
    let senders = Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(db, sql: "SELECT id, ifnull(sender, ''), ifnull(area, '') FROM batch").map {
        ($0[0] as Int, ($0[1] as String, $0[2] as String))
      })
    var groups: [LifeGroup] = []
    for (name, own) in Dictionary(grouping: kinds, by: \.value.dataset).sorted(by: { $0.key < $1.key }) {
      let (counts, grids) = try counts(pack.dataset(name), own.map(\.key).sorted())
      // What one sender gave in several batches is one group.
      var found: [Key: Int] = [:]
      var givers: [Int: Int] = [:]
      var firsts: [[String]: Int] = [:]
      for batch in Set(counts.keys.map(\.batch)).sorted() {
        let (sender, area) = senders[batch] ?? ("", "")
        givers[batch] = firsts[[sender, area], default: batch]
        firsts[[sender, area]] = givers[batch]
      }
      for (key, count) in counts { found[key.from(givers[key.batch] ?? 0), default: 0] += count }
      groups += found.compactMap { key, count in
        guard let kind = kinds[key.kind] else { return nil }
        let (sender, area) = senders[key.batch] ?? ("", "")
        return LifeGroup(
          kind: kind, grid: grids[key.grid], sender: sender, area: area, isWaiting: key.isWaiting, first: key.first,
          cause: LifeCause(rawValue: key.cause), last: key.last == 0 ? nil : key.last,
          endCause: LifeCause(rawValue: key.endCause),
          count: count)
      }
    }
    return groups
  }

  /// How many lives of the kinds of a dataset share a key, and what the numbers of its grids mean.
  ///
  /// In the order of their records, by which a table is read from its beginning to its end: in that of fingerprints each would cost a page.
  private func counts(_ dataset: Dataset?, _ kinds: [Int]) throws -> ([Key: Int], grids: [String]) {
    let join = try LifeJoin(db, dataset, path: path)
    let lives = try BulkStatement(
      db,
      """
      SELECT l.kind, l.first, l.cause, ifnull(l.last, 0), ifnull(l.end_cause, 0), l.record < 0,
        ifnull(\(join.own("_batch")), ifnull(q.batch, 0)), \(join.grid)
      FROM (
        SELECT kind, first, cause, last, end_cause, record FROM finding_life
        WHERE kind IN (\(kinds.map(String.init).joined(separator: ","))) AND first <= ?1 AND (last IS NULL OR last >= ?2 - 1)
        ORDER BY record LIMIT -1
      ) l \(join.clause) LEFT JOIN quarantine q ON q.id = -l.record AND l.record < 0
      """, path: path)
    lives.bind(Int64(days.upperBound), at: 1)
    lives.bind(Int64(days.lowerBound), at: 2)
    var (counts, grids, numbers): ([Key: Int], [String], [[UInt8]: Int]) = ([:], [QualityReading.noGrid], [[]: 0])
    var place: [UInt8] = []
    while try lives.step() {
      place.removeAll(keepingCapacity: true)
      lives.append(7, to: &place)
      var number = numbers[place]
      if number == nil {
        numbers[place] = grids.count
        number = grids.count
        grids.append(String(validating: place, as: UTF8.self) ?? QualityReading.noGrid)
      }
      func value(_ column: Int) -> Int { Int(lives.integer(column)) }
      let key = Key(
        kind: value(0), grid: number ?? 0, batch: value(6), isWaiting: value(5) == 1, first: value(1), cause: value(2),
        last: value(3), endCause: value(4))
      counts[key, default: 0] += 1
    }
    return (counts, grids)
  }
}

extension LifeReader.Key {
  /// The same of another batch.
  fileprivate func from(_ batch: Int) -> LifeReader.Key {
    LifeReader.Key(
      kind: kind, grid: grid, batch: batch, isWaiting: isWaiting, first: first, cause: cause, last: last, endCause: endCause)
  }
}
