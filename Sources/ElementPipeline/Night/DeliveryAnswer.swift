package import ElementCore
import ElementWarehouse

/// What a sender is told of a delivery: a few lines, and beside them the findings as a workbook.
package struct DeliveryAnswer: Sendable {
  /// What became of it.
  package enum Fate: Sendable {
    /// It was checked, or loaded, or held, as the result says.
    case taken(RunResult)
    /// It could not be read, or may not be loaded: nothing of it was kept.
    case sentBack(Trouble)
    /// The warehouse, the disk or the configuration is to blame: it stays where it is and is taken again.
    case putOff(Trouble)
    /// Its files still change: it is taken later.
    case later
  }

  /// What it is about.
  package let delivery: InboxDelivery
  /// What became of it.
  package let fate: Fate

  /// The exit code that a run over it alone would have.
  package var exitCode: Int {
    switch fate {
    case .later: 0
    case .sentBack: 3
    case .putOff: 5
    case .taken(let result):
      result.outcome == .held ? 4 : FindingFilter().fails(result.findings, waived: result.waived) ? 1 : 0
    }
  }

  /// What its files are put away as, and what its answer is called: the batch, or why there is none.
  func name(_ time: String) -> String {
    switch fate {
    case .later, .putOff: bug("what stays in the inbox has no answer")
    case .sentBack: "退回-\(time)"
    case .taken(let result):
      if let batch = result.batch ?? result.hold?.batch {
        result.outcome == .held ? "\(batch)-暂停" : String(batch)
      } else {
        "校验-\(time)"
      }
    }
  }

  /// The lines, ten at most: what came, what became of it, the balance, the first three causes, the next step.
  package func text(_ language: Language) -> String {
    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    let names = delivery.files.map { PrintableText.escape(String($0.split(separator: "/").last ?? "")) }
    let shown =
      names.prefix(5).joined(separator: say("、", ", "))
      + (names.count > 5 ? say(" 等 \(names.count) 个", " and more, \(names.count) in all") : "")
    var lines = [say("报送：", "Delivery: ") + shown]
    switch fate {
    case .later: lines.append(say("文件还在变化，稍后再收", "Its files still change: it is taken later"))
    case .sentBack(let trouble):
      lines.append(say("退回，没有入库：", "Sent back, nothing was loaded: ") + trouble.message[language])
      lines.append(say("下一步：", "Next: ") + trouble.hint[language])
    case .putOff(let trouble):
      lines.append(
        say("没有收下，留在收件夹，下次再收：", "Not taken; it stays in the inbox until the next time: ") + trouble.message[language])
      lines.append(say("下一步：", "Next: ") + trouble.hint[language])
    case .taken(let result):
      lines.append(outcome(result, language))
      lines.append(RunSummary.balance(result.counts, language))
      lines += causes(result, language)
      lines.append(say("下一步：", "Next: ") + next(result, language))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func outcome(_ result: RunResult, _ language: Language) -> String {
    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    switch result.outcome {
    case .held:
      return say(
        "已暂停入库，待街道确认（第 \(result.hold?.batch ?? 0) 批），没有写入", "Held as batch \(result.hold?.batch ?? 0): nothing was written")
    case .unchanged: return say("这些文件已作为第 \(result.batch ?? 0) 批入库，本次跳过", "These files are batch \(result.batch ?? 0) already")
    case .checked: return say("只校验，没有入库", "Checked only, nothing was loaded")
    default: return say("已入库：第 \(result.batch ?? 0) 批", "Loaded as batch \(result.batch ?? 0)")
    }
  }

  /// The three rules with most errors, or else most findings.
  private func causes(_ result: RunResult, _ language: Language) -> [String] {
    let counts = result.findings.counts.filter { $0.key.severity > .info && $0.value > 0 }
    let keys = counts.keys.sorted { ($1.severity, counts[$1] ?? 0, $0.code) < ($0.severity, counts[$0] ?? 0, $1.code) }
    return keys.prefix(3).map { key in
      let title = result.book[key.code]?.title[language] ?? ""
      return "\(key.severity.name[language]) \(key.code) \(title) \(counts[key] ?? 0)"
    }
  }

  private func next(_ result: RunResult, _ language: Language) -> String {
    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    if result.outcome == .held {
      return say("核对是否送错名册；确属无误的，请街道放行", "See whether it is the right roster; if so, the office lets it through")
    }
    if result.counts.quarantined > 0 {
      return result.outcome == .checked
        ? say("按问题清单改好后再报送", "Correct what the list names, and send it again")
        : say(
          "待更正的行按问题清单改好后再报送，其余不用重报", "Correct the waiting rows by the list and send them again; the others need not come again")
    }
    return say("没有要改的行", "No row needs correction")
  }
}
