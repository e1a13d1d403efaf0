import ElementCore
package import ElementSchema

/// Makes the whole of a street office: grids, people, houses, organisations, and a year of its work; every reference holds.
package struct StreetGenerator {
  /// A generated roster.
  package struct Roster: Sendable {
    /// What the file holds records of.
    package let dataset: Dataset
    /// Its records, a text a field of the dataset.
    package var records: [[String]]
  }

  private let pack: SchemaPack
  private let seed: UInt64
  /// The number of grids.
  private let grids: Int
  /// The number of registered residents, more or less.
  private let residents: Int
  private var random: SeededRandom
  private var pools = KeyPools()
  private var rosters: [String: Roster] = [:]
  private var order: [String] = []

  /// A street of so many grids and residents.
  package init(pack: SchemaPack, seed: UInt64, grids: Int = 30, residents: Int = 34_000) {
    self.pack = pack
    self.seed = seed
    self.grids = min(grids, GridPlan.count)
    self.residents = residents
    random = SeededRandom(seed: seed)
  }

  /// The rosters in the order in which they refer to each other.
  package mutating func generate() -> [Roster] {
    make("grid", grids)
    for (name, share) in StreetPlan.places { make(name, scaled(share)) }
    people()
    for (name, share) in StreetPlan.organizations + StreetPlan.workforce { make(name, scaled(share)) }
    for (name, share) in StreetPlan.year { make(name, scaled(share), years: 2025...2025) }
    // Each event is gone through once.
    make("eventStep", groups: scaled(StreetPlan.events))
    sumUp()
    return order.compactMap { rosters[$0] }
  }

  private func scaled(_ share: Int) -> Int { max(2, share * residents / 34_000) }

  // MARK: Rosters

  /// Makes a roster of records that nothing more is known of.
  private mutating func make(_ name: String, _ count: Int, years: ClosedRange<Int> = 2015...2025) {
    guard let dataset = pack.dataset(name) else { return }
    var mint = RecordMint(
      dataset, pack: pack, usesLabels: false, seed: seed + UInt64(order.count), pools: pools, years: years)
    var records: [[String]] = []
    while records.count < count { records += mint.records(&random) }
    keep(dataset, records)
  }

  /// Makes a roster of so many groups of records that belong together.
  private mutating func make(_ name: String, groups: Int) {
    guard let dataset = pack.dataset(name) else { return }
    var mint = RecordMint(dataset, pack: pack, usesLabels: false, seed: seed + UInt64(order.count), pools: pools)
    var records: [[String]] = []
    for _ in 0..<groups { records += mint.records(&random) }
    keep(dataset, records)
  }

  /// Makes a roster of records of which something is known each.
  private mutating func make(_ name: String, knowing facts: [[String: String]]) {
    guard let dataset = pack.dataset(name) else { return }
    var mint = RecordMint(dataset, pack: pack, usesLabels: false, seed: seed + UInt64(order.count), pools: pools)
    var records: [[String]] = []
    for known in facts { records.append(mint.record(knowing: known, &random)) }
    keep(dataset, records)
  }

  private mutating func keep(_ dataset: Dataset, _ records: [[String]]) {
    rosters[dataset.name] = Roster(dataset: dataset, records: records)
    order.append(dataset.name)
    pools.add(records, of: dataset, in: pack)
  }

  // MARK: People

  private mutating func people() {
    make("registeredResident", residents)
    make("floatingResident", residents * 15 / 100)
    make("unregisteredResident", scaled(60))
    make("overseasResident", scaled(50))
    households()
    rentals()
    make("leftBehindPerson", scaled(250))
    make("careHousehold", scaled(180))
  }

  /// A house for every household, and a link for every member.
  private mutating func households() {
    guard let people = rosters["registeredResident"], let houses = rosters["house"] else { return }
    var rows: [[String: String]] = []
    var links: [[String: String]] = []
    let groups = Dictionary(grouping: people.records) { people[$0, "householdNum"] }
    for (place, number) in groups.keys.sorted().enumerated() {
      let members = groups[number] ?? []
      let (head, house) = (members[0], houses.records[place % houses.records.count])
      let home = [
        "houseCode": houses[house, "houseCode"], "buildingCode": houses[house, "buildingCode"],
        "gridCode": people[head, "gridCode"],
      ]
      let household = [
        "householdNum": number, "householderIdentityNum": people[head, "householderIdentityNum"],
        "householderName": people[head, "householderName"], "personCount": String(members.count), "statusCode": "",
        "statusDate": "",
      ]
      rows.append(home.merging(household) { $1 })
      for member in members {
        let link = [
          "identityNum": people[member, "identityNum"], "personName": people[member, "personName"], "statusOfHouse": "1",
          "endDate": "",
        ]
        links.append(home.merging(link) { $1 })
      }
    }
    make("household", knowing: rows)
    make("personHouse", knowing: links)
  }

  /// The houses that floating residents live in.
  private mutating func rentals() {
    guard let people = rosters["floatingResident"] else { return }
    let groups = Dictionary(grouping: people.records.map { people[$0, "houseCode"] }.filter { !$0.isEmpty }) { $0 }
    make(
      "rentalHouse",
      knowing: groups.keys.sorted().map { code in
        let count = groups[code]?.count ?? 0
        return ["houseCode": code, "occupantCount": String(count), "isGroupRental": count > 2 ? "1" : "0", "statusCode": "01"]
      })
  }

  // MARK: Sums

  /// Writes the numbers that must agree with other rosters, as they say them.
  private mutating func sumUp() {
    for name in order {
      guard let dataset = rosters[name]?.dataset, let key = dataset.key.first else { continue }
      for total in dataset.totals {
        let numbers = counted(total).mapValues { text($0, total) }
        for place in rosters[name]?.records.indices ?? 0..<0 {
          guard let stated = rosters[name]?.records[place] else { continue }
          rosters[name]?.records[place][total.field] = numbers[stated[key]] ?? ""
        }
      }
    }
  }

  private func text(_ number: Int, _ total: TotalRule) -> String {
    guard case .latest = total.measure else { return String(number) }
    return CalendarDate(dayNumber: number).map { $0.text + " 18:00:00" } ?? ""
  }

  private func counted(_ total: TotalRule) -> [String: Int] {
    func day(_ text: String) -> CalendarDate? { DayTime(iso: Array(text.utf8).span)?.day }
    var seen: Set<String> = []
    var counts: [String: Int] = [:]
    for roster in total.datasets.compactMap({ rosters[$0] }) {
      for record in roster.records {
        let key = roster[record, total.by]
        let isCounted = total.only.allSatisfy {
          roster[record, $0.field].isEmpty && !total.isMeasured || $0.codes.contains(roster[record, $0.field])
        }
        if key.isEmpty || !isCounted || total.without.contains(where: { !roster[record, $0].isEmpty }) { continue }
        let value = total.distinct.map { roster[record, $0] }.first { !$0.isEmpty }
        if let value, !seen.insert("\(key) \(value)").inserted { continue }
        switch total.measure {
        case .rows: counts[key, default: 0] += 1
        case .days(let from, let to, _, let isWorking):
          guard let first = day(roster[record, from]), let last = day(roster[record, to]) else { continue }
          counts[key, default: 0] += isWorking ? last.workdays(since: first) : last.dayNumber - first.dayNumber
        case .latest(let name):
          if let day = day(roster[record, name]) { counts[key] = max(counts[key] ?? 0, day.dayNumber) }
        }
      }
    }
    return counts
  }
}

