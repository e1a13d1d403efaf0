package import ElementCore
import ElementSchema
package import ElementWarehouse

/// What a run came to, for people.
package struct RunSummary {
  private let result: RunResult
  private let filter: FindingFilter
  private let language: Language
  private let colour: TextColour

  /// A summary in one language.
  package init(
    _ result: RunResult, filter: FindingFilter, language: Language, colour: TextColour = TextColour(isOn: false)
  ) {
    self.result = result
    self.filter = filter
    self.language = language
    self.colour = colour
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  private func title(_ input: InputResult) -> String { language == .zh ? input.map.dataset.title.zh : input.map.dataset.name }

  /// What was decided about each file: dataset, encoding, header, and the evidence; of a table what it holds.
  package var decisions: String {
    result.inputs.map { input in
      let path = PrintableText.escape(input.path)
      let title = title(input)
      if input.table != nil {
        return say("\(path)：\(title)，在册 \(input.counts.read) 条\n", "\(path): \(title), \(input.counts.read) stored records\n")
      }
      let written =
        input.sheet.map { say("工作表“\(PrintableText.escape($0))”", "sheet \(PrintableText.escape($0))") }
        ?? input.delimiter.map { say("分隔符 \($0)", "delimiter \($0)") } ?? input.format
      let known = say("识别 \(input.map.mappedCount) 列", "\(input.map.mappedCount) columns known")
      let header =
        input.headerLine == 0 ? known : say("表头在第 \(input.headerLine) 行，", "header on line \(input.headerLine), ") + known
      return say(
        "\(path)：\(title)，\(input.encoding)（\(input.evidence.zh)），\(written)，\(header)\n",
        "\(path): \(title), \(input.encoding) (\(input.evidence.en)), \(written), \(header)\n")
    }.joined()
  }

  /// Hands the findings over by rule, most severe and most frequent first, with the first ones of each.
  ///
  /// - Throws: `SpillError` where findings cannot be read again.
  package func tellFindings(maxSamples: Int, to take: (String) -> Void) throws {
    let counts = result.findings.counts
    let keys = counts.keys.filter { filter.shows($0.code) }
      .sorted { ($1.severity, counts[$1] ?? 0, $0.code) < ($0.severity, counts[$0] ?? 0, $1.code) }
    // All of them are read rule by rule, so that none need be kept.
    let samples = try maxSamples == .max ? nil : FindingSamples(result, filter, limit: maxSamples)
    let texts = result.inputs.map { FindingText(book: result.book, map: $0.map, language: language) }
    for key in keys {
      let title = result.book[key.code]?.title[language] ?? ""
      let waived = result.waived[key].map { say("（其中暂缓整改 \($0)）", " (of them waived: \($0))") } ?? ""
      take(
        "\(key.code) \(colour.text(key.severity.name[language], key.severity)) \(title)\(say("：", ": "))\(counts[key] ?? 0)\(waived)\n"
      )
      if let samples {
        for (input, finding) in samples[key] { take(try line(finding, result.inputs[input], texts[input])) }
        continue
      }
      for (input, text) in zip(result.inputs, texts) {
        try input.findings.forEach(where: { $0.code == key.code && $0.severity == key.severity }) {
          take(try line($0, input, text))
        }
      }
    }
    for entry in result.notEvaluated {
      take("\(entry.code) \(say("未核对：", "not evaluated: "))\(entry.why[language])\n")
    }
  }

  private func line(_ finding: Finding, _ input: InputResult, _ text: FindingText) throws -> String {
    "    \(try place(finding, input))\(text.message(finding))\(value(finding))\(finding.isWaived ? say("【暂缓整改】", " [waived]") : "")\n"
  }

  private func place(_ finding: Finding, _ input: InputResult) throws -> String {
    let name = input.table == nil ? PrintableText.escape(input.path) : title(input)
    let file = result.inputs.count > 1 ? name + " " : ""
    guard finding.row > 0 else { return file }
    return try file + input.place(finding, language) + say("：", ": ")
  }

  private func value(_ finding: Finding) -> String {
    let near = finding.suggestion.map { say("，是否为 \($0.value)", "; perhaps \($0.value)") } ?? ""
    return finding.value.isEmpty ? near : say("（\(finding.value)）", " (\(finding.value))") + near
  }

  /// How the run ended, in a sentence, and what became of each dataset of forms that mix kinds.
  package var ending: String { perDataset + presence + outcome }

  private var perDataset: String {
    let mixed = Dictionary(grouping: result.inputs, by: \.path).filter { $0.value.count > 1 }
    return result.inputs.filter { mixed[$0.path] != nil }.map { input in
      let title = title(input)
      return say("\(title)：", "\(title): ") + RunSummary.balance(input.counts, language) + "\n"
    }.joined()
  }

  private var outcome: String {
    switch result.outcome {
    case .checked: lives
    case .loaded: say("已入库：第 \(result.batch ?? 0) 批\n", "loaded as batch \(result.batch ?? 0)\n") + waits
    case .resumed: say("已继续入库：第 \(result.batch ?? 0) 批\n", "gone on with: loaded as batch \(result.batch ?? 0)\n") + waits
    case .unchanged:
      say(
        "同一批文件已作为第 \(result.batch ?? 0) 批入库，本次跳过；需要重新入库请加 --again（带 --request 的，换一个请求编号）\n",
        "this delivery is batch \(result.batch ?? 0) already and was skipped; --again loads it anew, another --request one that has a name\n"
      )
    case .dryRun: endedWaits + say("试导入：未写入台账库\n", "dry run: nothing was written\n")
    case .held: held
    case .refused, .failed: ""
    }
  }

  /// What came and went since the day that was recorded before.
  private var lives: String {
    guard let lives = result.lives else { return "" }
    if lives.first > 0 || lives == LifeCounts() {
      return say(
        "已记录 \(result.asOf.text)：问题 \(lives.first) 个；这是第一次记录，从下一次起比较\n",
        "recorded \(result.asOf.text): \(lives.first) findings; there is no day before to compare with\n")
    }
    let (new, fixed) = (lives.beginning.values.reduce(0, +), lives.ending.values.reduce(0, +))
    return say(
      "已记录 \(result.asOf.text)：新发现 \(new)\(causes(lives.beginning))，已整改 \(fixed)\(causes(lives.ending))，仍存在 \(lives.persisting)\n",
      "recorded \(result.asOf.text): new \(new)\(causes(lives.beginning)), fixed \(fixed)\(causes(lives.ending)), persisting \(lives.persisting)\n"
    )
  }

  private func causes(_ counts: [LifeCause: Int]) -> String {
    let parts = LifeCause.allCases.compactMap { cause in
      counts[cause].map { "\(cause.title[language]) \($0)" }
    }
    return parts.isEmpty ? "" : say("（\(parts.joined(separator: "、"))）", " (\(parts.joined(separator: ", ")))")
  }

  /// What became of stored rows that the delivery lists or lacks.
  private var presence: String {
    result.presences.map { presence in
      let dataset = result.inputs.first { $0.map.dataset.name.utf8.elementsEqual(presence.dataset.utf8) }?.map.dataset
      let (title, found) = (dataset?.title[language] ?? presence.dataset, presence.outcome)
      let opened =
        found.opening.isEmpty ? "" : say("，\(found.opening.count) 条重新列入的已恢复", ", \(found.opening.count) listed again are open")
      guard let count = found.scopeCount else {
        return found.opening.isEmpty ? "" : say("\(title)", title) + opened + "\n"
      }
      let outside =
        found.withoutArea == 0
        ? ""
        : say("；另有 \(found.withoutArea) 条看不出属于哪里，不在任何范围内", "; \(found.withoutArea) more reach no area, and are in no scope")
      let (closing, isDone) = (found.closing.count, result.outcome == .loaded || result.outcome == .resumed)
      return say(
        "\(title)：范围内在册 \(count) 条，名册没有的 \(closing) 条\(isDone ? "已关闭（可撤销）" : "将关闭")\(opened)\(outside)\n",
        "\(title): of \(count) open records in the scope \(closing) are not listed and \(isDone ? "closed (undo opens them)" : "would be closed")\(opened)\(outside)\n"
      )
    }.joined()
  }

  /// What became of rows that had waited.
  private var endedWaits: String {
    result.endedWaits.map { ends in
      ends.resolved + ends.replaced == 0
        ? ""
        : say(
          "以前的待更正行：已解决 \(ends.resolved) 行，再次报送仍有错 \(ends.replaced) 行\n",
          "rows that waited before: \(ends.resolved) are resolved, \(ends.replaced) came again with errors\n")
    } ?? ""
  }

  /// The same, and how to see the rows that wait.
  private var waits: String {
    if result.counts.quarantined == 0 { return endedWaits }
    return endedWaits
      + say(
        "用 yaosu quarantine export 导出待更正行，改好后用 yaosu quarantine retry 交回\n",
        "yaosu quarantine export hands the waiting rows out, yaosu quarantine retry takes them back\n")
  }

  private var held: String {
    guard let hold = result.hold else { return "" }
    let beyond = hold.limits.map { excess in
      let title = excess.dataset.map { name in
        result.inputs.first { $0.map.dataset.name == name }?.map.dataset.title[language] ?? name
      }
      return (title.map { $0 + say("：", ": ") } ?? "") + words(excess)
    }.joined(separator: say("；", "; "))
    guard let batch = hold.batch else {
      return say("会暂停入库：\(beyond)；没有数据行写入台账库\n", "would be held: \(beyond); no row was written\n")
    }
    return say(
      "已暂停入库，待确认（第 \(batch) 批）：\(beyond)；没有数据行写入台账库。核对无误：yaosu load --resume \(batch) --reason 原因；作废：yaosu load --discard \(batch)；也可以更正后重新导入\n",
      "held (batch \(batch)): \(beyond); no row was written. If it is right: yaosu load --resume \(batch) --reason TEXT; if not: yaosu load --discard \(batch), or correct and load it again\n"
    )
  }

  private func words(_ excess: LoadLimits.Excess) -> String {
    let (actual, limit) = (excess.actual, excess.limit)
    return switch excess.name {
    case "maxChanged": say("改动 \(actual) 行，超过上限 \(limit)", "\(actual) rows change, above the limit of \(limit)")
    case "minCreated": say("新增 \(actual) 行，少于 \(limit)", "\(actual) rows are new, below the least of \(limit)")
    case "maxRemoved":
      say("名册没有、将关闭的 \(actual) 条，超过上限 \(limit)", "\(actual) records would be closed, above the limit of \(limit)")
    case "minRead": say("名册一行也没有，会关闭范围内的全部记录", "the roster has no row, and would close all records of the scope")
    default: say("待更正 \(actual) 行，超过上限 \(limit)", "\(actual) rows wait, above the limit of \(limit)")
    }
  }

  /// The last line of a run: every record accounted for.
  package static func balance(_ counts: RunCounts, _ language: Language) -> String {
    language == .zh
      ? "读取 \(counts.read) 行 = 新增 \(counts.created) + 更新 \(counts.updated) + 无变化 \(counts.unchanged) + 重复 \(counts.duplicate) + 待更正 \(counts.quarantined)"
      : "read \(counts.read) rows = created \(counts.created) + updated \(counts.updated) + unchanged \(counts.unchanged) + duplicate \(counts.duplicate) + quarantined \(counts.quarantined)"
  }
}
