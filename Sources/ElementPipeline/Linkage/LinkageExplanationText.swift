package import ElementCore
package import ElementFormats
import ElementLinkage
import ElementPage
import ElementWarehouse

/// An explanation as text with bars, as a page with a waterfall, and for programs.
package struct LinkageExplanationText {
  private let explanation: LinkageExplanation
  private let language: Language
  private let levels: LevelText

  /// The texts of an explanation.
  package init(_ explanation: LinkageExplanation, _ language: Language) {
    (self.explanation, self.language) = (explanation, language)
    levels = LevelText(explanation.model, language)
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  private static func bits(_ weight: Int32) -> Double { Double(weight) / Double(LevelWeights.bit) }

  private static func signed(_ weight: Int32) -> String { (weight > 0 ? "+" : "") + LinkageLists.decimal(bits(weight), 1) }

  /// The steps of a pair: where it begins, and what each comparison says.
  private func steps(_ pair: LinkageExplanation.Pair) -> [(label: String, words: String, weight: Int32)] {
    var steps = pair.parts.prior == 0 ? [] : [(label: say("起点", "start"), words: "", weight: pair.parts.prior)]
    for (comparison, level, weight) in pair.parts.comparisons {
      guard let words = levels.words(comparison, level) else { continue }
      steps.append((levels.name(comparison), words, weight))
    }
    if abs(pair.parts.frequency) * 20 >= LevelWeights.bit {
      steps.append((say("常见程度", "frequency"), say("姓名、电话的多少", "of name and telephone"), pair.parts.frequency))
    }
    return steps
  }

  private func verdict(_ pair: LinkageExplanation.Pair) -> String {
    let judgement = pair.parts.judgement
    let model = explanation.model
    if let barrier = judgement.barrier {
      let name = barrier.name[language]
      return barrier.isVeto
        ? say("拦下：\(name)", "kept apart: \(name)") : say("只能由人核对：\(name)", "for a person to decide: \(name)")
    }
    if judgement.isCertain { return say("确定：号码相同", "certain: one number") }
    if judgement.weight >= model.auto {
      return say(
        "自动合并（达到 \(LinkageLists.decimal(Self.bits(model.auto), 1))）",
        "joined without a person (from \(LinkageLists.decimal(Self.bits(model.auto), 1)) on)")
    }
    if judgement.weight >= model.ask { return say("由人核对", "for a person to decide") }
    return say("认为是两个人", "taken for two people")
  }

  private func label(_ place: Int) -> String {
    let member = explanation.members[place]
    return "\(member.title[language]) \(member.name.row)"
  }

  private func named(_ mention: LinkageExplanation.Mention) -> String {
    say(
      "另见 \(mention.title.zh) 第 \(mention.name.row) 号（\(mention.field.zh)）",
      "named in \(mention.title.en) \(mention.name.row) (\(mention.field.en))")
  }

  // MARK: Text

  /// The explanation in lines: a bar of two characters a bit.
  package var text: String {
    var text = explanation.subject + "\n"
    for (place, member) in explanation.members.enumerated() {
      let values = member.values.filter { !$0.isEmpty }.joined(separator: "  ")
      text += "  \(label(place))  \(values)" + (member.how.isEmpty ? "" : "  (\(how(member.how)))") + "\n"
    }
    for mention in explanation.mentions { text += "  " + named(mention) + "\n" }
    for pair in explanation.pairs {
      text += "\n\(label(pair.left)) × \(label(pair.right))\n"
      for step in steps(pair) {
        let bar = String(repeating: step.weight < 0 ? "-" : "#", count: min(40, Int(abs(Self.bits(step.weight)).rounded())))
        text +=
          "  " + Self.padded(step.label, 10) + Self.padded(step.words, 26) + Self.right(Self.signed(step.weight), 7)
          + "  |\(bar)\n"
      }
      let sum = Self.signed(pair.parts.judgement.weight)
      let share = LinkageLists.decimal(LinkageLists.probability(Self.bits(pair.parts.judgement.weight)), 4)
      text +=
        "  " + Self.padded(say("合计", "sum"), 36) + Self.right(sum, 7) + say("  可能性 \(share)，", "  probability \(share), ")
        + verdict(pair) + "\n"
    }
    return text
  }

  private func how(_ how: String) -> String {
    switch how {
    case "certain": say("号码相同", "by its number")
    case "auto": say("自动合并", "joined without a person")
    case "person": say("人工核对", "by the word of a person")
    default: say("单独", "alone")
    }
  }

  /// A text filled up to a width in Latin characters; one of Chinese takes two.
  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - columns(text)))
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - columns(text))) + text
  }

  private static func columns(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) } }

  // MARK: Page

  /// The explanation as a page: a waterfall a pair, and the rows in a table.
  package func page(_ version: String) -> String {
    let figures = explanation.pairs.enumerated().map { place, pair -> Markup in
      let sum = Self.bits(pair.parts.judgement.weight)
      let steps = steps(pair)
      let drawing = Waterfall(
        steps.map { Waterfall.Step(label: $0.label, words: $0.words, value: Self.bits($0.weight)) },
        total: Waterfall.Step(label: say("合计", "sum"), words: "", value: sum),
        title: "\(label(pair.left)) × \(label(pair.right))",
        description: steps.map { "\($0.label) \($0.words) \(Self.signed($0.weight))" }.joined(separator: "; "),
        name: "pair-\(place)")
      return PageFigure(
        "\(label(pair.left)) × \(label(pair.right))：\(verdict(pair))",
        note: say("比特：向右是同一人的依据，向左是两个人的依据", "Bits: to the right for one person, to the left for two"), drawing.markup
      ).markup
    }.joined()
    let columns = [
      say("记录", "row"), say("怎样归入", "how"), say("姓名", "name"), say("号码", "number"), say("出生日期", "birth"), say("电话", "phone"),
      say("住址", "address"),
    ]
    let table = PageTable(
      say("记录", "rows"), columns.map { PageTable.Column($0) },
      explanation.members.enumerated().map { place, member in
        PageTable.Row("\(label(place))", ([how(member.how)] + member.values).map { .text($0) })
      })
    let sections = [
      PageSection(
        name: "rows", title: say("哪些记录", "The rows"), question: say("说的是哪几条", "Which ones"), reader: say("核对的人", "Who decides"),
        body: table.markup + explanation.mentions.map { "<p>\(named($0))</p>" as Markup }.joined()),
      PageSection(
        name: "pairs", title: say("为什么", "Why"), question: say("每一对的依据", "What each pair says"),
        reader: say("核对的人", "Who decides"),
        body: figures),
    ]
    let first: Markup = "<section id=\"today\"><p>\(summary)</p></section>"
    return Page(
      title: say("同一人的依据：", "Why one person: ") + explanation.subject,
      facts: [
        (say("模型", "model"), "\(explanation.model.name) \(explanation.model.version)"),
        (say("记录", "rows"), "\(explanation.members.count)"),
      ], first: first, sections: sections,
      end: say("由 yaosu \(version) 生成；含个人信息，用后收好。", "Made by yaosu \(version); it holds personal data: keep it safe."),
      language: language
    ).html
  }

  private var summary: String {
    guard let best = explanation.pairs.first else { return say("只有一条记录。", "There is one row.") }
    return say("\(explanation.members.count) 条记录；最有把握的一对：", "\(explanation.members.count) rows; the likeliest pair: ")
      + verdict(best)
  }

  // MARK: Programs

  /// The explanation for programs: numbers and levels only.
  package func object(_ version: String) -> JSONValue {
    let rows = explanation.members.map { member -> JSONValue in
      .object([("dataset", .text(member.name.dataset)), ("row", .integer(Int(member.name.row))), ("how", .text(member.how))])
    }
    let comparisons = explanation.model.comparisons
    let pairs = explanation.pairs.map { pair -> JSONValue in
      .object([
        ("left", .integer(pair.left)), ("right", .integer(pair.right)),
        ("weight", .number(LinkageLists.decimal(Self.bits(pair.parts.judgement.weight), 3))),
        ("guard", pair.parts.judgement.barrier.map { .text($0.rawValue) } ?? .null),
        ("prior", .number(LinkageLists.decimal(Self.bits(pair.parts.prior), 3))),
        ("frequency", .number(LinkageLists.decimal(Self.bits(pair.parts.frequency), 3))),
        (
          "comparisons",
          .list(
            pair.parts.comparisons.map { comparison, level, weight in
              .object([
                ("name", .text(comparisons[comparison].name)), ("level", .text(comparisons[comparison].levels[level])),
                ("weight", .number(LinkageLists.decimal(Self.bits(weight), 3))),
              ])
            })
        ),
      ])
    }
    return .object([
      ("format", .integer(1)), ("command", .text("dedupe explain")), ("version", .text(version)),
      ("outcome", .text("explained")),
      ("subject", .text(explanation.subject)), ("rows", .list(rows)), ("pairs", .list(pairs)),
      (
        "mentions",
        .list(
          explanation.mentions.map {
            .object([
              ("dataset", .text($0.name.dataset)), ("row", .integer(Int($0.name.row))), ("field", .text($0.field[language])),
            ])
          })
      ), ("error", .null),
    ])
  }
}
