/// An example of a rule: a small roster, header first, whose last row fails or passes.
package struct RuleExample: Sendable, Hashable {
  /// The dataset it is a roster of.
  package let dataset: String
  /// The roster as CSV, header first.
  package let csv: String

  /// An example.
  package init(_ csv: String, dataset: String = "registeredResident") {
    self.csv = csv
    self.dataset = dataset
  }
}

/// How far findings of a rule may be accepted for a time.
package enum Waivability: Sendable, Comparable {
  /// Not at all: what is wrong cannot be stored, or has a way of its own.
  case never
  /// One by one, by their fingerprints, after somebody looked at each.
  case single
  /// All of a code too.
  case whole
}

/// All that there is to know about a rule, as a value: its page, its messages and its first tests.
package struct RuleDescriptor: Sendable {
  /// The code, such as `V1103`.
  package let code: RuleCode
  /// The name that test vectors use, such as `CHECK_CHAR`.
  package let symbol: String
  /// How much it matters unless a field of low confidence lowers it.
  package let severity: Severity
  /// What it is called, without a full stop.
  package let title: LocalizedText
  /// What a finding says; `{header}`, `{value}`, `{expected}` and the facts of a finding are filled in.
  package let message: LocalizedText
  /// Why it matters.
  package let rationale: LocalizedText
  /// What to do about it.
  package let fix: LocalizedText
  /// The clause of the standard or the source.
  package let source: String
  /// Rosters whose last row has the finding.
  package let failing: [RuleExample]
  /// Rosters whose last row has not.
  package let passing: [RuleExample]
  /// Whether it speaks of reference data rather than of the row: stored once a column, with its count.
  package let aboutReferenceData: Bool
  /// Whether it ends the run before a record is taken: the code of an error, never of a finding.
  package let refusesFile: Bool
  /// How far its findings may be accepted.
  package let waivability: Waivability

  /// A descriptor.
  package init(
    _ code: RuleCode, symbol: String, severity: Severity, title: LocalizedText, message: LocalizedText,
    rationale: LocalizedText, fix: LocalizedText, source: String, failing: [RuleExample] = [], passing: [RuleExample] = [],
    aboutReferenceData: Bool = false, refusesFile: Bool = false, waivability: Waivability? = nil
  ) {
    self.code = code
    self.symbol = symbol
    self.severity = severity
    self.title = title
    self.message = message
    self.rationale = rationale
    self.fix = fix
    self.source = source
    self.failing = failing
    self.passing = passing
    self.aboutReferenceData = aboutReferenceData
    self.refusesFile = refusesFile
    // What a rule over records or groups objects to can be stored, and no row waits for what is no error.
    let isStorable = severity < .error || ["R", "G"].contains(code.phase)
    self.waivability = waivability ?? (isStorable ? .whole : .never)
  }
}

extension RuleDescriptor {
  /// A finding of the rule about a field (from 0) of a row, in its column (from 1), as severe as the rule says.
  package func finding(
    at spot: RecordSpot, column: Int, field: Int, value: String, facts: [String: String] = [:]
  ) -> Finding {
    finding(
      row: Int(spot.row), line: Int(spot.line), column: column, field: field, byte: Int(spot.byteStart), value: value,
      facts: facts)
  }

  /// A finding of the rule, as severe as it says; places count from 1, 0 is the file as a whole; fields count from 0, -1 is none.
  package func finding(
    row: Int = 0, line: Int = 0, column: Int = 0, field: Int = -1, byte: Int = 0, value: String = "", expected: String = "",
    facts: [String: String] = [:], related: [RelatedRow] = [], count: Int = 1
  ) -> Finding {
    Finding(
      code, severity, row: row, line: line, column: column, field: field, byte: byte, value: value, expected: expected,
      facts: facts, related: related, count: count)
  }
}

/// The rules of a run by code: the built-in ones and those of its schemas.
package struct RuleBook: Sendable {
  private let byCode: [RuleCode: RuleDescriptor]

  /// A book of descriptors; the later of two with one code wins.
  package init(_ descriptors: [RuleDescriptor]) {
    byCode = Dictionary(descriptors.map { ($0.code, $0) }, uniquingKeysWith: { $1 })
  }

  /// What the book says of a rule; nil where it has none of that code.
  package subscript(code: RuleCode) -> RuleDescriptor? { byCode[code] }

  /// Every rule once, in the order of the codes.
  package var all: [RuleDescriptor] { byCode.values.sorted { $0.code < $1.code } }
}

extension RuleDescriptor {
  /// What to do about a finding of the rule where only its column is known, or not even that: what else would be filled in is left open.
  package func fixText(_ language: Language, header: String? = nil) -> String {
    let column = language == .zh ? "该列" : "the column"
    var text = fix[language]
    if let header, !header.isEmpty {
      text = text.replacing("{header}", with: header)
    } else {
      text = text.replacing("“{header}”", with: column).replacing("\"{header}\"", with: column).replacing(
        "{header}", with: column)
    }
    while let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") {
      text.replaceSubrange(open...close, with: "…")
    }
    return text
  }
}
