package import ElementCore

/// A list of what a grid member has to do.
package enum WorkListKind: String, Sendable, CaseIterable {
  /// Stored rows of which something was found.
  case correction
  /// Families and objects that are due for a visit.
  case visit
  /// Records that are due to be looked at.
  case verification
  /// Cases that are open beyond their limit.
  case overdue

  /// What the list is called.
  package var title: LocalizedText {
    switch self {
    case .correction: LocalizedText(zh: "待更正", en: "To correct")
    case .visit: LocalizedText(zh: "待走访", en: "To visit")
    case .verification: LocalizedText(zh: "待核查", en: "To verify")
    case .overdue: LocalizedText(zh: "超期事件", en: "Overdue cases")
    }
  }

  /// The dataset that the list comes back as, filled in; nil for one that is worked off elsewhere.
  package var dataset: String? {
    switch self {
    case .visit: "visit"
    case .verification: "verification"
    case .correction, .overdue: nil
    }
  }

  /// What stands before the place of a row in its number.
  var letter: String { self == .visit ? "V" : "C" }
}
