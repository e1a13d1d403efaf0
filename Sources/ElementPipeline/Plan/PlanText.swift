import ElementCore
import ElementFormats
import ElementSchema

/// How a plan is written: CSV or JSON Lines with the same names, a row a line, the last line the digest.
enum PlanText: Sendable {
  /// For spreadsheets.
  case csv
  /// For programs.
  case jsonl

  private static let columns = ["input", "sheet", "row", "dataset", "action", "fields", "reasons"]

  /// The form that the ending of a name asks for.
  init(path: String) { self = path.hasSuffix(".csv") ? .csv : .jsonl }

  /// Hands the lines of a plan over one by one.
  func forEachLine(_ plan: LoadPlan, _ body: ([UInt8]) throws -> Void) throws {
    switch self {
    case .jsonl:
      let digest = try plan.forEach { try body(Self.bytes(Self.object($0))) }
      try body(Self.bytes(.object([("digest", .text(digest))])))
    case .csv:
      var form = CSVForm.people
      form.hasMark = true
      let writer = try WrittenFormat.csv.writer(Self.columns.map { WrittenColumn($0) }, text: form, sheet: "")
      try body(writer.pending)
      func line(_ cells: [String]) throws {
        writer.pending.removeAll(keepingCapacity: true)
        try writer.append(cells)
        try body(writer.pending)
      }
      let digest = try plan.forEach { try line(Self.cells($0)) }
      try line(["", "", "", "", "digest", digest, ""])
    }
  }

  private static func cells(_ line: LoadPlan.Line) -> [String] {
    let words = line.words.joined(separator: " ")
    let isWaiting = line.action == .wait
    return [
      PrintableText.escape(line.input), line.sheet.map(PrintableText.escape) ?? "", String(line.row), line.dataset,
      line.action.name, isWaiting ? "" : words, isWaiting ? words : "",
    ]
  }

  private static func object(_ line: LoadPlan.Line) -> JSONValue {
    let words = JSONValue.list(line.words.map { .text($0) })
    let isWaiting = line.action == .wait
    return .object([
      ("input", .text(PrintableText.escape(line.input))), ("sheet", .optional(line.sheet.map(PrintableText.escape))),
      ("row", .integer(line.row)), ("dataset", .text(line.dataset)), ("action", .text(line.action.name)),
      ("fields", isWaiting ? .list([]) : words), ("reasons", isWaiting ? words : .list([])),
    ])
  }

  private static func bytes(_ value: JSONValue) -> [UInt8] { Array((value.line + "\n").utf8) }
}
