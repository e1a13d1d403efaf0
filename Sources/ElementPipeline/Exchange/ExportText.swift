package import ElementCore
import ElementExchange
package import ElementFormats
import ElementWarehouse

/// What an export came to, for people and for scripts.
package struct ExportText {
  private let result: ExportResult
  private let language: Language
  private static let shownReasons = 10

  /// The texts of a result.
  package init(_ result: ExportResult, _ language: Language) { (self.result, self.language) = (result, language) }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// A few lines for people.
  package var summary: String {
    let package = result.package
    var out = result.lost.map { say("上次导出中断，包 \($0) 没有送出\n", "an export was broken off: the package \($0) did not leave\n") }
    for behind in result.behind.prefix(Self.shownReasons) {
      let place = behind.column.isEmpty ? behind.dataset : "\(behind.dataset) \(behind.column)"
      out.append(
        say(
          "留下 \(behind.count) 条（\(behind.code) \(place)）：\(behind.message.zh)\n",
          "\(behind.count) stay behind (\(behind.code) \(place)): \(behind.message.en)\n"))
    }
    let more = result.behind.count - Self.shownReasons
    if more > 0 { out.append(say("另有 \(more) 种原因，见 --json\n", "\(more) more reasons: see --json\n")) }
    if result.unlinked > 0 {
      out.append(
        say(
          "\(result.unlinked) 条记录还没有归到人，没有归入或没有写明是谁；先运行 yaosu dedupe find --apply\n",
          "\(result.unlinked) rows are of nobody yet and are left out, or say nobody; run yaosu dedupe find --apply first\n"))
    }
    if result.untold > 0 {
      out.append(
        say(
          "对方可能还有 \(result.untold) 条已彻底清除的记录，主键没有保留，请另行告知对方删除\n",
          "the target may hold \(result.untold) records that were removed for good; their keys are not kept: tell its owner by other means\n"
        ))
    }
    if !result.withheld.isEmpty {
      let fields = result.withheld.prefix(Self.shownReasons).joined(separator: say("、", ", "))
      out.append(
        say(
          "接收方没有登记、没有发出的数据集和字段 \(result.withheld.count) 个：\(fields)\n",
          "\(result.withheld.count) datasets and fields stayed, which the recipient may not have: \(fields)\n"))
    }
    if result.manifest.sender.utf8.elementsEqual(ExportOptions.noSender.utf8), package.recipient != nil {
      out.append(
        say(
          "yaosu.yaml 没有写 area，发送单位记为 \(ExportOptions.noSender)\n",
          "yaosu.yaml says no area: the sender is written \(ExportOptions.noSender)\n"))
    }
    out.append(
      say(
        "\(kind.zh) \(package.identity)：记录 \(package.records)（其中删除 \(package.deletions)），留下 \(package.behind)，文件 \(result.manifest.files.count) 个\(marks.zh)：\(PrintableText.escape(result.place))\n",
        "\(kind.en) package \(package.identity): \(package.records) records (\(package.deletions) of them deletions), \(package.behind) stay behind, \(result.manifest.files.count) files\(marks.en): \(PrintableText.escape(result.place))\n"
      ))
    if package.answer != .acknowledged {
      out.append(say("对方答复后：yaosu receipt 回执文件\n", "When the target answers: yaosu receipt FILE\n"))
    }
    return out.joined()
  }

  /// What it builds on, and how it is protected.
  private var marks: LocalizedText {
    let base = result.manifest.base?.package
    return LocalizedText(
      zh: (base.map { "，自 \($0) 以来" } ?? "") + (result.isSigned ? "，已签名" : "") + (result.isEncrypted ? "，已加密" : ""),
      en: (base.map { ", since \($0)" } ?? "") + (result.isSigned ? ", signed" : "") + (result.isEncrypted ? ", encrypted" : "")
    )
  }

  private var kind: LocalizedText {
    switch result.package.kind {
    case .full: LocalizedText(zh: "全量包", en: "full")
    case .delta: LocalizedText(zh: "增量包", en: "delta")
    case .resend: LocalizedText(zh: "重发包", en: "resent")
    }
  }

  /// One object for scripts.
  package func object(_ version: String) -> JSONValue {
    let package = result.package
    return .object([
      ("format", .integer(1)), ("command", .text("export")), ("version", .text(version)), ("outcome", .text("exported")),
      ("package", .text(package.identity)), ("number", .integer(package.number)), ("profile", .text(package.profile)),
      ("kind", .text(package.kind.rawValue)), ("base", .optional(result.manifest.base?.package)),
      ("recipient", .optional(package.recipient)), ("place", .text(result.place)),
      ("manifestSha256", .optional(package.manifestSha256)),
      (
        "counts",
        .object([
          ("records", .integer(package.records)), ("deletions", .integer(package.deletions)),
          ("behind", .integer(package.behind)),
        ])
      ),
      (
        "files",
        .list(
          result.manifest.files.map { file in
            .object([
              ("name", .text(file.name)), ("dataset", .text(file.dataset)), ("kind", .text(file.kind)),
              ("records", .integer(file.records)), ("deletions", .integer(file.deletions)), ("bytes", .integer(file.bytes)),
              ("sha256", .text(file.sha256)), ("sm3", .text(file.sm3)),
            ])
          })
      ),
      (
        "behind",
        .list(
          result.behind.map { behind in
            .object([
              ("code", .text(behind.code.description)), ("dataset", .text(behind.dataset)), ("column", .text(behind.column)),
              ("message", .text(behind.message[language])), ("count", .integer(behind.count)),
            ])
          })
      ),
      ("withheld", .list(result.withheld.map { .text($0) })), ("untold", .integer(result.untold)),
      ("unlinked", .integer(result.unlinked)),
      ("lost", .list(result.lost.map { .text($0) })), ("error", .null),
    ])
  }
}
