import ElementCore
package import ElementSchema

/// Makes the rosters of a city, record by record, since they do not fit into memory together: grids, houses, residents, and a year of events, visits
/// and patrols. One in a hundred residents has something wrong.
package struct CityGenerator {
  /// A roster that is to be written.
  package struct Roster: Sendable {
    /// What the file holds records of.
    package let dataset: Dataset
    /// How many.
    package let rows: Int
  }

  private let pack: SchemaPack
  private let seed: UInt64
  private let share: Int
  private var pools = KeyPools()

  /// How many records of each dataset a whole city has, in the order in which they refer to each other.
  private static let plan = [
    ("grid", CityPlan.grids), ("gridMember", CityPlan.grids), ("house", 300_000), ("registeredResident", 1_000_000),
    ("privateEnterprise", 9_000), ("careHousehold", 5_000), ("event", 100_000), ("visit", 200_000), ("patrol", 200_000),
    ("verification", 20_000),
  ]
  /// What most rows refer to: the keys of others are not kept.
  private static let referred: Set = ["grid", "gridMember", "house", "privateEnterprise", "event"]

  /// A city of which everything is there but its grids in one of `share` parts: 1 for the whole.
  package init(pack: SchemaPack, seed: UInt64, share: Int = 1) {
    (self.pack, self.seed, self.share) = (pack, seed, max(1, share))
  }

  /// The rosters, in their order.
  package var rosters: [Roster] {
    Self.plan.compactMap { name, rows in
      pack.dataset(name).map { Roster(dataset: $0, rows: name == "grid" ? rows : max(2, rows / share)) }
    }
  }

  /// Writes a roster as CSV; those before it in their order must have been written.
  package mutating func generate(_ roster: Roster, place: Int, write: ([UInt8]) -> Void) {
    let seed = self.seed + UInt64(place)
    if roster.dataset.name == "registeredResident" {
      var options = DeliveryGenerator.Options(rows: roster.rows, seed: seed)
      options.dirty = 1
      var generator = DeliveryGenerator(roster.dataset, pack: pack, options: options, pools: pools)
      return generator.generate(write: write, tell: { _ in })
    }
    var random = SeededRandom(seed: seed)
    var mint = RecordMint(roster.dataset, pack: pack, usesLabels: false, seed: seed, pools: pools, years: 2025...2025)
    let text = DeliveryText()
    write(text.line(roster.dataset.fields.map(\.title)))
    var kept: [[String]] = []
    var count = 0
    while count < roster.rows {
      let records =
        roster.dataset.name == "grid" ? [mint.record(knowing: CityPlan.grid(count), &random)] : mint.records(&random)
      for record in records where count < roster.rows {
        count += 1
        write(text.line(record))
        if Self.referred.contains(roster.dataset.name) { kept.append(record) }
      }
    }
    pools.add(kept, of: roster.dataset, in: pack)
  }
}

/// The grids of a city of the example county: streets of some twenty-five communities of three or four grids each.
enum CityPlan {
  /// How many there are.
  static let grids = 1_185
  private static let (inStreet, communities) = (85, 25)

  /// What is known of a grid, from 0.
  static func grid(_ index: Int) -> [String: String] {
    let (street, place) = (index / inStreet + 1, index % inStreet)
    let community = place * communities / inStreet
    let first = (community * inStreet + communities - 1) / communities
    let area = "320699" + GridPlan.padded(street, 3)
    return [
      "gridCode": "010000" + area + GridPlan.padded(community + 1, 3) + GridPlan.padded(place - first + 1, 2),
      "gridName": "第\(place - first + 1)网格", "streetCode": area, "streetName": "示例\(street)街道",
      "villageCode": area + GridPlan.padded(community + 1, 3), "villageName": "示例\(community + 1)社区", "householdAmount": "",
      "memberCount": "1", "area": "", "parentCode": "", "gridLevel": "1", "population": "", "validTo": "",
      "predecessorCode": "",
      "successorCode": "",
    ]
  }
}
