import ElementCore

/// What is compared in files of columns that no dataset describes, and which records come together: a model with `columns`.
package struct ColumnPlan: Sendable {
  /// How two values of a column are compared; each gives levels from the most alike on.
  package enum Comparator: Sendable, Hashable {
    /// Equal or not.
    case exact
    /// Alike by Jaro–Winkler: a level for each least similarity, falling.
    case jaroWinkler([Double])
    /// So many edits apart, a transposition being one: a level for each most distance, rising.
    case damerau([Int])
    /// Two dates, as dates of birth are compared.
    case date
    /// Two numbers: a level for each most difference, rising.
    case number([Double])
    /// Sets of words: equal, one in the other, one in common.
    case words
    /// Codes, of which an equal one decides: they are one.
    case code
    /// Unified social credit codes: an equal sound one decides, and two sound ones that differ are two.
    case creditCode
    /// Addresses of houses or seats; two rooms of one building are two.
    case address
    /// Names of people.
    case personName
    /// Names of organisations; two branches are two.
    case organizationName
  }

  /// A column that is compared.
  package struct Column: Sendable {
    /// Its heading.
    package let name: String
    /// How.
    package let comparator: Comparator
    /// Whether rare values say more.
    package let countsFrequency: Bool
    /// The shares of its levels in thousandths, where the model gives them; else they are learned from the records.
    package let shares: [Int: LevelWeights.Shares]

    /// The levels, by their places, that decide by themselves and weigh nothing.
    package var decisive: Set<Int> {
      switch comparator {
      case .code, .creditCode: [0]
      default: []
      }
    }

    /// The names of its levels, the last for a value that is missing.
    package var levels: [String] {
      switch comparator {
      case .exact: ["exact", "differ", "none"]
      case .jaroWinkler(let least): ["exact"] + least.map { "jaroWinkler\($0)" } + ["differ", "none"]
      case .damerau(let most): ["exact"] + most.map { "damerau\($0)" } + ["differ", "none"]
      case .date: BirthLevel.allCases.map { String(describing: $0) }
      case .number(let most): ["exact"] + most.map { "number\($0)" } + ["differ", "none"]
      case .words: ["exact", "inside", "common", "differ", "none"]
      case .code: ["same", "differ", "none"]
      case .creditCode: ["same", "off1", "differ", "none"]
      case .address: AddressLevel.allCases.map { String(describing: $0) }
      case .personName: NameLevel.allCases.map { String(describing: $0) } + ["none"]
      case .organizationName: OrganizationNameLevel.allCases.map { String(describing: $0) }
      }
    }
  }

  /// A part of a key: a column, and what of it.
  package struct KeyPart: Sendable, Hashable {
    /// What of a value stands in a key.
    package enum Part: Sendable, Hashable {
      /// Everything, from the first character to the last.
      case whole
      /// So many characters from the first.
      case prefix(Int)
      /// What it sounds like: Soundex of Latin letters, syllables of Han characters.
      case sound
      /// The first four digits.
      case year
      /// The last four digits: month and day.
      case day
      /// Of an address the last three numbers and its last word.
      case home
      /// Of the name of an organisation the name proper.
      case core
      /// What the first four characters of that sound like.
      case coreSound
    }

    /// The place of the column, from 0.
    package let column: Int
    /// Which of its characters stand in the key.
    package let part: Part
  }

  /// The columns that are compared; at most sixteen.
  package let columns: [Column]
  /// The keys under which records come together.
  package let rules: [[KeyPart]]
  /// All headings that are read: those compared, and those that stand in keys only.
  package let headings: [String]
}
