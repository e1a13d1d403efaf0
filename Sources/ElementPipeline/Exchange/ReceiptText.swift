package import ElementCore
import ElementExchange
package import ElementFormats
import ElementWarehouse

/// What an answer came to, for people and for scripts.
package struct ReceiptText {
  private let result: ReceiptRun.Result
  private let language: Language
  private static let shownReasons = 10

  /// The texts of an answer that was read.
  package init(_ result: ReceiptRun.Result, _ language: Language) { (self.result, self.language) = (result, language) }

  /// A few lines for people.
  package var summary: String {
    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    var out = ""
    for refusal in result.refused.prefix(Self.shownReasons) {
      let words = PrintableText.escape(refusal.words)
      switch refusal.cause {
      case .ours:
        out += say("退回 \(refusal.count) 条，需更正：\(words)\n", "\(refusal.count) refused, to be corrected: \(words)\n")
      case .theirs:
        out += say(
          "退回 \(refusal.count) 条，对方原因：\(words)（yaosu export --resend theirs 再发）\n",
          "\(refusal.count) refused by a fault of theirs: \(words) (yaosu export --resend theirs sends them again)\n")
      case .present: out += say("对方已有 \(refusal.count) 条：\(words)\n", "\(refusal.count) are there already: \(words)\n")
      }
    }
    let more = result.refused.count - Self.shownReasons
    if more > 0 { out += say("另有 \(more) 种原因\n", "\(more) more reasons\n") }
    let package = result.package
    let state = PackageListText.state(package)
    return out
      + say(
        "\(package.identity)：点名接收 \(result.accepted) 条，退回 \(refusedCount) 条；\(state.zh)\n",
        "\(package.identity): \(result.accepted) named as taken, \(refusedCount) refused; \(state.en)\n")
  }

  /// How many records were refused that the target does not have.
  package var refusedCount: Int { result.refused.filter { $0.cause != .present }.reduce(0) { $0 + $1.count } }

  /// What `receipt --json` prints.
  package func object(_ version: String) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("receipt")), ("version", .text(version)), ("outcome", .text("received")),
      ("package", .text(result.package.identity)), ("profile", .text(result.package.profile)),
      ("answer", .text(result.package.answer.rawValue)), ("accepted", .integer(result.accepted)),
      ("refused", .integer(refusedCount)),
      (
        "reasons",
        .list(
          result.refused.map {
            .object([("cause", .text($0.cause.rawValue)), ("words", .text($0.words)), ("count", .integer($0.count))])
          })
      ), ("error", .null),
    ])
  }
}
