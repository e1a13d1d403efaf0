/// How a cell is marked that something is wrong with.
package enum CellTint: UInt8, Sendable, Hashable, CaseIterable {
  /// Worth knowing.
  case info
  /// Doubtful.
  case warning
  /// Wrong.
  case error

  /// The colour of its fill, alpha first. These three are ours: by them a mark is known again, whatever program saved the workbook.
  var colour: String {
    switch self {
    case .info: "FFDCE9F5"
    case .warning: "FFFDEBB7"
    case .error: "FFF9CBBD"
    }
  }
}

/// What is to be done to a cell of a sheet.
package struct CellEdit: Sendable, Hashable {
  /// Its row at the left edge, from 1.
  package let line: Int
  /// Its column, from 1.
  package let column: Int
  /// The colour that it gets; nil for its own.
  package var tint: CellTint?
  /// What a note at its corner says; empty for none.
  package var note = ""
  /// The text that stands in it from now on; nil for what it holds.
  package var text: [UInt8]?

  /// Nothing to be done to a cell yet.
  package init(line: Int, column: Int) {
    (self.line, self.column) = (line, column)
  }
}

/// What is to be done to a sheet.
package struct SheetPatch: Sendable {
  /// Where the cells are.
  package let sheet: Workbook.Sheet
  /// The row of the headings, from 1; 0 where there is none.
  package let headerLine: Int
  /// What is done to cells, by line and then by column.
  package var cells: [CellEdit] = []
  /// The heading of the column with the reasons of each row; nil where no such column is written.
  package var resultHeading: String?
  /// Columns (from 1) with reasons of an earlier check, which go.
  package var oldResults: [Int] = []
  /// The reasons of each row, by line.
  package var reasons: [(line: Int, text: String)] = []

  /// Nothing to be done yet.
  package init(_ sheet: Workbook.Sheet, headerLine: Int) {
    (self.sheet, self.headerLine) = (sheet, headerLine)
  }
}

/// What is to be done to a workbook.
package struct WorkbookPatch: Sendable {
  /// What is done to its sheets.
  package var sheets: [SheetPatch] = []
  /// A sheet that comes last and is opened first; nil for none.
  package var summary: StyledSheet?
  /// Whether marks of an earlier check go.
  package var clearsMarks = false

  /// Nothing to be done yet.
  package init() {}
}
