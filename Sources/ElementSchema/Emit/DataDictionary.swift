package import ElementCore
import ElementExpression
import ElementPage

/// Writes datasets as a data dictionary: a page in one language that prints well on A4, and needs nothing else.
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
    let facts = [
      (name: say("数据集", "Datasets"), value: String(datasets.count)), (say("规则包", "Schemas"), String(pack.digest.prefix(8))),
    ]
    return Page(
      title: title, facts: facts, first: first, sections: grouped.flatMap(\.1).map(section) + codeSets,
      end: say("由 yaosu 生成。", "Made by yaosu."),
      language: language
    ).html
  }

  // MARK: Contents

  private var first: Markup {
    let rows = grouped.map { element, members in
      let links = members.map { "<a href=\"#\($0.name)\">\($0.title[language])</a>" as Markup }
      let joined = links.dropFirst().reduce(links.first ?? .none) { "\($0)\(say("、", ", "))\($1)" }
      return PageTable.Row("\(element[language])", [.piece(joined)])
    }
    let contents =
      datasets.count < 2
      ? Markup.none
      : PageTable(
        say("数据集", "Datasets"), [.init(say("要素", "Element")), .init(say("数据集", "Datasets"))], rows, hidesCaption: true
      ).markup
    return """
      <section class="first" id="today" aria-label="\(say("说明和目录", "What this is, and its contents"))">
      <h2 class="hide">\(say("说明", "What this is"))</h2>
      <div class="verdict"><p class="note">\(say("按 GB/T 31000 的样式编写，不代表符合该标准；可信度 A、B 的条目不符算错误，C、D 的只提示。", "Written in the style of GB/T 31000, without a claim to conform to it. What an item of confidence A or B violates is an error, of C or D a warning."))</p></div>
      \(contents)</section>
      """
  }

  private var grouped: [(LocalizedText, [Dataset])] {
    Self.elements.compactMap { element in
      let members = datasets.filter { $0.element == element.name }
      return members.isEmpty ? nil : (element.title, members)
    }
  }

  // MARK: Datasets

  private func section(_ dataset: Dataset) -> PageSection {
    let key = dataset.key.map { dataset.fields[$0].title(language) }.joined(separator: say("、", ", "))
    let restriction: Markup = dataset.restriction.map { "<p class=\"alarm\">\($0[language])</p>\n" } ?? .none
    return PageSection(
      name: dataset.name, title: language == .zh ? dataset.title.zh : "\(dataset.title.en) \(dataset.title.zh)",
      question: say("标识 ", "Identifier ") + dataset.name + say("；主键 ", "; key ") + key,
      reader: say("来源 ", "Source ") + dataset.source,
      body: restriction + fields(dataset) + references(dataset) + rules(dataset) + examples(dataset))
  }

  private func fields(_ dataset: Dataset) -> Markup {
    let heads: [PageTable.Column] = [
      .init(say("数据项", "Item")), .init(say("标识符", "Identifier")), .init(say("类型", "Type"), isShort: true),
      .init(say("填写", "Duty"), isShort: true),
      .init(say("代码或规则", "Codes or rule")), .init(say("敏感", "Sensitivity"), isOptional: true, isShort: true),
      .init(say("来源", "Source"), isOptional: true),
    ]
    return PageTable(
      say("\(dataset.fields.count) 个数据项", "\(dataset.fields.count) items"), heads,
      dataset.fields.enumerated().map { row($0 + 1, $1) }
    ).markup
  }

  private func row(_ number: Int, _ field: Field) -> PageTable.Row {
    let title: Markup = language == .zh ? "\(field.title)" : "\(field.english)<br>\(field.title)"
    let aliases: Markup =
      field.aliases.isEmpty ? .none : "<br><span class=\"dim\">\(field.aliases.joined(separator: say("、", ", ")))</span>"
    return PageTable.Row(
      "<span class=\"dim\">\(number)</span> \(title)\(aliases)",
      [
        .piece("<code>\(field.name)</code>"), .text(FieldShape.notation(field, pack)), .text(duty(field.duty)),
        .piece(codes(field)),
        .piece(sensitivity(field)), .piece("\(field.source) <b>\(field.confidence)</b>"),
      ])
  }

  private func duty(_ duty: Duty) -> String {
    switch duty {
    case .key: say("主键", "key")
    case .required: say("必填", "required")
    case .expected: say("应填", "expected")
    case .optional: say("选填", "optional")
    }
  }

  private func sensitivity(_ field: Field) -> Markup {
    let name =
      switch field.sensitivity {
      case .open: say("公开", "open")
      case .internal: say("内部", "internal")
      case .personal: say("个人", "personal")
      case .sensitive: say("敏感", "sensitive")
      }
    return field.reason.isEmpty ? "\(name)" : "\(name)<br><span class=\"dim\">\(field.reason)</span>"
  }

  private func codes(_ field: Field) -> Markup {
    var parts: [Markup] = []
    if case .code(let set) = field.type {
      parts += (field.versions.isEmpty ? [set] : field.versions).map { "<a href=\"#code-\($0)\">\($0)</a>" }
      if field.isOpen { parts.append("\(say("开放", "open list"))") }
    } else if let rule = field.type.form.note(timeZone: timeZone) {
      parts.append("\(rule[language])")
    }
    if field.past { parts.append("\(say("不晚于当天", "not after today"))") }
    if field.clearing { parts.append("\(say("空值清除已存的值", "an empty value clears the stored one"))") }
    switch field.survivor {
    case .incoming: break
    case .sender: parts.append("\(say("与库中不同时，以级别高的报送单位为准", "of different values that of the better sender stands"))")
    case .latest(let date):
      parts.append("\(say("与库中不同时，以 \(date) 较晚的为准", "of different values that with the later \(date) stands"))")
    }
    if let minimum = field.minimum { parts.append("≥ \(String(describing: minimum))") }
    if let maximum = field.maximum { parts.append("≤ \(String(describing: maximum))") }
    return parts.dropFirst().reduce(parts.first ?? .none) { "\($0)\(say("；", "; "))\($1)" }
  }

  private func references(_ dataset: Dataset) -> Markup {
    guard !dataset.references.isEmpty else { return .none }
    let items = dataset.references.map { reference -> Markup in
      let targets = reference.targets.compactMap(pack.dataset).map { $0.title[language] }.joined(separator: say(" 或 ", " or "))
      let when: Markup = reference.condition.map { "（<code>\($0.source)</code>）" } ?? .none
      return "<li>\(dataset.fields[reference.field].title(language)) → \(targets)\(when)</li>\n"
    }
    return "<div><h3>\(say("引用", "References"))</h3>\n<ul>\n\(items.joined())</ul></div>\n"
  }

  private func rules(_ dataset: Dataset) -> Markup {
    guard !dataset.descriptors.isEmpty else { return .none }
    let items = dataset.descriptors.map { rule in
      "<li><b>\(rule.code.description)</b> \(severity(rule.severity))：\(rule.title[language])<br><span class=\"dim\">\(rule.rationale[language])</span></li>\n"
        as Markup
    }
    return "<div><h3>\(say("规则", "Rules"))</h3>\n<ul>\n\(items.joined())</ul></div>\n"
  }

  private func examples(_ dataset: Dataset) -> Markup {
    guard !dataset.examples.isEmpty else { return .none }
    let texts = dataset.examples.map { "<pre>\($0)</pre>\n" as Markup }
    return "<div><h3>\(say("示例（生成的数据）", "Examples (generated)"))</h3>\n\(texts.joined())</div>\n"
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

  private var codeSets: [PageSection] {
    var names: Set<String> = []
    for field in datasets.flatMap(\.fields) {
      if case .code(let set) = field.type { names.formUnion(field.versions.isEmpty ? [set] : field.versions) }
    }
    if names.isEmpty { return [] }
    return [
      PageSection(
        name: "codes", title: say("代码表", "Code sets"), question: say("代码是什么意思？", "What do the codes mean?"),
        reader: say("\(names.count) 份", "\(names.count) sets"), body: names.sorted().map(codeSet).joined())
    ]
  }

  private func codeSet(_ name: String) -> Markup {
    let entries = pack.table(name).entries
    let body: Markup
    if entries.isEmpty {
      body =
        "<p>\(say("这份代码表未能取得，只检查格式，不编造代码值。", "The list was not recovered: only the form is checked, and no value is invented."))</p>\n"
    } else if entries.count > Self.longestSet {
      body =
        "<p>\(say("共 \(entries.count) 条，不在此列出；用 yaosu codes show \(name) 查看。", "\(entries.count) rows, not printed here; see yaosu codes show \(name)."))</p>\n"
    } else {
      let items = entries.map { "<span><code>\($0.code)</code> \($0.label)</span>\n" as Markup }
      let sources = Set(entries.map(\.source)).sorted().joined(separator: say("；", "; "))
      body = "<p class=\"codes\">\(items.joined())</p>\n<p class=\"note\">\(sources)</p>\n"
    }
    return "<div id=\"code-\(name)\"><h3><code>\(name)</code></h3>\n\(body)</div>\n"
  }
}
