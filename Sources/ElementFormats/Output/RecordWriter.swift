package import ElementCore

/// Writes records of texts, one after the other, with memory that does not grow with their number: one for each format.
package protocol RecordWriter: AnyObject {
  /// What was written and not taken yet.
  var pending: [UInt8] { get set }
  /// How many bytes were written and not taken yet.
  var pendingCount: Int { get }
  /// Adds a record: its values are ranges of `bytes` and valid UTF-8, in the order of the columns.
  ///
  /// - Throws: `UnwritableValue`; nothing of the record is written then.
  func append(_ bytes: Span<UInt8>, _ values: [FieldRange]) throws(UnwritableValue)
  /// Ends the file.
  ///
  /// - Throws: `UnwritableValue` where the file as a whole goes beyond what its format allows.
  func finish() throws(UnwritableValue)
}

extension RecordWriter {
  /// How many bytes were written and not taken yet.
  package var pendingCount: Int { pending.count }

  /// Adds a record of texts.
  ///
  /// - Throws: `UnwritableValue`; nothing of the record is written then.
  package func append(_ texts: [String]) throws(UnwritableValue) {
    let record = TextRecord(texts)
    try append(record.bytes.span, record.values)
  }
}

/// Texts as a writer takes them.
struct TextRecord {
  /// The texts, one behind the other.
  private(set) var bytes: [UInt8] = []
  /// Where each stands.
  private(set) var values: [FieldRange] = []

  /// A record of texts.
  init(_ texts: [String]) {
    for text in texts {
      let start = bytes.count
      bytes += text.utf8
      values.append(FieldRange(start, bytes.count))
    }
  }
}

/// A column of a file that is written.
package struct WrittenColumn: Sendable, Hashable {
  /// Its heading.
  package let title: String
  /// The values that may be chosen in it; empty where any may stand. Spreadsheets offer them as a list.
  package let choices: [String]
  /// Whether its values are whole numbers, which spreadsheets sort by size; all else is text, codes first of all.
  package let isNumber: Bool
  /// How many Latin characters its values need in a spreadsheet; 0 where the heading says enough.
  package let width: Int

  /// A column of texts, or of numbers.
  package init(_ title: String, choices: [String] = [], isNumber: Bool = false, width: Int = 0) {
    (self.title, self.choices, self.isNumber, self.width) = (title, choices, isNumber, width)
  }
}

/// Why a value, or a file, cannot be written in a format: nothing is replaced or cut.
package struct UnwritableValue: Error, Sendable, Hashable {
  /// What is in the way.
  package enum Reason: Sendable, Hashable {
    /// A character that the format, or the encoding, does not have.
    case character(UInt32)
    /// More characters than a cell may have.
    case tooLong(limit: Int)
    /// More values than there are columns, whose headings the format needs.
    case tooManyValues
    /// Two columns of one heading, by which the format would tell them apart.
    case repeatedHeading
    /// More columns than a sheet has.
    case tooManyColumns(limit: Int)
    /// More than 4 GiB.
    case tooLarge
  }

  /// The column, from 0; -1 where it is none in particular.
  package let column: Int
  /// What is in the way.
  package let reason: Reason

  /// A refusal.
  package init(column: Int, _ reason: Reason) { (self.column, self.reason) = (column, reason) }
}
