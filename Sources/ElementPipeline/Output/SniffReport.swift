package import ElementCore
package import ElementFormats
import ElementSchema

/// What a file is taken for, and why.
package struct SniffReport {
  private let input: PreparedInput
  private let language: Language

  /// A report on a recognised input.
  package init(_ input: PreparedInput, language: Language) {
    self.input = input
    self.language = language
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// The report as text: decisions, then one line a column.
  package var text: String {
    let dataset = input.map.dataset
    var out = say("数据集", "dataset") + "  \(dataset.name) \(dataset.title[language])\n"
    out += say("编码", "encoding") + "  \(input.survey.encoding.rawValue)  \(input.survey.evidence[language])\n"
    out += say("分隔符", "delimiter") + "  \(input.layout.dialect.delimiterName)\n"
    out += say("表头", "header") + "  " + say("第 \(input.layout.headerLine) 行", "line \(input.layout.headerLine)") + "\n"
    for title in input.layout.titles { out += say("标题行", "title") + "  \(PrintableText.escape(title))\n" }
    for (column, heading) in input.map.headings.enumerated() {
      out += "\(column + 1)  \(HeaderText.shown(heading))  →  \(meaning(column))\n"
    }
    return out
  }

  private func meaning(_ column: Int) -> String {
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
      ("dataset", .text(input.map.dataset.name)), ("encoding", .text(input.survey.encoding.rawValue)),
      ("encodingEvidence", .text(input.survey.evidence[language])), ("delimiter", .text(input.layout.dialect.delimiterName)),
      ("headerLine", .integer(input.layout.headerLine)), ("titles", .list(input.layout.titles.map { .text($0) })),
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
