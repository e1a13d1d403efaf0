import ElementCore

/// A generated person.
struct Person: Sendable {
  /// The citizen number, in the example county.
  var identityNum: String
  var name: String
  /// Whether the person is a man.
  var isMale: Bool
  var birth: CalendarDate
}

/// Makes persons whose numbers are all different and belong to the example county, which was never assigned.
struct PersonMint {
  /// Which generation of a household somebody belongs to.
  enum Generation: Int {
    /// Born from 1930 to 1949.
    case elder
    /// Born from 1955 to 1984.
    case adult
    /// Born from 1995 to 2019.
    case child
  }

  /// By generation and sex: the sequences of men and women are counted apart.
  private var issued: [Int]
  private static let firstDays = [(1930, 1950), (1955, 1985), (1995, 2020)]

  /// A mint for a seed: small deliveries of different seeds share nobody.
  init(seed: UInt64) {
    issued = Array(repeating: Int(seed % 97) * 5_000, count: 6)
  }

  /// A new person.
  mutating func person(_ generation: Generation, male: Bool, surname: String, _ random: inout SeededRandom) -> Person {
    let (firstYear, lastYear) = PersonMint.firstDays[generation.rawValue]
    let place = generation.rawValue * 2 + (male ? 1 : 0)
    let days = (lastYear - firstYear) * 336
    // Steps that share no factor with the number of days visit every day before any day twice.
    let day = issued[place] * 2_741 % days
    let sequence = issued[place] / days * 2 + (male ? 1 : 2)
    issued[place] += 1
    guard let birth = CalendarDate(year: firstYear + day / 336, month: day % 336 / 28 + 1, day: day % 28 + 1) else {
      bug("a generated day is no day")
    }
    return Person(
      identityNum: PersonMint.number(birth, sequence), name: SampleStock.name(surname, &random), isMale: male, birth: birth)
  }

  /// A new person of any generation and sex.
  mutating func anybody(_ random: inout SeededRandom) -> Person {
    person(.adult, male: random.chance(50), surname: random.pick(SampleStock.surnames), &random)
  }

  /// The number of a birth date and a sequence in the example county.
  static func number(_ birth: CalendarDate, _ sequence: Int) -> String {
    let digits = "\(DivisionTable.exampleCode)" + birth.text.replacing("-", with: "") + GridPlan.padded(sequence, 3)
    let bytes = Array(digits.utf8)
    return digits + String(UnicodeScalar(CitizenID.checkCharacter(bytes.span)))
  }
}
