import ElementCore
package import ElementSchema

/// Makes clean records of a dataset, field by field as its schema says; what makes sense together is made together.
package struct RecordMint {
  private let dataset: Dataset
  private let pack: SchemaPack
  private let usesLabels: Bool
  private var persons: PersonMint
  private var made = 0

  /// A mint for a dataset; `usesLabels` writes labels instead of codes, as forms do.
  package init(_ dataset: Dataset, pack: SchemaPack, usesLabels: Bool, seed: UInt64) {
    self.dataset = dataset
    self.pack = pack
    self.usesLabels = usesLabels
    persons = PersonMint(seed: seed)
  }

  /// The next records that belong together: a household of residents, or one record of another dataset.
  mutating func records(_ random: inout SeededRandom) -> [[String]] {
    if dataset.element == "person", dataset.index(of: "householdNum") != nil { return household(&random) }
    made += 1
    var facts = dataset.index(of: "gridName") != nil ? grid(made - 1) : [:]
    if dataset.index(of: "houseCode") != nil { facts.merge(house(made, &random)) { $1 } }
    return [record(facts, &random)]
  }

  private func record(_ facts: [String: String], _ random: inout SeededRandom) -> [String] {
    dataset.fields.map { field in
      if let fact = facts[field.name] { return written(fact, field) }
      return written(value(field, &random), field)
    }
  }

  /// The value in the form that the file has: the label of a code where labels are asked for.
  private func written(_ value: String, _ field: Field) -> String {
    guard usesLabels, case .code(let set) = field.type, let entry = pack.codeSets[set]?.entry(value) else { return value }
    return entry.aliases.first ?? entry.label
  }

  /// A value by type alone, for fields that nothing else decides.
  private func value(_ field: Field, _ random: inout SeededRandom) -> String {
    guard field.duty != .optional || random.chance(30) else { return "" }
    switch field.type {
    case .code(let set): return random.pick(pack.codeSets[set]?.entries ?? []).code
    case .date: return GridPlan.padded(2010 + random.below(14), 4) + "-0\(1 + random.below(9))-1\(random.below(9))"
    case .phone: return phone(&random)
    case .integer: return String(random.below(20))
    case .decimal: return "\(40 + random.below(120)).\(1 + random.below(9))"
    case .divisionCode: return String(DivisionTable.exampleCode)
    case .text(.personName): return SampleStock.name(random.pick(SampleStock.surnames), &random)
    case .text(.code): return "10000"
    case .text(.address): return "\(random.pick(SampleStock.roads))\(1 + random.below(200))号"
    case .text(.free): return "示例"
    default: return ""
    }
  }

  private func phone(_ random: inout SeededRandom) -> String {
    random.pick(["138", "139", "150", "186", "177"]) + GridPlan.padded(random.below(99_999_998) + 1, 8)
  }

  private func grid(_ index: Int) -> [String: String] {
    [
      "gridCode": GridPlan.code(index), "gridName": GridPlan.name(index), "streetCode": "320699001", "streetName": "示例街道",
      "villageCode": GridPlan.villageCode(index), "villageName": GridPlan.villageName(index),
      "householdAmount": String(300 + index % 7 * 20),
      "memberCount": String(1 + index % 3), "area": "",
    ]
  }

  private mutating func house(_ number: Int, _ random: inout SeededRandom) -> [String: String] {
    let owner = persons.person(.adult, male: random.chance(50), surname: random.pick(SampleStock.surnames), &random)
    let address = address(&random)
    return [
      "houseCode": "H" + GridPlan.padded(number, 8), "houseAddress": address, "ownerCertCode": "111",
      "ownerCertNum": owner.identityNum,
      "ownerName": owner.name, "ownerContact": phone(&random), "ownerAddress": address, "rentUseCode": "", "hazardTypeCode": "",
      "tenantIdentityNum": "", "tenantName": "", "tenantContact": "", "gridCode": GridPlan.code(random.below(GridPlan.count)),
    ]
  }

  private func address(_ random: inout SeededRandom) -> String {
    let building = "\(1 + random.below(30))幢\(1 + random.below(4))单元\(1 + random.below(18))0\(1 + random.below(4))室"
    let road = "\(random.pick(SampleStock.roads))\(1 + random.below(300))号"
    // Some addresses hold commas and quotes, as real ones do.
    if random.chance(3) { return "\(road),\(random.pick(SampleStock.estates))\"\(building)\"" }
    return road + random.pick(SampleStock.estates) + building
  }

  /// A household: its head, mostly a spouse, and children or parents.
  private mutating func household(_ random: inout SeededRandom) -> [[String]] {
    made += 1
    let headIsMale = random.chance(60)
    let surname = random.pick(SampleStock.surnames)
    let head = persons.person(.adult, male: headIsMale, surname: surname, &random)
    var members: [(person: Person, relation: String)] = [(head, "02")]
    if random.chance(80) {
      let spouse = persons.person(.adult, male: !headIsMale, surname: random.pick(SampleStock.surnames), &random)
      members.append((spouse, headIsMale ? "12" : "11"))
    }
    for _ in 0..<random.below(3) {
      let isMale = random.chance(50)
      members.append((persons.person(.child, male: isMale, surname: surname, &random), isMale ? "20" : "30"))
    }
    if random.chance(25) {
      let isMale = random.chance(50)
      members.append((persons.person(.elder, male: isMale, surname: surname, &random), isMale ? "51" : "52"))
    }
    let home = home(head, &random)
    return members.map { member in record(facts(member.person, member.relation, home, &random), &random) }
  }

  private func home(_ head: Person, _ random: inout SeededRandom) -> [String: String] {
    let address = address(&random)
    return [
      "householdNum": GridPlan.padded(made, 9), "householderIdentityNum": head.identityNum, "householderName": head.name,
      "householderContact": phone(&random), "domicileAddress": address, "residenceAddress": address,
      "personHouseConsistCode": "01",
      "domicileCode": "320699", "residenceCode": "320699", "gridCode": GridPlan.code(random.below(GridPlan.count)),
      "ethnicityCode": "01",
    ]
  }

  private func facts(_ person: Person, _ relation: String, _ home: [String: String], _ random: inout SeededRandom) -> [String:
    String]
  {
    var facts = home
    let isMinor = person.birth.year > 2005
    facts["identityNum"] = person.identityNum
    facts["personName"] = person.name
    facts["usedName"] = ""
    facts["sexCode"] = person.isMale ? "1" : "2"
    facts["birthday"] = person.birth.text
    facts["nativePlaceCode"] = "320699"
    facts["maritalStatus"] = isMinor ? "10" : "20"
    facts["politicalAffiliationCode"] = random.pick(["13", "13", "13", "01", "03"])
    facts["educationCode"] = isMinor ? "80" : random.pick(["20", "30", "60", "70"])
    facts["professionType"] = isMinor ? "80000" : "10000"
    facts["professionName"] = isMinor ? "" : random.pick(SampleStock.occupations)
    facts["servicePlaceName"] = isMinor ? "" : random.pick(SampleStock.workplaces)
    facts["contact"] = phone(&random)
    facts["householderRelationCode"] = relation
    facts["estateName"] = random.pick(SampleStock.estates)
    facts["doorplate"] = "\(1 + random.below(30))-\(1 + random.below(18))0\(1 + random.below(4))"
    return facts
  }
}
