/// What a model would do to pairs that are surely two people, if their numbers were not there: how many strangers it joins among those without numbers, without a
/// label of anybody.
///
/// Guards that take more than levels (a generation apart, a child, a death) are not looked at, and frequencies are not counted: the true number is less.
package struct SelfAudit: Sendable, Hashable {
  /// Pairs of two different valid numbers.
  package private(set) var vetoed = 0
  /// How many of them would be linked without a person.
  package private(set) var passing = 0
  /// Pairs whose numbers say nothing.
  package private(set) var undecided = 0
  /// How many of them are linked without a person.
  package private(set) var linked = 0

  private static let most = 0.005
  private static let otherNames: Set<PersonNameLevel> = [.missing, .oneChar, .surname, .surnameSound, .given, .differ]

  /// Judges the patterns of all pairs of a run by a model.
  package init(_ model: LinkageModel, patterns: [UInt64: Int]) {
    let weights = PersonComparison.allCases.map { LevelWeights(model.shares[$0] ?? [:]) }
    let prior = LevelWeights.weight(model.prior / (1 - model.prior))
    for (pattern, count) in patterns {
      let number = NumberLevel(rawValue: PersonComparison.number.level(in: pattern)) ?? .none
      if number == .same || number == .sameWrong { continue }
      let isVetoed = number == .validDiffer
      let isHome = PersonComparison.place.level(in: pattern) == PlaceLevel.home.rawValue
      let told = PersonComparison.allCases.filter { !isVetoed || $0 != .number }
      let weight = told.reduce(prior) { $0 + weights[$1.rawValue].weight($1.level(in: pattern), isHome: isHome) }
      let joins = weight >= model.auto && !Self.isTwin(pattern, isHome)
      if isVetoed {
        vetoed += count
        if joins { passing += count }
      } else {
        undecided += count
        if joins { linked += count }
      }
    }
  }

  private static func isTwin(_ pattern: UInt64, _ isHome: Bool) -> Bool {
    guard isHome, PersonComparison.birth.level(in: pattern) == BirthLevel.same.rawValue else { return false }
    return otherNames.contains(PersonNameLevel(rawValue: PersonComparison.name.level(in: pattern)) ?? .none)
  }

  /// How many pairs are expected to be joined wrongly.
  package var expectedFalse: Double { vetoed == 0 ? 0 : Double(passing) / Double(vetoed) * Double(undecided) }

  /// Whether that is more than may be: half a percent of those that are joined.
  package var isTooMuch: Bool { expectedFalse > max(1, Double(linked) * Self.most) }
}
