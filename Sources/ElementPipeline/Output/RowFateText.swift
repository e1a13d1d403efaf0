package import ElementCore
package import ElementFormats
import ElementRules
package import ElementSchema
package import ElementWarehouse

/// What became of a row of a delivery, for people and programs; values are masked as their fields ask.
package struct RowFateText {
  private let fate: RowFate
  private let batch: BatchSummary
  private let row: Int
  private let pack: SchemaPack

  /// The text of what became of a row (from 1) of a batch.
  package init(_ fate: RowFate, _ batch: BatchSummary, row: Int, _ pack: SchemaPack) {
    (self.fate, self.batch, self.row, self.pack) = (fate, batch, row, pack)
  }

  /// The lines for people.
  package func lines(_ language: Language) -> String {
    let path = PrintableText.escape(fate.path)
    var lines = [
      LocalizedText(
        zh: "第 \(batch.id) 批，\(path) 第 \(row) 条（sha256 \(fate.sha256)）",
        en: "batch \(batch.id), \(path), record \(row) (sha256 \(fate.sha256))")
    ]
    lines += fate.records.map(sentence)
    if let wait = fate.wait { lines.append(sentence(wait)) }
    if let nothing { lines.append(nothing) }
    lines += fate.findings.map { finding in
      let code = RuleCode(parsing: finding.code)
      let title = code.flatMap { pack.book[$0]?.title } ?? LocalizedText(zh: "", en: "")
      let field = field(finding.field)
      return LocalizedText(
        zh: "\(finding.code) \(finding.message)", en: "\(finding.code) \(title.en)" + (field.map { " (\($0.english))" } ?? ""))
    }
    lines += fate.repairs.map { repair in
      let (field, shown) = (field(repair.field), written(repair))
      return LocalizedText(
        zh: "\(repair.code) “\(field?.title ?? repair.field)”原写作 \(shown)，已修复",
        en: "\(repair.code) \(field?.english ?? repair.field) was written \(shown), and repaired")
    }
    return lines.enumerated().map { ($0 == 0 ? "" : "  ") + $1[language] + "\n" }.joined()
  }

  private func sentence(_ record: RowFate.Record) -> LocalizedText {
    let key = key(record)
    let (zh, en) = record.isNew ? ("新增", "created") : ("更新", "updated")
    guard let (batch, reason) = record.end else {
      return LocalizedText(zh: "\(zh) \(key)，现行", en: "\(en) \(key), stands")
    }
    let why: LocalizedText =
      switch reason {
      case "joined": LocalizedText(zh: "合并", en: "joined to another")
      case "removed": LocalizedText(zh: "移出", en: "removed")
      default: LocalizedText(zh: "替换", en: "superseded")
      }
    return LocalizedText(zh: "\(zh) \(key)，后由第 \(batch) 批\(why.zh)", en: "\(en) \(key), \(why.en) by batch \(batch)")
  }

  private func sentence(_ wait: RowFate.Wait) -> LocalizedText {
    guard let (outcome, by) = wait.end else {
      return batch.undoneBy == nil
        ? LocalizedText(zh: "待更正 \(wait.name)", en: "waits as \(wait.name)")
        : LocalizedText(zh: "待更正 \(wait.name)，该批已撤销", en: "waited as \(wait.name); its batch was taken back")
    }
    let how: LocalizedText =
      switch outcome {
      case "resolved": LocalizedText(zh: "解决", en: "resolved")
      case "discarded": LocalizedText(zh: "放弃", en: "given up")
      default: LocalizedText(zh: "再次报送，仍有错", en: "sent again with errors")
      }
    return LocalizedText(zh: "待更正 \(wait.name)，第 \(by) 批\(how.zh)", en: "waited as \(wait.name), \(how.en) in batch \(by)")
  }

  /// What is said where the row made no record and does not wait: a batch keeps of such rows only how many they are.
  private var nothing: LocalizedText? {
    guard fate.records.isEmpty, fate.wait == nil else { return nil }
    return batch.state == "held"
      ? LocalizedText(zh: "该批已暂停入库，没有写入", en: "the batch is held: nothing of it was stored")
      : LocalizedText(zh: "无变化，或与本批另一行重复", en: "changed nothing, or is a duplicate of another row of the batch")
  }

  /// The object that `batch show --row --json` prints.
  package var object: JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("batch show --row")), ("batch", .integer(batch.id)),
      ("path", .text(fate.path)),
      ("sha256", .text(fate.sha256)), ("dataset", .text(fate.dataset)), ("row", .integer(row)),
      (
        "records",
        .list(
          fate.records.map { record in
            .object([
              ("key", .text(key(record))), ("action", .text(record.isNew ? "create" : "update")),
              ("endedBy", record.end.map { .integer($0.batch) } ?? .null), ("reason", .optional(record.end?.reason)),
            ])
          })
      ),
      (
        "wait",
        fate.wait.map { wait in
          .object([
            ("name", .text(wait.name.description)), ("reasons", .list(wait.reasons.map { .text($0.description) })),
            ("outcome", .optional(wait.end?.outcome)), ("endedBy", wait.end.map { .integer($0.batch) } ?? .null),
          ])
        } ?? .null
      ),
      (
        "findings",
        .list(
          fate.findings.map {
            .object([("code", .text($0.code)), ("severity", .text($0.severity)), ("field", .text($0.field))])
          })
      ),
      (
        "repairs",
        .list(
          fate.repairs.map { .object([("code", .text($0.code)), ("field", .text($0.field)), ("written", .text(written($0)))]) })
      ),
    ])
  }

  private func field(_ name: String) -> Field? {
    pack.dataset(fate.dataset)?.fields.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  private func key(_ record: RowFate.Record) -> String {
    guard let dataset = pack.dataset(fate.dataset), dataset.key.count == record.key.count else { return "" }
    return zip(dataset.key, record.key).map { dataset.fields[$0].mask($1) }.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func written(_ repair: (field: String, code: String, written: [UInt8])) -> String {
    let text = String(escapingInvalid: repair.written.span)
    return PrintableText.escape(field(repair.field)?.mask(text) ?? "")
  }
}
