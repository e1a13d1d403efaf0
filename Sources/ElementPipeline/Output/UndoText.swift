package import ElementCore
package import ElementFormats
package import ElementSchema
package import ElementWarehouse

/// What taking a load back came to, for people and programs.
package struct UndoText {
  private let report: UndoReport
  private let order: Warehouse.UndoOrder
  private let pack: SchemaPack

  /// The text of a report.
  package init(_ report: UndoReport, _ order: Warehouse.UndoOrder, _ pack: SchemaPack) {
    (self.report, self.order, self.pack) = (report, order, pack)
  }

  /// The exit code of the contract: 4 where later changes refuse it.
  package var exitCode: Int { report.isRefused ? 4 : 0 }

  /// The object that `--json` prints.
  package var object: JSONValue {
    let outcome = report.isRefused ? "refused" : order.isDryRun ? "dryRun" : "undone"
    return .object([
      ("format", .integer(1)), ("command", .text("undo")), ("outcome", .text(outcome)), ("exitCode", .integer(exitCode)),
      ("undoes", .integer(order.batch)), ("batch", report.batch.map(JSONValue.integer) ?? .null),
      ("removed", .integer(report.removed)), ("restored", .integer(report.restored)), ("reverted", .integer(report.reverted)),
      ("opened", .integer(report.opened)), ("closed", .integer(report.closed)),
      ("erased", report.erased.map(JSONValue.integer) ?? .null),
      (
        "conflicts",
        .list(
          report.conflicts.map { conflict in
            .object([
              ("dataset", .text(conflict.dataset)), ("batch", .integer(conflict.batch)), ("rows", .integer(conflict.count)),
              ("keys", .list(keys(conflict).map(JSONValue.text))),
            ])
          })
      ),
      (
        "brokenReferences",
        .list(
          report.brokenReferences.map { broken in
            .object([
              ("dataset", .text(broken.dataset)), ("field", .text(broken.field)), ("target", .text(broken.target)),
              ("rows", .integer(broken.count)),
            ])
          })
      ), ("digest", report.batch == nil ? .null : .text(report.digest)),
    ])
  }

  /// What is said on the terminal.
  package func lines(_ language: Language) -> String {
    var lines = report.conflicts.map { sentence($0)[language] } + report.brokenReferences.map { sentence($0)[language] }
    lines.append(ending[language])
    return lines.map { $0 + "\n" }.joined()
  }

  private func sentence(_ conflict: UndoReport.Conflict) -> LocalizedText {
    let shown = keys(conflict).map(PrintableText.escape)
    let more = conflict.count > shown.count && !shown.isEmpty
    let (zh, en) = (
      shown.joined(separator: "、") + (more ? " 等" : ""), shown.joined(separator: ", ") + (more ? ", …" : "")
    )
    return LocalizedText(
      zh: "“\(title(conflict.dataset).zh)”有 \(conflict.count) 行在这一批之后又被第 \(conflict.batch) 批改动或再次确认：\(zh)",
      en:
        "\(conflict.count) rows of \(title(conflict.dataset).en) were changed or confirmed since by batch \(conflict.batch): \(en)"
    )
  }

  private func sentence(_ broken: UndoReport.BrokenReference) -> LocalizedText {
    let field = pack.dataset(broken.dataset)?.fields.first { $0.name.utf8.elementsEqual(broken.field.utf8) }
    let (own, target) = (title(broken.dataset), title(broken.target))
    return LocalizedText(
      zh: "“\(own.zh)”有 \(broken.count) 行的“\(field?.title ?? broken.field)”指向移出的“\(target.zh)”，请改正或重新导入“\(target.zh)”",
      en:
        "\(broken.count) rows of \(own.en) name with \(field?.english ?? broken.field) rows of \(target.en) that leave: correct them, or load \(target.en) again"
    )
  }

  private var ending: LocalizedText {
    let (batch, removed, restored, reverted) = (order.batch, report.removed, report.restored, report.reverted)
    if report.isRefused {
      let later = Set(report.conflicts.map(\.batch)).sorted(by: >).map(String.init)
      return LocalizedText(
        zh: "没有撤销，台账库未改动；请先撤销第 \(later.joined(separator: "、")) 批，或加 --conflicts keep-later 保留后来的改动",
        en:
          "nothing was taken back; undo batch \(later.joined(separator: ", ")) first, or keep what came later with --conflicts keep-later"
      )
    }
    let figures = LocalizedText(
      zh: "移出 \(removed) 行，还原 \(reverted) 行，恢复 \(restored) 行" + (presence?.zh ?? ""),
      en: "\(removed) rows leave, \(reverted) have their former values again, \(restored) are back" + (presence?.en ?? ""))
    guard let own = report.batch else {
      return LocalizedText(
        zh: "试撤销：撤销第 \(batch) 批会\(figures.zh)；台账库未改动",
        en: "dry run: to take batch \(batch) back: \(figures.en); nothing was changed")
    }
    if let erased = report.erased {
      return LocalizedText(
        zh: "已撤销第 \(batch) 批（记为第 \(own) 批）：\(figures.zh)；其中 \(erased) 条记录的内容已从历史中永久删除，不能恢复。以前的备份里仍有，请一并处理",
        en:
          "batch \(batch) is taken back (as batch \(own)): \(figures.en); what it made of \(erased) records is removed for good. Earlier backups still have it"
      )
    }
    return LocalizedText(
      zh: "已撤销第 \(batch) 批（记为第 \(own) 批）：\(figures.zh)；要取消这次撤销，请运行 yaosu undo \(own)",
      en: "batch \(batch) is taken back (as batch \(own)): \(figures.en); yaosu undo \(own) would bring it back")
  }

  /// What becomes of rows that the batch had closed, or opened again; nil where there are none.
  private var presence: LocalizedText? {
    if report.opened + report.closed == 0 { return nil }
    return LocalizedText(
      zh: "，恢复在册 \(report.opened) 行，关闭 \(report.closed) 行",
      en: "; \(report.opened) rows are open again and \(report.closed) closed")
  }

  private func title(_ dataset: String) -> LocalizedText {
    pack.dataset(dataset)?.title ?? LocalizedText(zh: dataset, en: dataset)
  }

  /// The keys of a conflict's rows, masked as their fields ask; what the schemas do not know is not shown.
  private func keys(_ conflict: UndoReport.Conflict) -> [String] {
    guard let dataset = pack.dataset(conflict.dataset) else { return [] }
    return conflict.rows.map { names in
      names.compactMap { name in dataset.index(of: name.field).map { dataset.fields[$0].mask(name.value) } }
        .filter { !$0.isEmpty }.joined(separator: " ")
    }.filter { !$0.isEmpty }
  }
}