extension StreetGenerator.Roster {
  /// The value of a field of a record; empty where the dataset has no such field.
  subscript(record: [String], name: String) -> String { dataset.index(of: name).map { record[$0] } ?? "" }

  /// The roster as CSV, titles first.
  package var csv: [UInt8] {
    let text = DeliveryText()
    return records.reduce(into: text.line(dataset.fields.map(\.title))) { $0 += text.line($1) }
  }
}

/// How many records of each dataset a street of 34,000 registered residents keeps.
enum StreetPlan {
  /// What stands where.
  static let places = [
    ("estate", 12), ("building", 130), ("house", 15_000), ("keyPremises", 80), ("publicFacility", 600), ("fireFacility", 400),
    ("monitoringPoint", 150),
  ]
  /// Who is organised how.
  static let organizations = [
    ("privateEnterprise", 300), ("socialOrganization", 30), ("school", 6), ("governanceOrganization", 6),
    ("organizationMember", 40),
    ("massPreventionOrganization", 8), ("deliveryLogistics", 10), ("gridPartyGroup", 30), ("gridPartyMember", 600),
  ]
  /// Who works for the street.
  static let workforce = [("gridMember", 60), ("gridMemberAssignment", 70), ("officeStaff", 80)]
  /// How many cases a year brings.
  static let events = 4_000
  /// What they do in a year.
  static let year = [
    ("attendance", 12_000), ("workLog", 3_000), ("event", events), ("dispute", 300), ("disputeLitigant", 600),
    ("hazard", 700), ("residentRequest", 1_500), ("patrol", 15_000), ("visit", 20_000), ("meeting", 400), ("activity", 360),
    ("training", 24), ("regulation", 20), ("noticeBoard", 60), ("gridMatter", 20), ("baseline", 390), ("verification", 800),
    ("inspection", 240), ("assessmentItem", 1_200), ("satisfactionSurvey", 60), ("accountabilityCase", 4),
    ("accountabilityPerson", 6),
  ]
}
