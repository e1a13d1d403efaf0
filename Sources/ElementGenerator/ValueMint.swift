import ElementCore
import ElementSchema

/// Makes values by what the schema says of a field, for fields that nothing else decides.
struct ValueMint {
  private let pack: SchemaPack
  private let years: ClosedRange<Int>
  private var issued = 0

  /// A mint for the sets of a pack; `seed` keeps the numbers of small deliveries apart, past days lie in `years`.
  init(pack: SchemaPack, seed: UInt64, years: ClosedRange<Int>) {
    self.pack = pack
    self.years = years
    issued = Int(seed % 90) * 1_000
  }

  /// A value of a field; `person` makes somebody new, `number` is the record's.
  mutating func value(_ field: Field, number: Int, _ random: inout SeededRandom, person: (inout SeededRandom) -> Person)
    -> String
  {
    switch field.type {
    case .code(let set): return code(field.versions.first ?? set, field, &random)
    case .date: return day(field.past, &random)
    case .dateTime: return day(field.past, &random) + " " + time(&random)
    case .phone: return ValueMint.phone(&random)
    case .integer: return String(integer(field, &random))
    case .decimal: return field.scale ?? 0 > 0 ? "\(1 + random.below(90)).\(1 + random.below(9))" : String(1 + random.below(90))
    case .boolean: return random.pick(["1", "0"])
    case .divisionCode: return String(DivisionTable.exampleCode)
    case .statisticalCode: return field.digits == 9 ? "320699001" : "320699001001"
    case .gridCode: return GridPlan.code(random.below(GridPlan.count))
    case .citizenId: return person(&random).identityNum
    case .coordinate(let axis, _):
      let degrees = axis == .longitude ? 120 : 32
      return "\(degrees).\(GridPlan.padded(400_001 + random.below(199_998), 6))"
    case .identifier(let kind): return identifier(kind, &random)
    case .certNumber: return ""
    case .text(let content): return text(content, field, number, &random)
    }
  }

  /// A certificate number that fits its type (GA/T 517).
  mutating func certificate(type: String, _ random: inout SeededRandom, person: (inout SeededRandom) -> Person) -> String {
    switch type {
    case "111", "": return person(&random).identityNum
    default:
      issued += 1
      return "E" + GridPlan.padded(10_000_000 + issued, 8)
    }
  }

  /// A mobile number.
  static func phone(_ random: inout SeededRandom) -> String {
    random.pick(["138", "139", "150", "186", "177"]) + GridPlan.padded(random.below(99_999_998) + 1, 8)
  }

  private func code(_ set: String, _ field: Field, _ random: inout SeededRandom) -> String {
    let entries = pack.table(set).only(field.values).entries
    if entries.isEmpty { return field.digits.map { GridPlan.padded(1 + random.below(8), $0) } ?? "" }
    // Types of certificates whose numbers we can make.
    if set == "certificateType" { return "111" }
    return random.pick(entries).code
  }

  private func day(_ isPast: Bool, _ random: inout SeededRandom) -> String {
    let year = isPast ? years.lowerBound + random.below(years.count) : 2026 + random.below(3)
    return "\(year)-\(GridPlan.padded(1 + random.below(12), 2))-\(GridPlan.padded(1 + random.below(28), 2))"
  }

  /// A day moved by some days; nil where that is no day of a month of 28.
  func moved(_ day: CalendarDate, by days: Int) -> CalendarDate? {
    let number = (day.year * 12 + day.month - 1) * 28 + min(day.day, 28) - 1 + days
    return CalendarDate(year: number / 336, month: number % 336 / 28 + 1, day: number % 28 + 1)
  }

  private func time(_ random: inout SeededRandom) -> String {
    "\(GridPlan.padded(8 + random.below(10), 2)):\(GridPlan.padded(random.below(60), 2)):00"
  }

  private func integer(_ field: Field, _ random: inout SeededRandom) -> Int {
    var most = 19
    if let digits = field.digits, digits == 1 { most = 9 }
    if let maximum = field.maximum { most = min(most, maximum) }
    let least = field.minimum ?? 0
    return least + random.below(max(1, most - least + 1))
  }

  private mutating func identifier(_ kind: IdentifierKind, _ random: inout SeededRandom) -> String {
    switch kind {
    case .creditCode, .creditOrRegistration: return creditCode()
    case .postcode: return "226\(GridPlan.padded(random.below(600), 3))"
    case .plate: return "苏F\(GridPlan.padded(10_000 + random.below(89_999), 5))"
    default: return ""
    }
  }

  /// A unified social credit code in the example county.
  private mutating func creditCode() -> String {
    issued += 1
    let organization = "MA" + GridPlan.padded(issued, 6)
    var code = Array("91\(DivisionTable.exampleCode)\(organization)".utf8)
    code.append(OrganizationCode.checkCharacter(Array(organization.utf8).span) ?? 0x30)
    code.append(CreditCode.checkCharacter(code.span))
    return String(decoding: code, as: UTF8.self)
  }

  private func text(_ content: TextContent, _ field: Field, _ number: Int, _ random: inout SeededRandom) -> String {
    switch content {
    case .personName: return SampleStock.name(random.pick(SampleStock.surnames), &random)
    case .address: return "\(random.pick(SampleStock.roads))\(1 + random.below(200))号"
    case .code:
      if field.duty == .key { return "\(field.name.prefix(1).uppercased())\(GridPlan.padded(number, 6))" }
      return String("N\(GridPlan.padded(1 + random.below(999_999), 6))".suffix(field.length ?? 7))
    case .free:
      // A foreign name is written in Latin letters.
      if field.name.hasPrefix("foreign") { return random.pick(["EXAMPLE", "SAMPLE", "MODEL", "SPECIMEN"]) }
      let text = "示例" + field.title.prefix { $0 != "（" } + (field.duty == .key ? String(number) : "")
      return String(text.prefix(field.length ?? .max))
    }
  }
}
