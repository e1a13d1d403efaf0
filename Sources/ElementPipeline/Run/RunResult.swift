package import ElementCore
package import ElementFormats
package import ElementSchema
package import ElementWarehouse

/// What a run came to.
package enum Outcome: String, Sendable {
  /// Checked; nothing was to be written.
  case checked
  case loaded
  /// Loaded though a limit had held it, because somebody said so.
  case resumed
  /// Skipped: the same delivery stands already.
  case unchanged
  /// Loaded and rolled back, as asked.
  case dryRun
  /// Held by a limit; nothing was written.
  case held
  /// Refused before the first row.
  case refused
  /// Failed and rolled back.
  case failed
}

/// What became of one input.
package struct InputResult: Sendable {
  /// The path as given, also of a file of a held load that goes on.
  package internal(set) var path: String
  /// The SHA-256 of the file; nil where nobody is to be told.
  package let sha256: String?
  /// Its size in bytes.
  package let bytes: Int
  /// Its format, by the name that `--format` has for it.
  package let format: String
  /// The sheet of the workbook; nil for other formats.
  package let sheet: String?
  /// Where its records stand in a document: a JSON Pointer or an XPath; nil for formats of lines and rows.
  package let recordPath: String?
  /// How the input was decoded, by the name that `--encoding` takes.
  package let encoding: String
  /// Why that encoding.
  package let evidence: LocalizedText
  /// The delimiter as it is shown; nil for formats without one.
  package let delimiter: String?
  /// The physical line of the header.
  package let headerLine: Int
  /// Which column held which field.
  package let map: HeaderMap
  /// What of it is not stored: headings, letters of columns without one, places beside the columns or the records.
  package var notStored: [String] = []
  /// Whether several of its records stand on one line.
  package var sharesLines = false
  /// The table that holds the records; nil where a file does.
  package internal(set) var table: (any RecordTable)?
  /// What became of its records.
  package let counts: RunCounts
  /// Lines without content.
  package let blankLines: Int
  /// What was found.
  package let findings: FindingLog
  /// How many of them are waived.
  package var waived: [FindingCounts.Key: Int] = [:]
  /// How often each repair or reading happened.
  package let fixCounts: [RuleCode: Int]
}

extension InputResult {
  /// The place of a finding's record, and of the value that it is about, in a document: `/data/records/16/姓名`, `/records/record[17]`.
  func pointer(_ finding: Finding) -> String? {
    guard let recordPath, finding.row > 0 else { return nil }
    if format == "xml" { return "\(recordPath)[\(finding.row)]" }
    let column = finding.field < 0 ? nil : map.fieldOfColumn.firstIndex(of: finding.field)
    guard let column else { return "\(recordPath)/\(finding.row - 1)" }
    // A stroke parts the names of members inside others.
    let isGrouped = map.written[column] != map.headings[column]
    let name = map.written[column].replacing("~", with: "~0")
    return "\(recordPath)/\(finding.row - 1)/" + (isGrouped ? name : name.replacing("/", with: "~1"))
  }

  /// Where a finding's record stands, in words: its line, or its number where lines tell nothing, with its place in the document; of a stored
  /// one from which row of which file it came.
  func place(_ finding: Finding, _ language: Language) throws -> String {
    if let table {
      let origin = try table.origin(ofRow: finding.row)
      return language == .zh
        ? "第 \(origin.batch) 批 \(PrintableText.escape(origin.path)) 第 \(origin.row) 条"
        : "batch \(origin.batch), \(PrintableText.escape(origin.path)), record \(origin.row)"
    }
    guard finding.line == 0 || sharesLines else { return language == .zh ? "第 \(finding.line) 行" : "line \(finding.line)" }
    let path =
      pointer(finding).map { language == .zh ? "（\(PrintableText.escape($0))）" : " (\(PrintableText.escape($0)))" } ?? ""
    return (language == .zh ? "第 \(finding.row) 条" : "record \(finding.row)") + path
  }
}

/// A rule that was not evaluated, and why.
package struct NotEvaluated: Sendable, Hashable {
  /// The rule that refused the input.
  package let code: RuleCode
  /// What is wrong with the input, and what to do.
  package let why: LocalizedText
  /// Whether the same delivery may be evaluated later, when the warehouse holds more; otherwise it needs another delivery.
  package var mayChange = true
}

/// What a run came to, for a report, a list or a summary.
package struct RunResult: Sendable {
  /// How it ended.
  package var outcome: Outcome
  /// The number of the batch; nil where none was loaded.
  package var batch: Int?
  /// The inputs in the order of the delivery.
  package var inputs: [InputResult] = []
  /// What became of all records.
  package var counts = RunCounts()
  /// Rules that were not evaluated.
  package var notEvaluated: [NotEvaluated] = []
  /// The digest of the warehouse after the load.
  package var digest: String?
  /// How many rows that had waited went in, and how many came again and wait once more; nil where nothing was loaded.
  package var endedWaits: (resolved: Int, replaced: Int)?
  /// What became of stored rows that the delivery lists or lacks, by dataset, where it replaces rows or some had been closed.
  package var presences: [Presence] = []
  /// What came and went since the day that was recorded before; nil where no day is recorded.
  package var lives: LifeCounts?
  /// The limit that held the load; nil where none did.
  package var hold: Hold?
  /// The day that counted as today.
  package var asOf: CalendarDate
  /// Who sent the delivery.
  package var sender: String?
  /// The rules of the run.
  package let book: RuleBook

  /// What became of the stored rows of a dataset that a delivery lists or lacks.
  package struct Presence: Sendable {
    /// The dataset, by its identifier.
    package let dataset: String
    /// What it came to.
    package let outcome: RowPresence.Outcome
  }

  /// What held a load.
  package struct Hold: Sendable {
    /// The batch that says so in the warehouse; nil for a dry run.
    package let batch: Int?
    /// The limits that it went beyond.
    package let limits: [LoadLimits.Excess]
  }

  /// How many findings all inputs have, of each code and severity.
  package var findings: FindingCounts { inputs.reduce(into: FindingCounts()) { $0.add($1.findings.counts) } }

  /// How many of them are waived.
  package var waived: [FindingCounts.Key: Int] {
    inputs.reduce(into: [:]) { $0.merge($1.waived, uniquingKeysWith: +) }
  }

  /// How often each repair or reading happened, over all inputs.
  package var fixCounts: [RuleCode: Int] {
    inputs.reduce(into: [:]) { $0.merge($1.fixCounts, uniquingKeysWith: +) }
  }
}
