package import ElementCore

/// The findings of a run as a page for a browser or a printer: one file, no script, nothing loaded from elsewhere.
///
/// Counts are exact; of findings as many are shown as two megabytes take, those of each rule in turn, and the page says where all are.
package enum FindingsPage {
  /// The most bytes of a page.
  package static let sizeLimit = 2 << 20
  /// What the head, the counts and the end of a page may take of it.
  private static let reserve = 1 << 18

  /// The page, as the filter shows the findings.
  ///
  /// - Throws: `SpillError` where findings cannot be read again.
  package static func text(_ result: RunResult, filter: FindingFilter, language: Language) throws -> String {
    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    let title = say("问题清单", "Findings")
    var out = """
      <!doctype html>
      <html lang="\(say("zh-Hans", "en"))"><head><meta charset="utf-8"><title>\(title)</title>
      <style>\(style)</style></head><body>
      <h1>\(title)</h1>
      <p>\(MarkupText.escape(RunSummary.balance(result.counts, language)))</p>

      """
    let kept = try rows(result, filter, language)
    let shown = result.findings.counts.filter { filter.shows($0.key.code) }
    let total = shown.values.reduce(0, +)
    let count = kept.reduce(0) { $0 + $1.count }
    if count < shown.filter({ $0.value > 0 }).values.reduce(0, +) {
      out +=
        "<p><strong>\(say("本页列出 \(count) 条，共 \(total) 条；完整清单请用 --findings 文件.csv（或 .xlsx、.jsonl）导出。", "This page shows \(count) findings of \(total); write all of them with --findings FILE.csv (or .xlsx, .jsonl)."))</strong></p>\n"
    }
    if total > 0 { out += counts(result, shown, language) }
    for (input, rows) in zip(result.inputs, kept) {
      out += "<h2>\(MarkupText.escape(PrintableText.escape(input.path)))</h2>\n"
      guard !rows.isEmpty else {
        out += "<p>\(say("没有问题", "No findings"))</p>\n"
        continue
      }
      out += "<table><thead><tr>\(heads(language).map { "<th>\($0)</th>" }.joined())</tr></thead><tbody>\n"
      out += rows.joined()
      out += "</tbody></table>\n"
    }
    return out + "</body></html>\n"
  }

  private static func heads(_ language: Language) -> [String] {
    language == .zh
      ? ["位置", "单元格", "级别", "规则", "列", "内容（已脱敏）", "说明", "建议"]
      : ["Place", "Cell", "Severity", "Rule", "Column", "Value (masked)", "Message", "Suggestion"]
  }

  /// How many findings of each rule there are, most severe first.
  private static func counts(_ result: RunResult, _ counts: [FindingCounts.Key: Int], _ language: Language) -> String {
    let keys = counts.keys.sorted { ($1.severity, counts[$1] ?? 0, $0.code) < ($0.severity, counts[$0] ?? 0, $1.code) }
    let heads = language == .zh ? ["规则", "级别", "名称", "数量"] : ["Rule", "Severity", "Title", "Count"]
    var out = "<table><thead><tr>\(heads.map { "<th>\($0)</th>" }.joined())</tr></thead><tbody>\n"
    for key in keys {
      let cells = [
        key.code.description, key.severity.name[language], result.book[key.code]?.title[language] ?? "",
        String(counts[key] ?? 0),
      ]
      out += "<tr>\(cells.map { "<td>\(MarkupText.escape($0))</td>" }.joined())</tr>\n"
    }
    return out + "</tbody></table>\n"
  }

  /// Of each rule so many are looked at where there is no room for all.
  private static let mostOfRule = 1_000

  /// The rows of each input, in order: all of them, or of each rule the first ones, as many as there is room for.
  private static func rows(_ result: RunResult, _ filter: FindingFilter, _ language: Language) throws -> [[String]] {
    let total = result.findings.counts.filter { filter.shows($0.key.code) }.values.reduce(0, +)
    // A row has a hundred bytes at least.
    let fitsAll = total <= sizeLimit / 100
    let samples = try FindingSamples(result, filter, limit: fitsAll ? .max : mostOfRule)
    let texts = result.inputs.map { FindingText(book: result.book, map: $0.map, language: language) }
    let rows = try samples.all.map { sample in
      (sample.input, sample.finding.code, try row(sample.finding, result.inputs[sample.input], texts[sample.input], language))
    }
    var limit = fitsAll ? Int.max : mostOfRule
    while true {
      var seen: [RuleCode: Int] = [:]
      let shown = rows.filter { row in
        seen[row.1, default: 0] += 1
        return seen[row.1, default: 0] <= limit
      }
      if shown.reduce(0, { $0 + $1.2.utf8.count }) <= sizeLimit - reserve {
        var out = Array(repeating: [String](), count: result.inputs.count)
        for (input, _, row) in shown { out[input].append(row) }
        return out
      }
      limit = limit == .max ? mostOfRule : limit / 2
    }
  }

  private static func row(
    _ finding: Finding, _ input: InputResult, _ text: FindingText, _ language: Language
  ) throws -> String {
    let isCell = input.recordPath == nil && input.format != "ndjson"
    let place =
      finding.row == 0 ? "" : input.sharesLines || finding.line == 0 ? try input.place(finding, language) : String(finding.line)
    let waived = !finding.isWaived ? "" : language == .zh ? "（暂缓整改）" : " (waived)"
    let cells = [
      place, isCell ? finding.cell ?? "" : "", finding.severity.name[language] + waived,
      finding.code.description, text.header(finding), finding.value, text.message(finding), finding.suggestion?.value ?? "",
    ]
    return "<tr class=\"\(finding.severity.rawValue)\">\(cells.map { "<td>\(MarkupText.escape($0))</td>" }.joined())</tr>\n"
  }

  private static let style = """
    body{font:14px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;margin:2em}table{border-collapse:collapse;width:100%;margin-bottom:1em}\
    th,td{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top}thead{display:table-header-group}\
    .error td:nth-child(3){color:#a00;font-weight:bold}.warning td:nth-child(3){color:#850}
    """
}
