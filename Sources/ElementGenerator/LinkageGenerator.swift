import ElementCore

/// Makes a roster in which people stand more than once, and says who is who: households with shared telephones, twins, namesakes born on one
/// day, people without a number, moves, and records that were written again with slips. Nobody's data is in it.
package struct LinkageGenerator {
  /// What is made; shares are percentages.
  package struct Options: Sendable {
    /// How many rows, with those that repeat somebody.
    package var rows: Int
    /// The seed: the same seed gives the same bytes.
    package var seed: UInt64
    /// Rows that repeat somebody.
    package var repeated = 15.0
    /// Children that are one of twins.
    package var twins = 4.0
    /// People who have the name and the birth date of somebody else.
    package var namesakes = 1.0
    /// People whose number nobody knows.
    package var unnumbered = 4.0
    /// Repeated rows in which somebody has moved.
    package var moves = 12.0
    /// Repeated rows of which one or two values were written wrongly, or up to four.
    package var noise = 85.0

    /// A roster of so many rows.
    package init(rows: Int, seed: UInt64) { (self.rows, self.seed) = (rows, seed) }
  }

  /// A row, and the truth about it.
  package struct Row: Sendable {
    /// Values in the order of `LinkageGenerator.titles`.
    package let cells: [String]
    /// Who it is, from 1.
    package let entity: Int
    /// What was done to it, joined by semicolons; nothing for the first row of somebody.
    package let noise: String
  }

  /// The titles of the columns: items of registered residents.
  package static let titles = [
    "公民身份号码", "姓名", "曾用名", "性别", "出生日期", "联系方式", "现住门（楼）详址", "户号", "户主公民身份号码", "与户主关系", "所属网格",
  ]

  private let options: Options
  private var random: SeededRandom
  private var mint: PersonMint
  private var noise: LinkageNoise
  private var people: [LinkedPerson] = []
  private var households = 0
  private var taken: Set<String> = []

  /// A generator.
  package init(_ options: Options) {
    self.options = options
    random = SeededRandom(seed: options.seed)
    mint = PersonMint(seed: options.seed)
    noise = LinkageNoise()
  }

  /// All rows, in an order that tells nothing.
  package mutating func rows() -> [Row] {
    let originals = Int(Double(options.rows) * (100 - options.repeated) / 100)
    while people.count < originals { addHousehold() }
    people.removeLast(people.count - originals)
    addNamesakes()
    var rows = people.indices.map { Row(cells: people[$0].cells, entity: $0 + 1, noise: "") }
    while rows.count < options.rows {
      let entity = random.below(people.count)
      let (person, kinds) = again(people[entity])
      rows.append(Row(cells: person.cells, entity: entity + 1, noise: kinds.joined(separator: ";")))
    }
    return rows.shuffled(using: &random)
  }

  // MARK: People

  private mutating func addHousehold() {
    households += 1
    let home = home()
    let surnames = (random.pick(SampleStock.surnames), random.pick(SampleStock.surnames))
    let father = resident(.adult, male: true, surnames.0, home, relation: "01")
    people.append(father)
    if random.chance(80) { people.append(member(.adult, male: false, surnames.1, home, of: father, relation: "10")) }
    if random.chance(20) {
      people.append(member(.elder, male: random.chance(50), surnames.0, home, of: father, relation: "51"))
    }
    for _ in 0..<random.below(3) {
      let child = member(.child, male: random.chance(50), surnames.0, home, of: father, relation: "20")
      people.append(child)
      if random.chance(options.twins) { people.append(twin(of: child)) }
    }
  }

  private mutating func member(
    _ generation: PersonMint.Generation, male: Bool, _ surname: String, _ home: LinkedPerson, of head: LinkedPerson,
    relation: String
  ) -> LinkedPerson {
    var person = resident(generation, male: male, surname, home, relation: relation)
    person.householder = head.number
    // Families share a telephone, children nearly always.
    if random.chance(generation == .adult ? 25 : 80) { person.phone = head.phone }
    return person
  }

  private mutating func resident(
    _ generation: PersonMint.Generation, male: Bool, _ surname: String, _ home: LinkedPerson, relation: String
  ) -> LinkedPerson {
    let minted = mint.person(generation, male: male, surname: surname, &random)
    var person = home
    (person.number, person.name, person.isMale, person.birth) = (minted.identityNum, minted.name, male, minted.birth)
    (person.phone, person.relation) = (phone(), relation)
    person.householder = person.number
    if random.chance(3) { person.former = SampleStock.name(surname, &random) }
    if random.chance(options.unnumbered) { person.number = "" }
    return person
  }

  private mutating func twin(of child: LinkedPerson) -> LinkedPerson {
    var twin = child
    if !child.number.isEmpty { twin.number = number(child.birth, isMale: child.isMale) }
    // Names of twins share a character, often the one that is not the last.
    let name = Array(child.name)
    twin.name =
      String(name[0]) + String(name.count > 2 && random.chance(70) ? name[1] : noise.givenCharacter(&random))
      + String(noise.givenCharacter(&random))
    if twin.name == child.name { twin.name += String(noise.givenCharacter(&random)) }
    return twin
  }

  private mutating func addNamesakes() {
    for _ in 0..<Int(Double(people.count) * options.namesakes / 100) {
      let (one, other) = (random.below(people.count), random.below(people.count))
      if one == other || people[other].isMale != people[one].isMale { continue }
      people[other].name = people[one].name
      if !people[other].number.isEmpty { people[other].number = number(people[one].birth, isMale: people[other].isMale) }
      people[other].birth = people[one].birth
    }
  }

  /// A number of a birth date that nobody has: sequences from 400 on, which people of households do not reach.
  private mutating func number(_ birth: CalendarDate, isMale: Bool) -> String {
    var place = random.below(280)
    while true {
      let number = PersonMint.number(birth, 400 + place * 2 + (isMale ? 1 : 0))
      if taken.insert(number).inserted { return number }
      place = (place + 1) % 280
    }
  }

  // MARK: Homes

  /// A home without anybody in it.
  private mutating func home() -> LinkedPerson {
    let grid = random.below(GridPlan.count)
    let place = "\(random.pick(SampleStock.roads))\(random.below(400) + 1)号"
    let address =
      random.chance(70)
      ? "示例市示例区\(place)\(random.pick(SampleStock.estates))\(random.below(30) + 1)号楼\(random.below(4) + 1)单元\(random.below(28) + 1)0\(random.below(4) + 1)室"
      : "示例县示例镇\(random.pick(["样板", "范例", "演示"]))村\(random.below(30) + 1)组\(random.below(300) + 1)号"
    guard let birth = CalendarDate(year: 2000, month: 1, day: 1) else { bug("the first day of a year is no day") }
    return LinkedPerson(birth: birth, grid: GridPlan.code(grid), address: address, household: GridPlan.padded(households, 9))
  }

  private mutating func phone() -> String {
    random.chance(6) ? "" : "1" + random.pick(["39", "58", "77", "86"]) + GridPlan.padded(random.below(100_000_000), 8)
  }

  // MARK: Repeated rows

  /// Somebody written again, and what happened to the row.
  private mutating func again(_ person: LinkedPerson) -> (LinkedPerson, [String]) {
    var (copy, kinds) = (person, [String]())
    if random.chance(options.moves) {
      let home = home()
      (copy.address, copy.grid, copy.household, copy.householder) = (home.address, home.grid, home.household, "")
      copy.relation = ""
      kinds.append("moved")
    }
    if random.chance(options.noise) {
      let count = random.chance(75) ? 1 + random.below(2) : 3 + random.below(2)
      for _ in 0..<count { if let kind = noise.spoil(&copy, &random) { kinds.append(kind) } }
    }
    return (copy, kinds.isEmpty ? ["copied"] : kinds)
  }
}

/// Somebody in a home, as a row has them.
struct LinkedPerson: Sendable {
  var number = ""
  var name = ""
  var former = ""
  var isMale = true
  var sex: String?
  var birth: CalendarDate
  var birthText: String?
  var phone = ""
  var grid: String
  var address: String
  var household: String
  var householder = ""
  var relation = ""

  /// The values in the order of `LinkageGenerator.titles`.
  var cells: [String] {
    [
      number, name, former, sex ?? (isMale ? "1" : "2"), birthText ?? birth.text, phone, address, household, householder,
      relation, grid,
    ]
  }
}
