package import ElementCore
import ElementFormats

/// A value that is written otherwise: what stood in a cell, what stands there from now on, and why.
package struct CellRepair: Sendable, Hashable {
  /// The sheet of a workbook; empty for other formats.
  package var sheet = ""
  /// The record, from 1.
  package var row: Int
  /// Its physical line, or row of the sheet, from 1.
  package var line: Int
  /// The column, from 1.
  package var column: Int
  /// The heading of the column as the file writes it.
  package var header: String
  /// The field of the dataset by its name.
  package var field: String
  /// The rules that asked for it (`N…`, or the code of a finding whose offer was taken).
  package var codes: [RuleCode]
  /// What stood there.
  package var old: String
  /// What stands there now.
  package var new: String
  /// The name that stood there for a code, without blanks at its ends; nil where none did.
  var name: String?
  /// Whether a person should look at it: it was an offer, not a repair that is safe.
  package var isUnsafe = false

  /// The cell as programs name it: `C17`.
  package var cell: String { SpreadsheetColumn.letters(column) + String(line) }
}
