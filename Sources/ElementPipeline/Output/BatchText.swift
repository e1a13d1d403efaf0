package import ElementFormats
package import ElementCore
package import ElementWarehouse

/// Batches for people and programs.
package enum BatchText {
  /// One batch for people: number, time, operator, state and counts.
  package static func line(_ batch: BatchSummary, _ language: Language) -> String {
    let who = PrintableText.escape(batch.operatorName)
    let what =
      batch.undo.map { undone($0)[language] } ?? batch.discard.map { discarded($0, held: batch.heldBatch)[language] }
      ?? RunSummary.balance(batch.counts, language)
    let held = batch.discard == nil ? batch.heldBatch : nil
    let resumed = held.map { LocalizedText(zh: "（继续暂停的第 \($0) 批）", en: " (goes on with held batch \($0))")[language] } ?? ""
    let scope = batch.scope.map(PrintableText.escape)
    let replaced =
      scope.map { scope in
        // A held load has closed nothing.
        let closed = batch.state == "held" ? nil : batch.closed
        return LocalizedText(
          zh: "（替换 \(scope)\(closed.map { "：关闭 \($0)" } ?? "")）",
          en: " (replaces \(scope)\(closed.map { ": closed \($0)" } ?? ""))")[
            language]
      } ?? ""
    let opened =
      batch.opened == 0 ? "" : LocalizedText(zh: "（恢复 \(batch.opened)）", en: " (opened again \(batch.opened))")[language]
    let by = batch.undoneBy.map { LocalizedText(zh: "（已被第 \($0) 批撤销）", en: " (taken back by batch \($0))")[language] } ?? ""
    return "\(batch.id)  \(state(batch)[language])  \(batch.startedAt)  \(who)  \(what)\(replaced)\(opened)\(resumed)\(by)\n"
  }

  private static func state(_ batch: BatchSummary) -> LocalizedText {
    switch batch.state {
    case "held": LocalizedText(zh: "已暂停", en: "held")
    case "undone": LocalizedText(zh: "已撤销", en: "undone")
    default: LocalizedText(zh: "已完成", en: batch.state)
    }
  }

  private static func undone(_ undo: BatchSummary.Undo) -> LocalizedText {
    let reason = undo.reason.map(PrintableText.escape)
    return LocalizedText(
      zh: "撤销第 \(undo.batch) 批：移出 \(undo.removed) + 还原 \(undo.reverted) + 恢复 \(undo.restored)"
        + (reason.map { "，\($0)" } ?? ""),
      en: "takes batch \(undo.batch) back: left \(undo.removed) + reverted \(undo.reverted) + back \(undo.restored)"
        + (reason.map { ", \($0)" } ?? ""))
  }

  private static func discarded(_ discard: (count: Int, reason: String?), held: Int?) -> LocalizedText {
    let reason = discard.reason.map(PrintableText.escape)
    if let held {
      return LocalizedText(
        zh: "作废暂停的第 \(held) 批" + (reason.map { "，\($0)" } ?? ""),
        en: "gives held batch \(held) up" + (reason.map { ", \($0)" } ?? ""))
    }
    return LocalizedText(
      zh: "放弃待更正 \(discard.count) 行" + (reason.map { "，\($0)" } ?? ""),
      en: "gives \(discard.count) waiting rows up" + (reason.map { ", \($0)" } ?? ""))
  }

  /// One batch for programs, as `batch list --json` lists it.
  package static func object(_ batch: BatchSummary) -> JSONValue {
    .object([
      ("batch", .integer(batch.id)), ("state", .text(batch.state)), ("operator", .text(batch.operatorName)),
      ("startedAt", .text(batch.startedAt)), ("counts", counts(batch.counts)), ("scope", .optional(batch.scope)),
      ("closed", .integer(batch.closed)), ("opened", .integer(batch.opened)), ("digest", .text(batch.digest)),
      (
        "undo",
        batch.undo.map { undo in
          .object([
            ("batch", .integer(undo.batch)), ("removed", .integer(undo.removed)), ("reverted", .integer(undo.reverted)),
            ("restored", .integer(undo.restored)), ("reason", JSONValue.optional(undo.reason)),
          ])
        } ?? .null
      ),
      (
        "discard",
        batch.discard.map { .object([("rows", .integer($0.count)), ("reason", .optional($0.reason))]) } ?? .null
      ), ("heldBatch", batch.heldBatch.map(JSONValue.integer) ?? .null),
      ("undoneBy", batch.undoneBy.map(JSONValue.integer) ?? .null),
    ])
  }

  /// A batch with its inputs and findings as an object.
  package static func object(
    _ batch: BatchSummary, _ inputs: [BatchInputSummary], _ findings: [(code: String, severity: String, count: Int)]
  ) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("batch show")), ("batch", object(batch)),
      (
        "inputs",
        .list(
          inputs.map { input in
            .object([
              ("path", .text(input.path)), ("dataset", .text(input.dataset)), ("sha256", .text(input.sha256)),
              ("encoding", .text(input.encoding)), ("counts", counts(input.counts)),
            ])
          })
      ),
      ("findings", .object(findings.map { ($0.code, .integer($0.count)) })),
    ])
  }

  private static func counts(_ counts: RunCounts) -> JSONValue {
    .object([
      ("read", .integer(counts.read)), ("created", .integer(counts.created)), ("updated", .integer(counts.updated)),
      ("unchanged", .integer(counts.unchanged)), ("duplicate", .integer(counts.duplicate)),
      ("quarantined", .integer(counts.quarantined)),
    ])
  }
}
