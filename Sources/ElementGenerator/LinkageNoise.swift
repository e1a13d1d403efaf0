import ElementCore

/// What happens to values that are written once more: slips of the hand, of the ear and of the eye, and things left out.
struct LinkageNoise: Sendable {
  /// Characters of given names, and others that sound or look like them.
  private static let characters = Array(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉玲建国春红金玉海晓志永华宇欣怡梓涵子轩英兰峰云飞燕东清宁安然琪佳豪雨桐泽纬炜维方芬娴珊闵靖菁莉立蕾雷君钧阳扬咏泳雁彦洁捷鹃涓淘滔铭鸣绣岫侠夏萍苹钢纲贵闻雯晖挥琳灵健剑郭果椿虹宏锦瑾钰语孩凯小肖智治泳勇骅烨字予新心仪宜紫姿晗函自萱瑄莹颖岚蓝锋枫芸匀菲妃冬栋青轻凝林鞍燃冉淇琦家嘉毫壕羽语彤童择则"
  ).map { $0.unicodeScalars.first?.value ?? 0 }

  /// For each character those that sound or look like it.
  private let alike: [UInt32: [UInt32]]

  init() {
    let table = HanTable.shared
    let all = Set(Self.characters)
    var alike: [UInt32: [UInt32]] = [:]
    for one in all {
      alike[one] = all.filter { $0 != one && (table.soundAlike(one, $0) || table.lookAlike(one, $0)) }.sorted()
    }
    self.alike = alike
  }

  /// A character of a given name.
  func givenCharacter(_ random: inout SeededRandom) -> Character { Self.character(random.pick(Self.characters)) }

  private static func character(_ scalar: UInt32) -> Character { UnicodeScalar(scalar).map(Character.init) ?? "某" }

  /// Spoils one value, and says how; nil where the value that was chosen is not there.
  func spoil(_ person: inout LinkedPerson, _ random: inout SeededRandom) -> String? {
    switch random.below(10) {
    case 0, 1, 2: spoilNumber(&person, &random)
    case 3, 4, 5: spoilName(&person, &random)
    case 6: spoilBirth(&person, &random)
    case 7: spoilPhone(&person, &random)
    case 8: spoilHome(&person, &random)
    default: spoilAddress(&person, &random)
    }
  }

  private func spoilNumber(_ person: inout LinkedPerson, _ random: inout SeededRandom) -> String? {
    guard person.number.utf8.count == 18 else { return nil }
    var digits = Array(person.number)
    switch random.below(6) {
    case 0, 1:
      person.number = ""
      return "number-left-out"
    case 2:
      let place = random.below(17)
      digits[place] = Character("\(((Int(String(digits[place])) ?? 0) + 1 + random.below(9)) % 10)")
      person.number = String(digits)
      return "number-digit"
    case 3:
      let place = 6 + random.below(10)
      if digits[place] == digits[place + 1] { return nil }
      digits.swapAt(place, place + 1)
      person.number = String(digits)
      return "number-swapped"
    case 4:
      person.number = String(digits.prefix(6)) + "********" + String(digits.suffix(4))
      return "number-masked"
    default:
      if !person.number.hasPrefix("32069919") { return nil }
      person.number = String(digits.prefix(6)) + String(digits[8..<17])
      return "number-fifteen"
    }
  }

  private func spoilName(_ person: inout LinkedPerson, _ random: inout SeededRandom) -> String? {
    var name = Array(person.name.unicodeScalars.map(\.value))
    guard name.count >= 2 else { return nil }
    let place = 1 + random.below(name.count - 1)
    var kind = "name-alike"
    switch random.below(8) {
    case 0 where name.count == 3: (name[1], name[2], kind) = (name[2], name[1], "name-swapped")
    case 1 where name.count == 3:
      name.remove(at: place)
      kind = "name-short"
    case 2:
      name[place] = random.pick(Self.characters)
      kind = "name-character"
    case 3 where !person.former.isEmpty:
      name = person.former.unicodeScalars.map(\.value)
      kind = "name-former"
    default:
      guard let others = alike[name[place]], !others.isEmpty else { return nil }
      name[place] = random.pick(others)
    }
    person.name = String(name.map(Self.character))
    return kind
  }

  private func spoilBirth(_ person: inout LinkedPerson, _ random: inout SeededRandom) -> String? {
    let (year, month, day) = (person.birth.year, person.birth.month, person.birth.day)
    let wrong: (CalendarDate?, String) =
      switch random.below(6) {
      case 0: (CalendarDate(year: year, month: day, day: month), "birth-swapped")
      case 1: (CalendarDate(year: year + (random.chance(50) ? 1 : -1), month: month, day: day), "birth-year")
      case 2: (CalendarDate(year: year, month: 1, day: 1), "birth-first-of-year")
      case 3: (CalendarDate(year: year, month: month, day: day % 10 + 10), "birth-digit")
      case 4: (CalendarDate(year: year, month: month == 1 ? 12 : month - 1, day: min(28, day + 3)), "birth-lunar")
      default: (nil, "birth-left-out")
      }
    if let date = wrong.0 {
      if date == person.birth { return nil }
      person.birthText = date.text
    } else if wrong.1 == "birth-left-out" {
      person.birthText = ""
    } else {
      return nil
    }
    return wrong.1
  }

  private func spoilPhone(_ person: inout LinkedPerson, _ random: inout SeededRandom) -> String? {
    if person.phone.isEmpty || random.chance(60) {
      person.phone = "1" + random.pick(["37", "52", "78"]) + GridPlan.padded(random.below(100_000_000), 8)
      return "phone-other"
    }
    if random.chance(50) {
      person.phone = ""
      return "phone-left-out"
    }
    var digits = Array(person.phone)
    let place = 3 + random.below(8)
    digits[place] = digits[place] == "7" ? "1" : "7"
    person.phone = String(digits)
    return "phone-digit"
  }

  private func spoilHome(_ person: inout LinkedPerson, _ random: inout SeededRandom) -> String? {
    if random.chance(10) {
      person.sex = person.isMale ? "2" : "1"
      return "sex"
    }
    person.household = ""
    if random.chance(50) { person.householder = "" }
    return "household-left-out"
  }

  private func spoilAddress(_ person: inout LinkedPerson, _ random: inout SeededRandom) -> String? {
    if random.chance(20) {
      person.address = ""
      return "address-left-out"
    }
    person.address = person.address.replacing("号楼", with: random.pick(["幢", "栋", "#"])).replacing("单元", with: "-")
      .replacing("室", with: "").replacing("示例市示例区", with: "")
    return "address-written-otherwise"
  }
}
