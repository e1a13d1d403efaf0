package import ElementCore
package import ElementFormats
import ElementSchema

/// What a file is taken for, and why.
package struct SniffReport {
  private let input: PreparedInput
  private let all: [PreparedInput]
  private let language: Language
  private let evidence: LocalizedText

  /// A report on what a file came to: one input, or several of a form that mixes kinds.
  ///
  /// - Throws: `InputError` where it cannot be inflated to its end.
  package init(_ inputs: [PreparedInput], language: Language) throws(InputError) {
    guard let first = inputs.first else { bug("a file came to no input") }
    input = first
    all = inputs
    self.language = language
    evidence = try first.survey.evidence
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// The report as text: decisions, then one line a column.
  package var text: String {
    let dataset = input.map.dataset
    var out = say("数据集", "dataset") + "  \(dataset.name) \(dataset.title[language])\n"
    if let route = input.route {
      let names = all.map { $0.map.dataset.title[language] }.joined(separator: say("、", ", "))
      out = say("表单", "form") + "  \(route.form.name) \(route.form.title[language])\n"
      out += say("数据集", "datasets") + "  \(names)\n"
    }
    out += say("编码", "encoding") + "  \(input.survey.encoding.rawValue)  \(evidence[language])\n"
    if let sheet = input.layout.sheet { out += say("工作表", "sheet") + "  \(PrintableText.escape(sheet))\n" }
    if let delimiter = input.layout.delimiterName { out += say("分隔符", "delimiter") + "  \(delimiter)\n" }
    if let path = input.layout.recordPath { out += say("记录", "records") + "  \(PrintableText.escape(path))\n" }
    if input.layout.headerLine > 0 {
      out += say("表头", "header") + "  " + say("第 \(input.layout.headerLine) 行", "line \(input.layout.headerLine)") + "\n"
    }
    if let version = input.layout.templateVersion { out += say("模板版本", "template version") + "  \(version)\n" }
    for title in input.layout.titles { out += say("标题行", "title") + "  \(PrintableText.escape(title))\n" }
    for (column, heading) in input.map.headings.enumerated() {
      var meanings = all.map { meaning(column, $0) }
      // Said once where all datasets of a form take it for the same.
      if Set(meanings).count == 1 {
        meanings = Array(meanings.prefix(1))
      } else {
        meanings = zip(all, meanings).map { "\($0.map.dataset.title[language]) \($1)" }
      }
      out += "\(column + 1)  \(HeaderText.shown(heading))  →  \(meanings.joined(separator: say("；", "; ")))\n"
    }
    return out
  }

  private func meaning(_ column: Int, _ input: PreparedInput) -> String {
    if input.route?.column == column { return say("决定每一行归入哪个数据集", "says which dataset takes the row") }
    if let field = input.map.fieldOfColumn[column] {
      return "\(input.map.dataset.fields[field].name) \(input.map.dataset.fields[field].title(language))"
    }
    if let left = input.map.leftOut.first(where: { $0.column == column + 1 }) {
      return say("不采集：", "left out: ") + left.reason[language]
    }
    let suggestion = input.map.unknown.first { $0.column == column + 1 }?.suggestion
    return say("未入库", "not stored") + (suggestion.map { say("，是否为“\($0)”", "; did you mean \($0)") } ?? "")
  }

  /// The object that `--json` prints, documented in `schemas/output/sniff.schema.json`.
  package var object: JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("sniff")), ("path", .text(input.survey.original.path)),
      ("dataset", .text(input.map.dataset.name)), ("form", .optional(input.route?.form.name)),
      ("datasets", .list(all.map { .text($0.map.dataset.name) })), ("encoding", .text(input.survey.encoding.rawValue)),
      ("encodingEvidence", .text(evidence[language])), ("delimiter", .optional(input.layout.delimiterName)),
      ("fileFormat", .text(input.layout.format)),
      ("sheet", .optional(input.layout.sheet)),
      ("records", .optional(input.layout.recordPath)),
      ("headerLine", .integer(input.layout.headerLine)), ("templateVersion", .optional(input.layout.templateVersion)),
      ("titles", .list(input.layout.titles.map { .text($0) })),
      (
        "columns",
        .list(
          input.map.headings.enumerated().map { column, heading in
            .object([
              ("column", .integer(column + 1)), ("header", .text(HeaderText.shown(heading))),
              ("field", .optional(input.map.fieldOfColumn[column].map { input.map.dataset.fields[$0].name })),
            ])
          })
      ),
    ])
  }
}
