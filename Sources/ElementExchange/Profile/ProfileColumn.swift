import ElementCore
package import ElementExpression
import ElementSchema

/// A column of a target: where its values come from, how they are written, and what the target demands of them.
package struct ProfileColumn: Sendable {
  /// What a run says of itself in each record.
  package enum Stamp: String, Sendable, CaseIterable {
    /// What became of the record: the profile's words for added and changed, and for deleted.
    case operation
    /// When the package was made, `YYYY-MM-DD HH:MM:SS` in the office's zone.
    case uploadTime
    /// The identity of the package.
    case packageId
    /// The code of the office that sends.
    case senderCode
    /// The pseudonym of the person, house or organisation: 64 hexadecimal digits, another for each profile and recipient; for the office itself the
    /// number, such as P000123.
    case entity
    /// The pseudonym of the one that answers for a golden record that is gone.
    case replacedBy
    /// The datasets that a golden record is made of, parted by `+`.
    case provenance
  }

  /// Where values come from.
  package enum Source: Sendable, Hashable {
    /// A field, from 0.
    case field(Int)
    /// Several fields, from 0, with a text between those that are not empty.
    case joined([Int], separator: [UInt8])
    /// The same in every record.
    case constant([UInt8])
    case stamp(Stamp)
  }

  /// How values are written.
  package enum Form: Sendable {
    /// As they are stored.
    case stored
    /// By the target's codes.
    case codes(CodeMapping)
    /// Dates in the target's style.
    case date(DateStyle)
    /// Yes and no in the target's words.
    case flag(yes: [UInt8], no: [UInt8])
  }

  /// The heading, as the target writes it, misspelt or not.
  package let name: String
  /// Where its values come from.
  package let source: Source
  /// How they are written.
  package let form: Form
  /// What is done with them then, in order.
  package let steps: [ColumnStep]
  /// Whether the target takes no record without a value.
  package let isRequired: Bool
  /// The most characters that the target takes; nil for any.
  package let length: Int?
  /// What values match as a whole; nil for any.
  package let pattern: BytePattern?
  /// The values that the target takes; empty for any.
  package let values: Set<[UInt8]>
  /// Whether values are whole numbers.
  package let isNumber: Bool
  /// The words of the stamp `operation`: for added and changed, and for deleted.
  package let operationWords: (kept: [UInt8], deleted: [UInt8])

  /// The same without values.
  var withheld: ProfileColumn {
    ProfileColumn(
      name: name, source: .constant([]), form: .stored, steps: [], isRequired: isRequired, length: nil, pattern: nil,
      values: [],
      isNumber: isNumber, operationWords: operationWords)
  }

  /// The fields, from 0, that it shows.
  package var fields: [Int] {
    switch source {
    case .field(let field): [field]
    case .joined(let fields, _): fields
    case .constant, .stamp: []
    }
  }
}
