import ElementCore
import ElementLinkage
import ElementPipeline
import ElementSchema
import ElementWarehouse

/// The questions one by one on a terminal: two columns, what differs marked, an answer a key; each answer is kept at once.
struct TerminalReview {
  let list: ReviewList
  let explain: (StoredQuestion) throws -> String
  let keep: (StoredDecision) throws -> Void
  let language: Language
  let kind: LinkageKind

  /// How wide a column is, in Latin characters.
  private static let (label, width) = (14, 34)
  private static let shown: [ReviewColumn] = [
    .source, .number, .name, .formerName, .sex, .birth, .phone, .address, .household, .grid,
  ]

  /// Asks until all are answered or somebody quits; returns how many answers were kept.
  func run(_ keys: TerminalKeys) throws -> Int {
    var (place, answers): (Int, [Int: StoredDecision.Answer]) = (0, [:])
    while place < list.items.count {
      let item = list.items[place]
      show(item, place, answers[place])
      guard let key = keys.next() else { break }
      switch UnicodeScalar(key) {
      case "s": try answer(.same, item, &place, &answers)
      case "n": try answer(.notSame, item, &place, &answers)
      case "u": try answer(.unsure, item, &place, &answers)
      case " ": place += 1
      case "b": place = max(0, place - 1)
      case "e":
        Console.data("\n" + (try explain(item.question)) + "\n" + say("按任意键返回\n", "any key goes back\n"))
        _ = keys.next()
      case "q", "\u{3}", "\u{4}": return end(answers.count)
      default: continue
      }
    }
    return end(answers.count)
  }

  private func end(_ count: Int) -> Int {
    Console.data("\u{1B}[2J\u{1B}[H")
    return count
  }

  private func answer(
    _ answer: StoredDecision.Answer, _ item: ReviewList.Item, _ place: inout Int, _ answers: inout [Int: StoredDecision.Answer]
  ) throws {
    let link = item.question.link
    let isFinal = link.barrier.flatMap(LinkageGuard.init(rawValue:))?.isFinal ?? false
    // Two valid numbers are never one, whoever says so.
    if answer == .same, isFinal { return }
    try keep(
      StoredDecision(
        left: link.left, right: link.right, answer: answer, pattern: link.pattern, weight: link.weight, source: "terminal",
        note: "",
        question: item.question.id))
    answers[place] = answer
    place += 1
  }

  private func show(_ item: ReviewList.Item, _ place: Int, _ answer: StoredDecision.Answer?) {
    var text = "\u{1B}[2J\u{1B}[H"
    text += say("第 \(item.question.id) 题", "question \(item.question.id)") + "  \(place + 1)/\(list.items.count)"
    if let answer { text += "  " + word(answer) }
    text += "\n\n"
    for column in Self.shown {
      let (left, right) = (item.rows[0][column.rawValue], item.rows[1][column.rawValue])
      if left.isEmpty, right.isEmpty { continue }
      let differs = !left.utf8.elementsEqual(right.utf8) && column != .source
      // A sign beside the colour: not everybody sees colours, and not every terminal has them.
      let (begin, end) = differs && Console.showsColour ? ("\u{1B}[33m", "\u{1B}[0m") : ("", "")
      text += Self.padded(column.title(language, kind), Self.label) + (differs ? "≠ " : "  ")
      text += begin + Self.padded(PrintableText.escape(left), Self.width) + PrintableText.escape(right) + end + "\n"
    }
    text += "\n" + item.rows[0][ReviewColumn.reasons.rawValue] + "\n\n"
    let words = ReviewAnswer.words(.zh, kind)
    text += say(
      "s \(words[0])  n \(words[1])  u 不确定  空格 跳过  b 上一题  e 依据  q 结束\n",
      "s same  n not same  u unsure  space skip  b back  e why  q quit\n")
    Console.data(text)
  }

  private func word(_ answer: StoredDecision.Answer) -> String {
    let place = StoredDecision.Answer.allCases.firstIndex(of: answer) ?? 0
    return ReviewAnswer.words(language, kind)[place]
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    let columns = text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) }
    return text + String(repeating: " ", count: max(1, width - columns))
  }
}
