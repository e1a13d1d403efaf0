import ElementCore
import ElementSchema
import GRDB

/// Reads what is to be visited.
struct VisitReader {
  private let db: Database
  private let day: CalendarDate
  private let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let path: String

  /// What visits go to: the dataset, the kind that they call it by, its key and name, and whether its number is of a community only.
  private static let targets: [(dataset: String, target: String, key: String, name: String?, isLocal: Bool)] = [
    ("careHousehold", "careHousehold", "householdNum", nil, true),
    ("household", "household", "householdNum", "householderName", true),
    ("rentalHouse", "rentalHouse", "houseCode", "landlordName", false),
    ("privateEnterprise", "organization", "socialCode", "compName", false),
    ("socialOrganization", "organization", "socialCode", "orgName", false),
    ("deliveryLogistics", "organization", "socialCode", "compName", false),
  ]

  /// What visits say they went to.
  private struct Met: Hashable {
    let target: String
    let key: String
    /// The community, for numbers that are of one only.
    let area: String
  }

  /// A reader of a warehouse on a day.
  init(_ db: Database, _ day: CalendarDate, _ pack: SchemaPack, _ scheme: GridCodeScheme, path: String) {
    (self.db, self.day, self.pack, self.scheme, self.path) = (db, day, pack, scheme, path)
  }

  /// What is due, by grid: families that are looked after first, then those not visited for the longest time.
  func due() throws -> [WorkObject] {
    let marks = try WorkMark(db, path: path)
    let met = try met()
    var found: [WorkObject] = []
    for kind in Self.targets {
      guard let dataset = pack.dataset(kind.dataset), let rows = try ObjectRows(db, dataset, day, path: path) else { continue }
      let period: WorkPeriod = kind.dataset == "careHousehold" ? .quarter : .halfYear
      let start = period.start(of: day)
      let until = kind.dataset == "careHousehold" ? "until" : nil
      try rows.visit(key: kind.key, name: kind.name, until: until) { object in
        let area = kind.isLocal ? community(object.grid) : ""
        // Who looked in on a family's household looked in on the family.
        let names = kind.dataset == "careHousehold" ? ["careHousehold", "household"] : [kind.target]
        let last = names.compactMap { met[Met(target: $0, key: object.key, area: area)] }.max()
        if let last, last >= start { return }
        found.append(
          WorkObject(
            dataset: kind.dataset, key: object.key, name: object.name, address: object.address, grid: object.grid,
            target: kind.target, mark: marks.text(kind.dataset, object.key, object.grid), last: last))
      }
    }
    found += try dueHeads(met)
    return found.sorted {
      ($0.grid, $0.target == "careHousehold" ? 0 : 1, $0.last?.dayNumber ?? .min, $0.dataset, $0.key)
        < ($1.grid, $1.target == "careHousehold" ? 0 : 1, $1.last?.dayNumber ?? .min, $1.dataset, $1.key)
    }
  }

  /// The heads of households, where an office keeps no roster of these.
  private func dueHeads(_ met: [Met: CalendarDate]) throws -> [WorkObject] {
    if let households = pack.dataset("household"), let rows = try ObjectRows(db, households, day, path: path),
      try !rows.isEmpty()
    {
      return []
    }
    guard let residents = pack.dataset("registeredResident"), let rows = try ObjectRows(db, residents, day, path: path),
      let shape = try DatasetTable.stored(db, residents.name, path: path), shape.column("householderRelationCode") != nil,
      let head = Self.headCode(residents, pack)
    else { return [] }
    let start = WorkPeriod.halfYear.start(of: day)
    let marks = try WorkMark(db, path: path)
    var found: [WorkObject] = []
    try rows.visit(key: "identityNum", name: "personName", where: "householderRelationCode = '\(head)'") { object in
      let last = met[Met(target: "person", key: object.key, area: "")]
      if let last, last >= start { return }
      found.append(
        WorkObject(
          dataset: residents.name, key: object.key, name: object.name, address: object.address, grid: object.grid,
          target: "person", mark: marks.text(residents.name, object.key, object.grid), last: last))
    }
    return found
  }

  /// The code of a head of a household in the code set of the relation.
  private static func headCode(_ residents: Dataset, _ pack: SchemaPack) -> String? {
    guard let field = residents.index(of: "householderRelationCode"), case .code(let set) = residents.fields[field].type else {
      return nil
    }
    return pack.codeSets[set]?.entry("户主")?.code
  }

  private func community(_ grid: String) -> String { String(decoding: scheme.area(of: Array(grid.utf8)), as: UTF8.self) }

  /// The last visit of each target at which somebody was met, or spoken to.
  private func met() throws -> [Met: CalendarDate] {
    guard let shape = try DatasetTable.stored(db, "visit", path: path), shape.column("visitTime") != nil,
      shape.column("targetKey") != nil
    else { return [:] }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT ifnull(\(shape.selected("targetType")), 'other'), targetKey, ifnull(\(shape.selected("gridCode")), ''),
          max(substr(visitTime, 1, 10))
        FROM \(shape.table) WHERE targetKey IS NOT NULL AND visitTime IS NOT NULL AND ifnull(\(shape.selected("resultCode")), '') <> '2'
          AND _id NOT IN (SELECT id FROM closed_row WHERE dataset = 'visit') GROUP BY 1, 2, 3
        """)
    var met: [Met: CalendarDate] = [:]
    while let row = try rows.next() {
      let (target, key, grid, text): (String, String, String, String) = (row[0], row[1], row[2], row[3])
      guard let day = CalendarDate(iso: Array(text.utf8).span) else { continue }
      let isLocal = Self.targets.contains { $0.isLocal && $0.target.utf8.elementsEqual(target.utf8) }
      let place = Met(target: target, key: key, area: isLocal ? community(grid) : "")
      met[place] = max(met[place] ?? day, day)
    }
    return met
  }
}
