package import ElementCore
package import ElementFormats
package import ElementSchema
import ElementWarehouse

/// What moving records to other grids came to, for people and programs.
package struct RegridText {
  private let report: RegridRun.Report
  private let pack: SchemaPack

  /// The text of a report; the pack says what datasets are called.
  package init(_ report: RegridRun.Report, _ pack: SchemaPack) { (self.report, self.pack) = (report, pack) }

  /// What is said on the terminal.
  package func lines(_ language: Language) -> String {
    let moved = report.moved.map { dataset, count in
      let title = pack.dataset(dataset)?.title ?? LocalizedText(zh: dataset, en: dataset)
      return LocalizedText(zh: "\(title.zh) \(count) 条", en: "\(count) of \(title.en)")[language]
    }.joined(separator: language == .zh ? "，" : ", ")
    let staying =
      report.staying == 0
      ? ""
      : LocalizedText(
        zh: "；原网格中另有 \(report.staying) 条没有对照，未划转", en: "; \(report.staying) more stay in the old grids: no row is about them")[
          language]
    let waits =
      report.result.counts.quarantined == 0
      ? ""
      : LocalizedText(
        zh: "；\(report.result.counts.quarantined) 条待更正", en: "; \(report.result.counts.quarantined) wait for correction")[
          language]
    let figures = LocalizedText(
      zh: "划转\(moved.isEmpty ? " 0 条" : moved)，关闭网格 \(report.closed) 个\(staying)\(waits)",
      en: "moved \(moved.isEmpty ? "none" : moved); \(report.closed) grids closed\(staying)\(waits)")[language]
    let ending =
      report.result.batch.map {
        LocalizedText(zh: "已调整网格（第 \($0) 批，可撤销）：", en: "regridded as batch \($0), which undo takes back: ")[language]
      } ?? LocalizedText(zh: "试调整：台账库未改动；会", en: "dry run, nothing was changed: ")[language]
    return ending + figures + "\n" + RunSummary.balance(report.result.counts, language) + "\n"
  }

  /// The object that `--json` prints.
  package var object: JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("regrid")), ("outcome", .text(report.result.outcome.rawValue)),
      ("batch", report.result.batch.map(JSONValue.integer) ?? .null),
      (
        "moved",
        .list(report.moved.map { .object([("dataset", .text($0.dataset)), ("rows", .integer($0.count))]) })
      ),
      ("staying", .integer(report.staying)), ("closed", .integer(report.closed)),
      ("updated", .integer(report.result.counts.updated)), ("quarantined", .integer(report.result.counts.quarantined)),
      ("digest", .optional(report.result.digest)),
    ])
  }
}
