package import ElementCore
import ElementExpression

/// Writes datasets as a data dictionary: an HTML page that prints well on A4, in one language, and needs nothing else.
package struct DataDictionary {
  private let datasets: [Dataset]
  private let pack: SchemaPack
  private let language: Language
  private let timeZone: String

  /// The elements in the order in which offices name them: 人、地、物、事、组织, then who works there and how.
  private static let elements: [(name: String, title: LocalizedText)] = [
    ("person", LocalizedText(zh: "人", en: "People")), ("place", LocalizedText(zh: "地", en: "Places")),
    ("thing", LocalizedText(zh: "物", en: "Things")), ("event", LocalizedText(zh: "事", en: "Events")),
    ("organization", LocalizedText(zh: "组织", en: "Organisations")), ("workforce", LocalizedText(zh: "队伍", en: "Workforce")),
    ("work", LocalizedText(zh: "工作", en: "Work")),
  ]

  /// A dictionary of some datasets of a pack; times are those of `timeZone`, by its name in the time-zone database.
  package init(_ datasets: [Dataset], in pack: SchemaPack, language: Language, timeZone: String) {
    // What others refer to most comes first, what needs an opt-in last.
    let named = pack.datasets.flatMap(\.references).flatMap(\.targets).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    self.datasets = datasets.sorted { left, right in
      let (first, second) = (left.restriction != nil ? 1 : 0, right.restriction != nil ? 1 : 0)
      return (first, -named[left.name, default: 0], left.name) < (second, -named[right.name, default: 0], right.name)
    }
    self.pack = pack
    self.timeZone = timeZone
    self.language = language
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// The page.
  package var html: String {
    let title = datasets.count == 1 ? datasets[0].title[language] : say("数据字典", "Data dictionary")
    return """
      <!DOCTYPE html>
      <html lang="\(language == .zh ? "zh-Hans" : "en")">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(MarkupText.escape(title))</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <h1>\(MarkupText.escape(title))</h1>
      <p class="note">\(say("按 GB/T 31000 的样式编写，不代表符合该标准；可信度 A、B 的条目不符算错误，C、D 的只提示。", "Written in the style of GB/T 31000, without a claim to conform to it. What an item of confidence A or B violates is an error, of C or D a warning."))</p>
      \(contents)\(sections)\(codeSets)</body>
      </html>

      """
  }

  // MARK: Contents

  private var contents: String {
    guard datasets.count > 1 else { return "" }
    let rows = grouped.map { element, members in
      let links = members.map { "<a href=\"#\($0.name)\">\(MarkupText.escape($0.title[language]))</a>" }
      return "<tr><th>\(element[language])</th><td>\(links.joined(separator: say("、", ", ")))</td></tr>\n"
    }
    return "<table class=\"contents\">\n\(rows.joined())</table>\n"
  }

  private var grouped: [(LocalizedText, [Dataset])] {
    Self.elements.compactMap { element in
      let members = datasets.filter { $0.element == element.name }
      return members.isEmpty ? nil : (element.title, members)
    }
  }

  private var sections: String { grouped.flatMap(\.1).map(section).joined() }

  // MARK: Datasets

  private func section(_ dataset: Dataset) -> String {
    let key = dataset.key.map { dataset.fields[$0].title(language) }.joined(separator: say("、", ", "))
    var head = "<p>\(say("标识", "Identifier")) <code>\(dataset.name)</code>　\(say("主键", "Key")) \(MarkupText.escape(key))　"
    head += "\(say("来源", "Source")) \(MarkupText.escape(dataset.source))</p>\n"
    if let restriction = dataset.restriction { head += "<p class=\"warn\">\(MarkupText.escape(restriction[language]))</p>\n" }
    return """
      <section id="\(dataset.name)">
      <h2>\(MarkupText.escape(language == .zh ? dataset.title.zh : "\(dataset.title.en) \(dataset.title.zh)"))</h2>
      \(head)<table>
      <thead><tr><th>#</th><th>\(say("数据项", "Item"))</th><th>\(say("标识符", "Identifier"))</th><th>\(say("类型", "Type"))</th><th>\(say("填写", "Duty"))</th><th>\(say("代码或规则", "Codes or rule"))</th><th>\(say("敏感", "Sensitivity"))</th><th>\(say("来源", "Source"))</th></tr></thead>
      <tbody>
      \(dataset.fields.enumerated().map { row($0 + 1, $1) }.joined())</tbody>
      </table>
      \(references(dataset))\(rules(dataset))\(examples(dataset))</section>

      """
  }

  private func row(_ number: Int, _ field: Field) -> String {
    let zh = MarkupText.escape(field.title)
    let title = language == .zh ? zh : "\(MarkupText.escape(field.english))<br>\(zh)"
    let aliases = field.aliases.isEmpty ? "" : "<br><small>\(MarkupText.escape(field.aliases.joined(separator: "、")))</small>"
    let cells = [
      String(number), title + aliases, "<code>\(MarkupText.escape(field.name))</code>",
      MarkupText.escape(FieldShape.notation(field, pack)), duty(field.duty),
      codes(field),
      sensitivity(field), "\(MarkupText.escape(field.source)) <b>\(field.confidence)</b>",
    ]
    return "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>\n"
  }

  private func duty(_ duty: Duty) -> String {
    switch duty {
    case .key: say("主键", "key")
    case .required: say("必填", "required")
    case .expected: say("应填", "expected")
    case .optional: say("选填", "optional")
    }
  }

  private func sensitivity(_ field: Field) -> String {
    let name =
      switch field.sensitivity {
      case .open: say("公开", "open")
      case .internal: say("内部", "internal")
      case .personal: say("个人", "personal")
      case .sensitive: say("敏感", "sensitive")
      }
    return field.reason.isEmpty ? name : "\(name)<br><small>\(MarkupText.escape(field.reason))</small>"
  }

  private func codes(_ field: Field) -> String {
    var parts: [String] = []
    if case .code(let set) = field.type {
      parts += (field.versions.isEmpty ? [set] : field.versions).map(MarkupText.escape).map {
        "<a href=\"#code-\($0)\">\($0)</a>"
      }
      if field.isOpen { parts.append(say("开放", "open list")) }
    } else if let rule = field.type.form.note(timeZone: timeZone) {
      parts.append(rule[language])
    }
    if field.past { parts.append(say("不晚于当天", "not after today")) }
    if field.clearing { parts.append(say("空值清除已存的值", "an empty value clears the stored one")) }
    switch field.survivor {
    case .incoming: break
    case .sender: parts.append(say("与库中不同时，以级别高的报送单位为准", "of different values that of the better sender stands"))
    case .latest(let date):
      parts.append(say("与库中不同时，以 \(date) 较晚的为准", "of different values that with the later \(date) stands"))
    }
    if let minimum = field.minimum { parts.append("≥ \(minimum)") }
    if let maximum = field.maximum { parts.append("≤ \(maximum)") }
    return parts.joined(separator: say("；", "; "))
  }

  private func references(_ dataset: Dataset) -> String {
    guard !dataset.references.isEmpty else { return "" }
    let items = dataset.references.map { reference in
      let targets = reference.targets.compactMap(pack.dataset).map { MarkupText.escape($0.title[language]) }
      let when = reference.condition.map { "（<code>\(MarkupText.escape($0.source))</code>）" } ?? ""
      return
        "<li>\(MarkupText.escape(dataset.fields[reference.field].title(language))) → \(targets.joined(separator: say(" 或 ", " or ")))\(when)</li>\n"
    }
    return "<h3>\(say("引用", "References"))</h3>\n<ul>\n\(items.joined())</ul>\n"
  }

  private func rules(_ dataset: Dataset) -> String {
    guard !dataset.descriptors.isEmpty else { return "" }
    let items = dataset.descriptors.map { rule in
      "<li><b>\(rule.code)</b> \(severity(rule.severity))：\(MarkupText.escape(rule.title[language]))<br><small>\(MarkupText.escape(rule.rationale[language]))</small></li>\n"
    }
    return "<h3>\(say("规则", "Rules"))</h3>\n<ul>\n\(items.joined())</ul>\n"
  }

  private func examples(_ dataset: Dataset) -> String {
    guard !dataset.examples.isEmpty else { return "" }
    let texts = dataset.examples.map { "<pre>\(MarkupText.escape($0))</pre>\n" }
    return "<h3>\(say("示例（生成的数据）", "Examples (generated)"))</h3>\n\(texts.joined())"
  }

  private func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: say("错误", "error")
    case .warning: say("警告", "warning")
    case .info: say("提示", "info")
    }
  }

  // MARK: Code sets

  /// Sets longer than this are named and not printed.
  private static let longestSet = 300

  private var codeSets: String {
    var names: Set<String> = []
    for field in datasets.flatMap(\.fields) {
      if case .code(let set) = field.type { names.formUnion(field.versions.isEmpty ? [set] : field.versions) }
    }
    if names.isEmpty { return "" }
    return "<h1>\(say("代码表", "Code sets"))</h1>\n" + names.sorted().map(codeSet).joined()
  }

  private func codeSet(_ name: String) -> String {
    let entries = pack.table(name).entries
    let name = MarkupText.escape(name)
    var out = "<section id=\"code-\(name)\"><h3><code>\(name)</code></h3>\n"
    if entries.isEmpty {
      out +=
        "<p>\(say("这份代码表未能取得，只检查格式，不编造代码值。", "The list was not recovered: only the form is checked, and no value is invented."))</p>\n"
    } else if entries.count > Self.longestSet {
      out +=
        "<p>\(say("共 \(entries.count) 条，不在此列出；用 yaosu codes show \(name) 查看。", "\(entries.count) rows, not printed here; see yaosu codes show \(name)."))</p>\n"
    } else {
      let items = entries.map { "<span><code>\(MarkupText.escape($0.code))</code> \(MarkupText.escape($0.label))</span>" }
      out += "<p class=\"codes\">\(items.joined(separator: "\n"))</p>\n"
      out +=
        "<p><small>\(MarkupText.escape(Set(entries.map(\.source)).sorted().joined(separator: say("；", "; "))))</small></p>\n"
    }
    return out + "</section>\n"
  }

  private static let style = """
    @page { size: A4 landscape; margin: 12mm 12mm 16mm; @bottom-right { content: counter(page); font: 9pt sans-serif } }
    body { font: 10.5pt/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", SimSun, sans-serif; color: #111; margin: 2em auto; max-width: 72em }
    h1 { font-size: 18pt } h2 { font-size: 14pt; margin: 1.4em 0 .3em; border-bottom: 2px solid #246 } h3 { font-size: 11pt; margin: .9em 0 .2em }
    table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #999; padding: .15em .4em; text-align: left; vertical-align: top }
    thead { display: table-header-group } thead th { background: #e8eef5 } tr { break-inside: avoid }
    td:first-child { text-align: right; color: #555 } .contents th { white-space: nowrap; background: #e8eef5 }
    code { font-family: "Noto Sans Mono", Consolas, monospace; font-size: 9pt } small { color: #555 } ul { margin: .2em 0; padding-left: 1.4em }
    td:nth-child(4), td:nth-child(5), thead th { white-space: nowrap }
    .warn { background: #fdecea; padding: .3em .6em } .note { color: #555 }
    pre { white-space: pre-wrap; font: 8.5pt/1.4 "Noto Sans Mono", Consolas, monospace; background: #f5f5f5; padding: .3em .5em }
    .codes { columns: 4; column-gap: 1.5em; margin: .3em 0 } .codes span { display: block; break-inside: avoid }
    @media print { body { margin: 0; max-width: none } section { break-inside: auto } h2, h3 { break-after: avoid } a { color: inherit; text-decoration: none } }
    """
}
