package import ElementCore
package import ElementFormats
import ElementSchema

/// How the changes of a repair are told: a line each, and an object for programs.
package struct RepairText {
  private let result: RunResult
  private let language: Language
  private let masks: Bool

  /// The text about the changes of a run, with values masked where somebody may look over a shoulder.
  package init(_ result: RunResult, _ language: Language, masks: Bool) {
    (self.result, self.language, self.masks) = (result, language, masks)
  }

  /// The line of a change: its place, what it was, what it is, and why.
  package func line(_ repair: CellRepair) -> String {
    let why = repair.codes.map { code in
      "\(code) \(result.book[code]?.title[language] ?? "")"
    }.joined(separator: language == .zh ? "、" : ", ")
    return
      "\(repair.sheet.isEmpty ? "" : PrintableText.escape(repair.sheet) + "!")\(repair.cell) “\(PrintableText.escape(repair.header))” "
      + "\(shown(repair.old, repair)) → \(shown(repair.new, repair))  \(why)\n"
  }

  private func shown(_ text: String, _ repair: CellRepair) -> String {
    guard masks else { return "[" + PrintableText.escape(text) + "]" }
    let field = result.inputs.lazy.compactMap { input in
      input.map.dataset.fields.first { $0.name.utf8.elementsEqual(repair.field.utf8) }
    }.first
    return "[" + (field?.mask(text) ?? "…") + "]"
  }

  /// The object of a repair, documented in `schemas/output/fix.schema.json`: counts only, no values.
  package static func object(_ repairs: [CellRepair], formulas: Int, reverted: Int, version: String) -> JSONValue {
    var codes: [RuleCode: Int] = [:]
    for repair in repairs { for code in repair.codes { codes[code, default: 0] += 1 } }
    return .object([
      ("format", .integer(1)), ("command", .text("fix")), ("version", .text(version)), ("outcome", .text("fixed")),
      ("exitCode", .integer(0)), ("changes", .integer(repairs.count)), ("offers", .integer(repairs.count(where: \.isUnsafe))),
      ("formulas", .integer(formulas)), ("reverted", .integer(reverted)),
      ("byCode", .object(codes.sorted { $0.key < $1.key }.map { ($0.key.description, .integer($0.value)) })), ("error", .null),
    ])
  }
}
