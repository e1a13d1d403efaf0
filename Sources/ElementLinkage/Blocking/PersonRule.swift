import ElementCore

/// How records of people come together to be compared: those that share a key of a rule.
package enum PersonRule: Int, Sendable, CaseIterable {
  case number, numberTail, numberCore, masked, phone, nameBirth, nameHead, nameCommunity, soundYear, surnameBirth
  case placeYear, placeDay, placeSound

  /// The name in plans and findings.
  package var name: String {
    switch self {
    case .number: "number"
    case .numberTail: "number-tail"
    case .numberCore: "number-core"
    case .masked: "masked"
    case .phone: "phone"
    case .nameBirth: "name-birth"
    case .nameHead: "name-head"
    case .nameCommunity: "name-community"
    case .soundYear: "sound-year"
    case .surnameBirth: "surname-birth"
    case .placeYear: "place-year"
    case .placeDay: "place-day"
    case .placeSound: "place-sound"
    }
  }

  /// What splits a block that is too large.
  enum Refinement {
    case sex, firstSix, surnameSound, year, month, division, lastSound, name
  }

  /// What its blocks are split by, one after another.
  var refinements: [Refinement] {
    switch self {
    case .number: [.name]
    case .numberTail, .masked, .placeYear, .placeDay, .placeSound: [.sex]
    case .numberCore: [.firstSix]
    case .phone: [.surnameSound, .year]
    case .nameBirth: [.division, .sex]
    case .nameHead: []
    case .nameCommunity: [.sex, .year]
    case .soundYear: [.sex, .division, .month]
    case .surnameBirth: [.division, .lastSound]
    }
  }
}
