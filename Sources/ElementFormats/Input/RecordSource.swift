package import ElementCore

/// Reads the records of a roster in batches, in order, with memory that does not grow with the file: one for each format.
package protocol RecordSource: Sendable {
  /// The next batch; nil at the end.
  ///
  /// - Throws: `InputError` where the file cannot be read on, or what keeps a table from being read.
  mutating func nextBatch() throws -> RecordBatch?
  /// Goes on at a record that an earlier reader passed, where that is ahead and leaving out what lies between is possible.
  ///
  /// - Throws: as `nextBatch` does.
  mutating func skip(to start: RecordStart) throws
  /// Lines or rows without content so far.
  var blankLines: Int { get }
  /// What is to be said of the file as a whole, when its end is reached.
  var notes: [SourceNote] { get }
  /// Columns that came after the ones that the reader knew, such as keys of later records; they were not read.
  var lateColumns: [String] { get }
}

extension RecordSource {
  /// Most readers start where they are asked to.
  package mutating func skip(to start: RecordStart) throws {}
  /// Most formats say nothing beside their records.
  package var notes: [SourceNote] { [] }
  /// Most formats have all columns in their header.
  package var lateColumns: [String] { [] }
}

/// Something about a file as a whole that its reader met.
package struct SourceNote: Sendable, Hashable {
  /// What was met.
  package enum Kind: String, Sendable, CaseIterable {
    /// Cells whose value a formula made: the value that was stored last is taken.
    case formulas
    /// Cells with a formula whose value was never worked out: nothing can be taken.
    case emptyFormulas
    /// Cells that hold an error of the spreadsheet, such as #N/A.
    case errorCells
    /// Rows that are hidden in the spreadsheet; they are read like others.
    case hiddenRows
    /// Columns that are hidden in the spreadsheet; they are read like others.
    case hiddenColumns
    /// Cells merged below the header: only the first of each range has a value.
    case mergedCells
    /// Cells beside the columns of the header; they are not read.
    case strayCells
    /// Elements that stand where records do, with another name; they are not read.
    case strayElements
    /// Elements around the records that the schema does not allow.
    case invalidElements
    /// Fields in quotes with blanks before them.
    case spacedQuotes
    /// Records that begin with a byte order mark.
    case marks
    /// Records that are the header again; they are passed over.
    case repeatedHeaders
    /// Records of a work list that nobody filled in; they are passed over.
    case unanswered
    /// Records that lack only empty last fields, or have empty ones too many.
    case shortRows
  }

  /// What was met.
  package let kind: Kind
  /// How often.
  package let count: Int
  /// The row of the first one, from 1; 0 where there is none.
  package let line: Int
  /// Where the first one is, such as `C17`.
  package let place: String

  /// A note.
  package init(_ kind: Kind, count: Int, line: Int, place: String) {
    self.kind = kind
    self.count = count
    self.line = line
    self.place = place
  }
}
