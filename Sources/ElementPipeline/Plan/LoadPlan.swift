import Crypto
import ElementCore
import ElementFormats
import ElementSchema
import ElementWarehouse

/// What a delivery does, or would do, with each of its rows beside what a warehouse holds: the same for `check`, a dry run and a load.
/// It tells decisions and never values.
package struct LoadPlan {
  /// An input with what becomes of its rows.
  private struct Input {
    let path: String
    let sheet: String?
    let dataset: String
    let rows: PlannedInput
  }

  /// A row of the plan.
  struct Line {
    /// The input's path as given.
    let input: String
    /// The sheet of a workbook; nil for other formats.
    let sheet: String?
    /// The row, from 1.
    let row: Int
    let dataset: String
    /// What becomes of it.
    let action: RowAction
    /// The fields that change, or the codes of what it waits for.
    let words: [String]
  }

  private let inputs: [Input]
  /// SHA-256 over the schemas that the rows are judged by.
  let schemaDigest: String
  /// The stored rows that the delivery closes or opens again.
  private let presences: [RunResult.Presence]
  /// What the digest covers beside the rows: the delivery with its schemas and mappings, and what was asked.
  private let head: [String]

  /// The plan of a delivery, by its inputs.
  init(_ delivery: Delivery, _ planned: some Sequence<(PreparedInput, PlannedInput)>, _ presences: [RunResult.Presence]) throws
  {
    (self.presences, schemaDigest) = (presences, delivery.pack.digest)
    inputs = planned.sorted { $0.0.ordinal < $1.0.ordinal }.map { input, rows in
      Input(
        path: input.survey.original.path, sheet: input.layout.sheet, dataset: input.map.dataset.name, rows: rows)
    }
    let options = delivery.options
    head = [
      "plan 1", try delivery.digest(), "asOf=\(options.today.text)", "complete=\(options.isComplete)",
      "timeZone=\(options.configuration.timeZone.name)", "mode=\(options.mode.rawValue)",
      "scope=\(options.scope?.text ?? "")",
    ]
  }

  /// Visits the rows of an input (from 0) in order.
  func forEachRow(of input: Int, _ body: (PlannedInput.Note, RowAction) throws -> Void) throws {
    try inputs[input].rows.forEach(body)
  }

  /// Visits the rows in the order of the delivery and returns the digest: SHA-256 over delivery, schemas, settings and of each row input,
  /// number, action, what is said of it, the hash of its key and the fingerprint of what is stored of it; then, by dataset, the numbers
  /// of the stored rows that are closed or opened again.
  func forEach(_ body: (Line) throws -> Void) throws -> String {
    var digest = SHA256()
    for part in head { digest.update(data: Array("\(part.utf8.count):\(part)".utf8)) }
    for (ordinal, input) in inputs.enumerated() {
      try input.rows.forEach { note, action in
        var bytes: [UInt8] = []
        bytes.append(integer: UInt32(ordinal))
        bytes.append(integer: UInt32(note.row))
        bytes.append(action.rawValue)
        bytes.append(integer: note.key)
        bytes.append(integer: note.content)
        bytes += Array("\(note.words.joined(separator: ","));".utf8)
        digest.update(data: bytes)
        try body(
          Line(
            input: input.path, sheet: input.sheet, row: note.row, dataset: input.dataset, action: action, words: note.words))
      }
    }
    for presence in presences {
      for (word, rows) in [("close", presence.outcome.closing), ("open", presence.outcome.opening)] {
        var bytes = Array("\(presence.dataset) \(word) \(rows.count):".utf8)
        for row in rows { bytes.append(integer: UInt64(bitPattern: row)) }
        digest.update(data: bytes)
      }
    }
    return Hexadecimal.text(Array(digest.finalize()))
  }
}
