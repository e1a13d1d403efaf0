package import ElementCore
package import ElementLinkage
package import ElementSchema
package import ElementWarehouse
import Foundation

/// What a search in a warehouse came to.
package struct WarehouseLinkageResult: Sendable {
  /// The number of the run; nil where nothing was kept.
  package let run: Int?
  /// How many rows of people there are, and of which model the run was.
  package let rows: Int
  /// By what pairs were weighed.
  package let model: LinkageModel
  /// What the rules and pairs came to.
  package let outcome: LinkageOutcome
  /// How many questions wait, and how many of them are new.
  package let questions: (open: Int, new: Int)
  /// What became of entities; nil where none changed.
  package let entities: LinkageRecord.Entities?
  /// How many entities stand.
  package let entityCount: Int
  /// What people said that cannot be, with what forbids it.
  package let contradictions: [(decision: StoredDecision, barrier: LinkageGuard)]
  /// How many values say nothing because so many rows have them.
  package let crowdedValues: Int
  /// What is told beside them.
  package let findings: [LinkageFinding]
}

/// Why a run is held, and nothing of it is kept.
package struct TooManyMerges: Error, Sendable {
  /// How many rows would change their entity.
  package let rows: Int
  /// How many may.
  package let most: Int
}

/// Finds which rows of a warehouse are of one person, and joins them where that is wanted.
package struct WarehouseLinkage {
  /// What is done.
  package struct Options {
    /// The model, and how it is used.
    package var request: LinkageRequest
    /// The day that counts as today: ages count on it.
    package var today: CalendarDate
    /// Whether entities change, and nothing is only found.
    package var applies = false
    /// Whether nothing is kept.
    package var isDryRun = false
    /// Whether rows that wait for correction are not compared with those that stand.
    package var leavesWaitingOut = false
    /// Gives what is said of rows beside what was said before; nil where that is not to be kept, and nothing else either.
    package var says: (LinkageSession) throws -> [StoredDecision]? = { _ in [] }
    /// The most rows that may change the entity they had, in percent of all; nil for no bound.
    package var mostMerges: Double? = 5

    /// A search by a model.
    package init(request: LinkageRequest, today: CalendarDate) { (self.request, self.today) = (request, today) }
  }

  let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let options: Options

  /// A search with the schemas of a site.
  package init(_ pack: SchemaPack, _ scheme: GridCodeScheme, _ options: Options) {
    (self.pack, self.scheme, self.options) = (pack, scheme, options)
  }

  /// The datasets that are compared, the most trusted first; those that need an opt-in take no part.
  package static func datasets(_ pack: SchemaPack, _ kind: LinkageKind) -> [Dataset] {
    pack.datasets.filter { $0.linkage?.kind == kind && $0.restriction == nil }.sorted {
      ($0.linkage?.rank ?? 0, $0.name) < ($1.linkage?.rank ?? 0, $1.name)
    }
  }

  /// Searches, and keeps what is found: all of it or nothing.
  ///
  /// Returns nil where nothing was to be kept.
  ///
  /// - Throws: `TooManyPairs` or `TooManyMerges` where the run is held, `WarehouseError`, `SpillError`.
  package func run(_ warehouse: Warehouse, _ head: BatchHead) throws -> WarehouseLinkageResult? {
    let kind = options.request.model.kind
    return try warehouse.linking(kind: kind.rawValue, head) { session in
      let startedAt = Date.now.ISO8601Format()
      guard let decisions = try options.says(session) else { return (nil, false) }
      try session.keep(decisions, head)
      let (rows, records) = try compared(session, warehouse.path)
      switch records {
      case .people(let people):
        let waits = !options.leavesWaitingOut && !options.request.isPlan
        let guests = waits ? try WaitingGuests(rows.datasets, session, pack, scheme, today: options.today) : nil
        return try find(people, crowdedValues: people.crowdedValues, rows, guests, session, head, startedAt)
      case .things(let things): return try find(things, crowdedValues: 0, rows, nil, session, head, startedAt)
      }
    }
  }

  /// What is compared: people by their features, houses and organisations by the columns of their model.
  private enum Compared {
    case people(PersonRecords)
    case things(ColumnRecords)
  }

  private func compared(_ session: LinkageSession, _ path: String) throws -> (StoredRowsToLink, Compared) {
    let model = options.request.model
    var rows = try StoredRowsToLink(
      Self.datasets(pack, model.kind), session, scheme, model, today: options.today, jobs: options.request.jobs, path: path)
    // Each step leaves memory that the next has no use for.
    StartMemory.giveBack()
    defer { StartMemory.giveBack() }
    if let plan = model.plan {
      let values = rows.takeValues()
      return (rows, .things(ColumnRecords(values, plan, prior: model.prior, shares: plan.columns.map(\.shares))))
    }
    let store = rows.takeStore()
    return (rows, .people(try PersonRecords(store, model)))
  }

  /// What is found among all rows as they stand, by what was said of them; nothing is kept.
  func found(_ session: LinkageSession, _ path: String) throws -> (rows: [RowName], links: [StoredLink], groups: [UInt32]) {
    let (rows, records) = try compared(session, path)
    var request = options.request
    let said = Said(try session.decisions(), rows)
    (request.same, request.apart) = (said.same.map(\.pair), said.apart.map(\.pair))
    let outcome =
      switch records {
      case .people(let people): try LinkageRun(people, request).run()
      case .things(let things): try LinkageRun(things, request).run()
      }
    return (
      rows.rows.indices.map { rows.name(UInt32($0)) }, outcome.pairs.map { link($0, rows) }, outcome.groups
    )
  }

  private func find(
    _ records: some LinkableRecords, crowdedValues: Int, _ rows: StoredRowsToLink, _ guests: WaitingGuests?,
    _ session: LinkageSession, _ head: BatchHead, _ startedAt: String
  ) throws -> (WarehouseLinkageResult?, Bool) {
    var request = options.request
    let said = Said(try session.decisions(), rows)
    (request.same, request.apart) = (said.same.map(\.pair), said.apart.map(\.pair))
    let outcome = try LinkageRun(records, request).run()
    StartMemory.giveBack()
    var record = self.record(outcome, rows)
    record.lastBatch = try session.lastBatch()
    record.terms = LinkageTerms(
      asOf: options.today.text, auto: request.model.auto, ask: request.model.ask, test: request.model.test.rawValue,
      decision: try session.lastDecision())
    record.questions = try questions(outcome, rows, said, session)
    if let guests, let people = records as? PersonRecords { record.hints = try hints(guests, people, rows) }
    if options.applies { record.entities = try entities(outcome, rows, records, session) }
    let known = Set(try session.questions().map { Set([$0.link.left, $0.link.right]) })
    let isNew = record.questions.count { !known.contains([$0.link.left, $0.link.right]) }
    let run = request.isPlan ? nil : try session.keep(record, head, startedAt: startedAt)
    let contradictions = outcome.contradictions.sorted { $0.key < $1.key }.map { (said.same[$0.key].decision, $0.value) }
    let findings =
      LinkageFinding.of(outcome, request.model) + contradictions.map { LinkageFinding.contradicted($0, $1) }
      + [record.hints?.count ?? 0].filter { $0 > 0 }.map(LinkageFinding.known)
    let result = WarehouseLinkageResult(
      run: options.isDryRun ? nil : run, rows: rows.rows.count, model: request.model, outcome: outcome,
      questions: (record.questions.count, isNew), entities: record.entities, entityCount: try session.count(),
      contradictions: contradictions, crowdedValues: crowdedValues, findings: findings)
    return (result, !options.isDryRun && !request.isPlan)
  }

  /// Waiting rows, each with the stored one that it fits.
  private func hints(
    _ guests: WaitingGuests, _ records: PersonRecords, _ rows: StoredRowsToLink
  ) throws -> [(waiting: Int64, name: RowName, pattern: Int64, weight: Int32)] {
    let search = GuestSearch(records, guests: guests.features, limits: options.request.model.blocking)
    return try search.run(least: options.request.model.auto).map {
      (guests.ids[$0.guest], rows.name($0.place), Int64(bitPattern: $0.judgement.pattern), $0.judgement.weight)
    }
  }

  private func record(_ outcome: LinkageOutcome, _ rows: StoredRowsToLink) -> LinkageRecord {
    let model = options.request.model
    var record = LinkageRecord(model: (model.name, model.version, model.text, model.digest))
    record.datasets = rows.datasets.map(\.name)
    record.rows = rows.rows
    record.links = outcome.pairs.map { link($0, rows) }
    let counts = LinkTier.allCases.map { outcome.count($0) }
    record.compared = outcome.compared
    record.counts = (counts[0], counts[1], counts[2], counts[3], outcome.compared - counts.reduce(0, +))
    record.leftOut = outcome.rules.reduce(0) { $0 + $1.leftOutPairs }
    return record
  }

  func link(_ pair: LinkedPair, _ rows: StoredRowsToLink) -> StoredLink {
    StoredLink(
      left: rows.name(pair.left), right: rows.name(pair.right), pattern: Int64(pair.judgement.pattern),
      weight: pair.judgement.weight,
      tier: pair.tier.rawValue, barrier: pair.judgement.barrier?.rawValue)
  }

  // MARK: Entities

  private func entities(
    _ outcome: LinkageOutcome, _ rows: StoredRowsToLink, _ records: some LinkableRecords, _ session: LinkageSession
  ) throws -> LinkageRecord.Entities {
    let before = try rows.entities(session)
    var described: [EntityNumbers.Row] = []
    described.reserveCapacity(before.count)
    let keys = rows.datasets.map { XXH64.hash(Array($0.name.utf8).span) }
    try records.forEach { (place, record) throws(SpillError) in
      let row = rows.rows[place]
      let key = keys[Int(row.dataset)] ^ UInt64(bitPattern: row.id) &* 0x9E37_79B9_7F4A_7C15
      described.append(EntityNumbers.Row(before: before[place], key: key, isNumbered: records.identity(of: record) != 0))
    }
    let known = try session.numbers()
    let numbers = EntityNumbers(described, groups: outcome.groups, empty: known.empty, ended: known.ended, last: known.last)
    if let most = options.mostMerges {
      let changed = before.indices.count { before[$0] != 0 && before[$0] != numbers.numbers[$0] }
      let bound = Int(Double(before.count) * most / 100)
      if changed > bound, changed > 20 { throw TooManyMerges(rows: changed, most: bound) }
    }
    return LinkageRecord.Entities(
      before: before, numbers: numbers.numbers, ways: outcome.ways.map(\.rawValue), created: numbers.created,
      restored: numbers.restored, retired: numbers.retired.map { ($0.number, $0.successor, $0.members) },
      merged: numbers.merged,
      split: numbers.split)
  }
}
