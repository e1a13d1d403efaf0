package import ElementCore

/// Which words and marks stand for nothing in a field (无, NULL, a dash).
package enum NothingPolicy: String, Sendable, CaseIterable {
  /// All of them.
  case words
  /// All of them, and a lone zero, as in 户号.
  case zero
  /// Marks that only programs and slips write: a foreigner may be called Null.
  case marks
  /// None: 无 is an answer.
  case keep
}

/// What is owed of a field.
package enum Duty: String, Sendable, CaseIterable, Comparable {
  /// Part of the dataset's key, and for people the name.
  case key
  /// Demanded by an overlay, a profile or the configuration: a row without it waits.
  case required
  /// Marked as to be filled in on forms: its absence feeds completeness.
  case expected
  /// Left to the sender.
  case optional

  /// What is owed less is less.
  package static func < (left: Duty, right: Duty) -> Bool { left.rank > right.rank }

  private var rank: Int { Duty.allCases.firstIndex(of: self) ?? 0 }
}

/// A field of a dataset.
package struct Field: Sendable, Hashable {
  /// The identifier: schema, column, JSON and code use this one name.
  package let name: String
  /// The item name, as GB/T 31000 titles it.
  package let title: String
  /// The English name of the item.
  package let english: String
  /// Other headings it is known by.
  package var aliases: [String]
  /// What its values are.
  package let type: FieldType
  /// What is owed of it.
  package var duty: Duty
  /// How open it is.
  package var sensitivity: Sensitivity
  /// The longest value in code points; nil for no limit.
  package var length: Int?
  /// The number of digits of a number or code; nil for any.
  package var digits: Int?
  /// The number of decimal places; nil for any.
  package var scale: Int?
  /// The least number allowed; nil for none.
  package var minimum: Int?
  /// The greatest number allowed; nil for none.
  package var maximum: Int?
  /// The codes of the set that are allowed; nil for all.
  package var values: [String]?
  /// Whether values outside the code set are kept as they stand, with no more than an info finding.
  package let isOpen: Bool
  /// Whether its heading counts where a header is recognised: lists of all kinds have a floor and a building.
  package let tells: Bool
  /// The versions of the code set that senders use, of which a batch declares one; none where there is one list.
  package let versions: [String]
  /// Whether a date must not lie after today.
  package var past: Bool
  /// The field whose citizen number holds the same birth date; nil for none.
  package let birthDateOf: String?
  /// The field of a person's name whose former value it holds; nil for none.
  package let formerNameOf: String?
  /// Which words stand for nothing.
  package var nothing = NothingPolicy.words
  /// Whether an empty value takes the stored one away: else only `<清空>` does.
  package var clearing: Bool
  /// Which value stands where a delivered row and the stored one differ.
  package var survivor = Survivor.incoming
  /// Where the item comes from.
  package let source: String
  /// Why it is kept at all, where it is sensitive; else empty.
  package let reason: String
  /// A to D; violations of A and B are errors, of C and D warnings.
  package var confidence: String

  /// Which layer made the field, and where.
  package let origin: SettingOrigin
  /// Which layer set each of its attributes, where it was not the one that made it.
  package var origins: [String: SettingOrigin] = [:]

  /// What layers may narrow, by the names that schemas use; empty where nothing is said.
  package var settings: [(key: String, value: String)] {
    [
      ("duty", duty.rawValue), ("sensitivity", sensitivity.rawValue), ("confidence", confidence),
      ("length", length.map(String.init) ?? ""), ("digits", digits.map(String.init) ?? ""),
      ("scale", scale.map(String.init) ?? ""), ("min", minimum.map(String.init) ?? ""),
      ("max", maximum.map(String.init) ?? ""), ("past", past ? "true" : ""), ("clearing", clearing ? "true" : ""),
      ("survivor", survivor == .incoming ? "" : survivor.text),
      ("values", values?.joined(separator: ", ") ?? ""), ("aliases", aliases.joined(separator: "、")),
    ]
  }

  /// Whether violations count as errors.
  package var isBinding: Bool { confidence == "A" || confidence == "B" }

  /// What people call the item: the standard's name, or its English term.
  package func title(_ language: Language) -> String { language == .zh ? title : english }

  /// The value as it may be said.
  package func mask(_ value: String) -> String { Masking.mask(value, sensitivity: sensitivity, kind: type.maskKind) }
}
