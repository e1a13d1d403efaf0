import ElementCore

/// The guards that two rows alone tell (linkage design, §4.4); others need all pairs, or groups.
struct PersonGuards {
  private let left: PersonFeatures
  private let right: PersonFeatures
  private let levels: PersonLevels
  /// Births so many years apart are a generation apart.
  private static let generation = 15

  init(_ left: PersonFeatures, _ right: PersonFeatures, _ levels: PersonLevels) {
    (self.left, self.right, self.levels) = (left, right, levels)
  }

  /// The first guard that holds, those first that make no link at all.
  func barrier(lifted: Set<LinkageGuard>) -> LinkageGuard? {
    if levels.number == .validDiffer { return .twoNumbers }
    if isOneNumberOfTwo { return .oneNumber }
    // One number of one person says more than any of the rest.
    let isNumbered = levels.number == .same
    if isTwin, !lifted.contains(.twin) { return .twin }
    if isGeneration, !lifted.contains(.generation) { return .generation }
    if isDead(left, right) || isDead(right, left), !lifted.contains(.dead) { return .dead }
    if !isNumbered, left.isMinor || right.isMinor, left.identity == 0 || right.identity == 0, !lifted.contains(.minor) {
      return .minor
    }
    if !isNumbered, areTwoCertificates, !lifted.contains(.twoCertificates) { return .twoCertificates }
    return nil
  }

  private var hasNumberLink: Bool { [.same, .off1, .sameWrong].contains(levels.number) }

  private var isOneNumberOfTwo: Bool {
    guard levels.number == .same, levels.name.isAnother else { return false }
    let births = BirthLevel(BirthDates(column: left.columnBirth), BirthDates(column: right.columnBirth))
    // One character and one slip of a date are two slips of one person; another given name is not.
    let isSlip = levels.name == .oneChar && births.isSlip
    let isOtherBirth = births != .same && births != .none && !isSlip
    let isOtherSex = left.columnSex != 0 && right.columnSex != 0 && left.columnSex != right.columnSex
    return isOtherBirth || isOtherSex || levels.name == .differ && (!left.hasValidNumber || !right.hasValidNumber)
  }

  private var isTwin: Bool {
    guard levels.place == .home, levels.birth == .same, !hasNumberLink else { return false }
    return [.missing, .oneChar, .surname, .surnameSound, .given, .differ].contains(levels.name)
  }

  private var isGeneration: Bool {
    guard levels.place == .home, !hasNumberLink, !left.name.isEmpty, !right.name.isEmpty, left.name[0] == right.name[0] else {
      return false
    }
    let (mine, its) = (left.births.all, right.births.all)
    guard !mine.isEmpty, !its.isEmpty else { return false }
    return mine.allSatisfy { one in its.allSatisfy { abs(one.year - $0.year) >= Self.generation } }
  }

  private func isDead(_ one: PersonFeatures, _ other: PersonFeatures) -> Bool {
    one.isDeceased && !other.isDeceased && one.activity != 0 && other.activity > one.activity
  }

  private var areTwoCertificates: Bool {
    levels.certificate == .differ && !left.isCertificateExpired && !right.isCertificateExpired
  }
}
