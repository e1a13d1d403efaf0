package import ElementCore
import ElementFormats
import ElementSchema

/// A list of findings: CSV, a workbook and JSON Lines with the same names, a page for people.
package enum FindingsList {
  /// A form of the list.
  package enum Form: String, Sendable, CaseIterable {
    /// For spreadsheets.
    case csv
    /// For programs.
    case jsonl
    /// For a browser or a printer.
    case html
    /// For Excel; into a file only.
    case xlsx
    /// For programs that show the results of checks: SARIF 2.1.0.
    case sarif
    /// For continuous integration: JUnit XML.
    case junit = "junit.xml"

    /// A form by the name that `--output-format` takes; nil for others.
    package init?(named name: String) { self.init(rawValue: name == "junit" ? "junit.xml" : name) }

    /// Whether it shows values as they were written where that is asked for.
    package var showsValues: Bool { [.csv, .jsonl, .xlsx].contains(self) }
  }

  /// The columns, in order: by them a list is known, and refused as a roster.
  package static let columns = [
    "code", "severity", "dataset", "file", "sheet", "row", "line", "column", "cell", "field", "header", "value", "message",
    "expected",
    "suggestion", "safe", "path", "fingerprint", "waived", "batch",
  ]

  private static let numbers: Set = ["row", "line", "column", "batch"]

  /// Hands the list of what a run found over, piece by piece, as the filter shows it; CSV begins with a mark in a file, by which
  /// spreadsheets know UTF-8. Values are masked unless it `unmasks`; a page shows none as they are.
  ///
  /// - Throws: `SpillError` where findings cannot be read again, and what `take` throws.
  package static func write(
    _ result: RunResult, _ form: Form, filter: FindingFilter, language: Language, isFile: Bool,
    unmasks: Bool = false, version: String = "", to take: ([UInt8]) throws -> Void
  ) throws {
    switch form {
    case .html: try take(Array(FindingsPage.text(result, filter: filter, language: language).utf8))
    case .sarif: try FindingsSARIF(result, filter, language, version: version).write(to: take)
    case .junit: try take(Array(FindingsJUnit(result, filter, language).text.utf8))
    case .jsonl: try writeLines(result, filter, language, unmasks, take)
    case .csv, .xlsx:
      var text = CSVForm.people
      text.hasMark = isFile
      let columns = columns.map { WrittenColumn($0, isNumber: numbers.contains($0)) }
      do {
        let writer = try (form == .csv ? WrittenFormat.csv : .xlsx).writer(
          columns, text: text, sheet: language == .zh ? "问题" : "findings")
        try each(result, filter, language, unmasks) { cells in
          try writer.append(cells.map { cut($0 ?? "") })
          try hand(writer, to: take, atLeast: pieceSize)
        }
        try writer.finish()
        try hand(writer, to: take, atLeast: 0)
      } catch is UnwritableValue {
        bug("a findings list holds what no cell has room for")
      }
    }
  }

  /// So much of a cell as a workbook has room for, in characters beyond the Basic Multilingual Plane too.
  private static func cut(_ text: String) -> String {
    text.utf8.count <= cellLimit ? text : String(text.unicodeScalars.prefix(cellLimit / 2))
  }

  private static let cellLimit = 30_000
  /// So many bytes are handed over at once.
  private static let pieceSize = 1 << 16

  private static func hand(_ writer: any RecordWriter, to take: ([UInt8]) throws -> Void, atLeast size: Int) throws {
    guard writer.pendingCount >= size else { return }
    try take(writer.pending)
    writer.pending = []
  }

  private static func writeLines(
    _ result: RunResult, _ filter: FindingFilter, _ language: Language, _ unmasks: Bool, _ take: ([UInt8]) throws -> Void
  ) throws {
    let keys = columns.map { Array("\($0 == columns[0] ? "{" : ",")\"\($0)\":".utf8) }
    var out: [UInt8] = []
    try each(result, filter, language, unmasks) { cells in
      for (column, cell) in cells.enumerated() {
        out += keys[column]
        switch cell {
        case nil: out += "null".utf8
        case let cell? where truthColumns.contains(column) || numberColumns.contains(column): out += cell.utf8
        case let cell?: JSONValue.quote(cell, to: &out)
        }
      }
      out += "}\n".utf8
      if out.count < pieceSize { return }
      try take(out)
      out.removeAll(keepingCapacity: true)
    }
    try take(out)
  }

  private static let numberColumns = Set(columns.indices.filter { numbers.contains(columns[$0]) })
  private static let truthColumns = Set(columns.indices.filter { ["safe", "waived"].contains(columns[$0]) })

  private static func each(
    _ result: RunResult, _ filter: FindingFilter, _ language: Language, _ unmasks: Bool, _ body: ([String?]) throws -> Void
  ) throws {
    let shown = Set(result.findings.counts.keys.map(\.code).filter(filter.shows))
    for input in result.inputs {
      let row = FindingRow(input, FindingText(book: result.book, map: input.map, language: language), unmasks: unmasks)
      try input.findings.forEach(where: { shown.contains($0.code) }) { try body(try row.cells($0)) }
    }
  }
}
