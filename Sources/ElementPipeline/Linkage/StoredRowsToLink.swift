import ElementCore
import ElementLinkage
import ElementSchema
import ElementWarehouse

/// The rows of a warehouse as they are compared: all datasets of one kind, the most trusted first, each in the order of its row numbers.
struct StoredRowsToLink: Sendable {
  /// Where the rows stand, the most trusted first.
  let datasets: [Dataset]
  /// The features of all rows of people.
  private(set) var store: FeatureStore
  /// The values of all rows of houses or organisations, by the roles that their model names.
  private(set) var values: [[String]] = []
  /// All rows, in the order of the datasets and of their numbers.
  private(set) var rows: [LinkedRow] = []
  /// The place of the first row of each dataset.
  private var starts: [Int] = []

  /// Reads the rows of a warehouse that a model compares.
  init(
    _ datasets: [Dataset], _ session: LinkageSession, _ scheme: GridCodeScheme, _ model: LinkageModel, today: CalendarDate,
    jobs: Int, path: String
  ) throws {
    self.datasets = datasets
    store = FeatureStore(beside: Warehouse.spillPlaces(path))
    rows.reserveCapacity(try datasets.reduce(0) { try $0 + session.count(of: $1.name) })
    for (place, dataset) in datasets.enumerated() {
      starts.append(rows.count)
      if let plan = model.plan {
        try readValues(dataset, place, session, plan)
      } else {
        try read(dataset, place, session, scheme, today, jobs)
      }
    }
  }

  /// Reads the values of roles: of a role that several fields have, the first that is not empty.
  private mutating func readValues(_ dataset: Dataset, _ place: Int, _ session: LinkageSession, _ plan: ColumnPlan) throws {
    guard let linkage = dataset.linkage else { return }
    let roles = plan.headings.map { LinkageRole(rawValue: $0).flatMap { linkage.roles[$0] } ?? [] }
    guard let scan = try session.scan(dataset, Set(roles.joined()).sorted()) else { return }
    while let found = try scan.next() {
      try Interruption.check()
      for row in found.ids.indices {
        rows.append(LinkedRow(id: found.ids[row], batch: found.batches[row], dataset: place))
        values.append(
          roles.map { fields in
            let value = fields.lazy.map { found.value(row, $0) }.first { !$0.isEmpty }
            return value.map { String(escapingInvalid: Array($0).span) } ?? ""
          })
      }
    }
  }

  private mutating func read(
    _ dataset: Dataset, _ place: Int, _ session: LinkageSession, _ scheme: GridCodeScheme, _ today: CalendarDate, _ jobs: Int
  ) throws {
    guard let linkage = dataset.linkage else { return }
    let fields = Set(linkage.roles.values.joined()).sorted()
    guard let scan = try session.scan(dataset, fields) else { return }
    let reader = PersonReader(linkage, scheme, today: today)
    typealias Made = (rows: LinkageScan.Rows, features: [PersonFeatures])
    let stages = OrderedStages<LinkageScan, Int, LinkageScan.Rows, Made, Made>(
      next: { scan in
        try Interruption.check()
        return try scan.next()
      },
      transform: { (found: consuming LinkageScan.Rows) in
        let rows = found
        return (rows, rows.ids.indices.map { row in reader.features { rows.value(row, $0) } })
      },
      settle: { _, made in made })
    _ = try stages.run(workers: jobs > 1 ? jobs : 0, from: scan, into: 0) { made in
      for (row, features) in made.features.enumerated() {
        rows.append(LinkedRow(id: made.rows.ids[row], batch: made.rows.batches[row], dataset: place))
        store.append(features)
      }
      try store.settle()
    }
  }

  /// Gives the features away: records take them, and they are not kept twice.
  mutating func takeStore() -> FeatureStore {
    let taken = store
    store = FeatureStore(beside: [])
    return taken
  }

  /// Gives the values away: records take them, and they are not kept twice.
  mutating func takeValues() -> [[String]] {
    let taken = values
    values = []
    return taken
  }

  /// Which row of the warehouse stands at a place.
  func name(_ place: UInt32) -> RowName {
    let row = rows[Int(place)]
    return RowName(datasets[Int(row.dataset)].name, row.id)
  }

  /// The place of a row; nil for one that is not there.
  func place(_ name: RowName) -> UInt32? {
    guard let dataset = datasets.firstIndex(where: { $0.name.utf8.elementsEqual(name.dataset.utf8) }) else { return nil }
    let end = dataset + 1 < starts.count ? starts[dataset + 1] : rows.count
    let part = rows[starts[dataset]..<end]
    var (low, high) = (part.startIndex, part.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].id < name.row { low = middle + 1 } else { high = middle }
    }
    return low < end && rows[low].id == name.row ? UInt32(low) : nil
  }

  /// The entity of each row before; 0 for none.
  func entities(_ session: LinkageSession) throws -> [UInt32] {
    var entities = [UInt32](repeating: 0, count: rows.count)
    for (place, dataset) in datasets.enumerated() {
      let end = place + 1 < starts.count ? starts[place + 1] : rows.count
      var next = starts[place]
      try session.forEachMember(of: dataset.name) { row, entity in
        while next < end, rows[next].id < row { next += 1 }
        if next < end, rows[next].id == row { entities[next] = entity }
      }
    }
    return entities
  }
}
