package import ElementCore

/// The findings of a run as a page for a browser or a printer: one file, no script, nothing loaded from elsewhere.
package enum FindingsPage {
  /// The page, as the filter shows the findings.
  package static func text(_ result: RunResult, filter: FindingFilter, language: Language) -> String {
    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    let title = say("问题清单", "Findings")
    let heads = [
      say("行", "Line"), say("单元格", "Cell"), say("级别", "Severity"), say("规则", "Rule"), say("列", "Column"),
      say("内容（已脱敏）", "Value (masked)"),
      say("说明", "Message"), say("建议", "Suggestion"),
    ]
    var out = """
      <!doctype html>
      <html lang="\(say("zh-Hans", "en"))"><head><meta charset="utf-8"><title>\(title)</title>
      <style>\(style)</style></head><body>
      <h1>\(title)</h1>
      <p>\(MarkupText.escape(RunSummary.balance(result.counts, language)))</p>

      """
    for input in result.inputs {
      let text = FindingText(book: result.book, map: input.map, language: language)
      let shown = input.findings.findings.filter { filter.shows($0.code) }
      out += "<h2>\(MarkupText.escape(PrintableText.escape(input.path)))</h2>\n"
      if shown.isEmpty {
        out += "<p>\(say("没有问题", "No findings"))</p>\n"
        continue
      }
      out += "<table><thead><tr>\(heads.map { "<th>\($0)</th>" }.joined())</tr></thead><tbody>\n"
      for finding in shown { out += row(finding, text, language) }
      out += "</tbody></table>\n"
    }
    return out + "</body></html>\n"
  }

  private static func row(_ finding: Finding, _ text: FindingText, _ language: Language) -> String {
    let cells = [
      finding.line > 0 ? String(finding.line) : "", FindingsList.cell(finding) ?? "", finding.severity.name[language],
      finding.code.description, text.header(finding), finding.value, text.message(finding), finding.suggestion?.value ?? "",
    ]
    return "<tr class=\"\(finding.severity.rawValue)\">\(cells.map { "<td>\(MarkupText.escape($0))</td>" }.joined())</tr>\n"
  }

  private static let style = """
    body{font:14px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;margin:2em}table{border-collapse:collapse;width:100%}\
    th,td{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top}thead{display:table-header-group}\
    .error td:nth-child(3){color:#a00;font-weight:bold}.warning td:nth-child(3){color:#850}
    """
}
