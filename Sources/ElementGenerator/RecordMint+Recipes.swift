import ElementCore
import ElementSchema

extension RecordMint {
  /// What is known of a grid of the example county.
  func grid(_ index: Int) -> [String: String] {
    [
      "gridCode": GridPlan.code(index), "gridName": GridPlan.name(index), "streetCode": "320699001", "streetName": "示例街道",
      "villageCode": GridPlan.villageCode(index), "villageName": GridPlan.villageName(index),
      "householdAmount": String(300 + index % 7 * 20),
      "memberCount": String(1 + index % 3), "area": "", "parentCode": "", "gridLevel": "1", "population": "", "validTo": "",
      "predecessorCode": "", "successorCode": "",
    ]
  }

  /// What is known of a house: its owner lives in it.
  mutating func house(_ number: Int, _ random: inout SeededRandom) -> [String: String] {
    let owner = persons.person(.adult, male: random.chance(50), surname: random.pick(SampleStock.surnames), &random)
    let address = address(&random)
    return [
      "houseCode": "H" + GridPlan.padded(number, 8), "houseAddress": address, "ownerCertCode": "111",
      "ownerCertNum": owner.identityNum,
      "ownerName": owner.name, "ownerContact": ValueMint.phone(&random), "ownerAddress": address, "rentUseCode": "",
      "hazardTypeCode": "",
      "tenantIdentityNum": "", "tenantName": "", "tenantContact": "",
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
  mutating func household(_ random: inout SeededRandom) -> [[String]] {
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
      "householderContact": ValueMint.phone(&random), "domicileAddress": address, "residenceAddress": address,
      "personHouseConsistCode": "01",
      "domicileCode": "320699", "residenceCode": "320699",
      "gridCode": pools.anyGrid(&random) ?? GridPlan.code(random.below(GridPlan.count)),
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
    facts["contact"] = ValueMint.phone(&random)
    facts["householderRelationCode"] = relation
    facts.merge(RecordMint.alive) { $1 }
    facts["estateName"] = random.pick(SampleStock.estates)
    facts["doorplate"] = "\(1 + random.below(30))-\(1 + random.below(18))0\(1 + random.below(4))"
    return facts
  }

  /// Nothing is said of a death or a move.
  private static let alive = [
    "statusCode": "", "statusDate": "", "statusReason": "", "isDeceased": "", "deathDate": "", "isMovedOut": "",
    "moveOutDate": "",
  ]

  /// A person without a household.
  mutating func single(_ random: inout SeededRandom) -> [String: String] {
    let person = persons.anybody(&random)
    var facts = RecordMint.alive
    facts["identityNum"] = person.identityNum
    facts["personName"] = person.name
    facts["sexCode"] = person.isMale ? "1" : "2"
    facts["birthday"] = person.birth.text
    facts["usedName"] = ""
    facts["emigrateDate"] = ""
    return facts
  }

  /// The steps of one case: settled on the spot, or the seven stages, some with a second round after a failed check.
  mutating func steps(_ random: inout SeededRandom) -> [[String]] {
    made += 1
    var path: [(action: String, from: String, to: String, round: Int)] = []
    if random.chance(25) {
      path = [("07", "", "", 1)]
    } else {
      let stages = ["01", "02", "03", "04", "05", "06"]
      path = stages.map { ("01", $0, "0\((Int($0) ?? 0) + 1)", 1) }
      if random.chance(20) {
        path[5] = ("03", "06", "04", 1)
        path += [("01", "04", "05", 2), ("01", "05", "06", 2), ("09", "06", "07", 2)]
      }
      // Some wait for a supply and get a later limit: both are steps of handling.
      if random.chance(10) {
        path.insert(
          contentsOf: [(action: "04", from: "04", to: "04", round: 1), (action: "05", from: "04", to: "04", round: 1)], at: 3)
      }
    }
    let number = pools.cases.isEmpty ? "S" + GridPlan.padded(made, 6) : pools.cases[(made - 1) % pools.cases.count]
    let day = 1 + random.below(16)
    return path.enumerated().map { place, step in
      let month = "2025-\(GridPlan.padded(1 + made % 12, 2))"
      let date = "\(month)-\(GridPlan.padded(day + place, 2))"
      let (isExtended, isHeld) = (step.action == "04", step.action == "05")
      return record(
        [
          "serialNumber": number, "stepNo": String(place + 1), "round": String(step.round),
          "stageCode": step.from.isEmpty ? "01" : step.from, "actionCode": step.action, "fromStage": step.from,
          "toStage": step.to,
          "actionTime": "\(date) 09:00:00",
          "endTime": isHeld ? "\(month)-\(GridPlan.padded(day + place + 1, 2)) 08:30:00" : "\(date) 10:30:00",
          "deadline": "", "approverName": isExtended ? "示例批准人" : "",
          "newDeadline": isExtended ? "\(month)-28 18:00:00" : "",
          "suspendReason": isHeld ? "示例原因：等待供货" : "",
          "reviewDate": isHeld ? "\(month)-\(GridPlan.padded(day + place + 1, 2))" : "", "superviseLevel": "",
        ], &random)
    }
  }
}
