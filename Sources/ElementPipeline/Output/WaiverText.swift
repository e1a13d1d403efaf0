package import ElementCore
package import ElementFormats
package import ElementWarehouse

/// Waivers of a warehouse, for people and programs.
package struct WaiverText {
  private let waivers: [StoredWaiver]
  private let site: [Waiver]
  private let today: CalendarDate

  /// The text of waivers of a warehouse, and of those that `waivers.yaml` of the site says, on a day.
  package init(_ waivers: [StoredWaiver], site: [Waiver] = [], today: CalendarDate) {
    (self.waivers, self.site, self.today) = (waivers, site, today)
  }

  /// The object that `--json` prints of a list.
  package var list: JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("waive list")), ("asOf", .text(today.text)),
      ("waivers", .list(waivers.map(object))),
      (
        "site",
        .list(
          site.map { waiver in
            .object([
              ("finding", .text(waiver.name)), ("dataset", .optional(waiver.dataset)), ("until", .text(waiver.until.text)),
              ("inForce", .bool(today <= waiver.until)), ("reason", .text(waiver.reason)),
            ])
          })
      ),
    ])
  }

  /// What `--json` prints of one waiver.
  package func object(_ kept: StoredWaiver) -> JSONValue {
    let waiver = kept.waiver
    let isFinding = if case .fingerprint = waiver.target { true } else { false }
    return .object([
      ("id", .integer(Int(kept.id))), ("code", .text(kept.code.description)),
      ("fingerprint", isFinding ? .text(waiver.name) : .null), ("dataset", .optional(waiver.dataset)),
      ("until", .text(waiver.until.text)), ("withdrawn", .bool(kept.isWithdrawn)),
      ("inForce", .bool(today <= waiver.until && !kept.isWithdrawn)), ("reason", .text(waiver.reason)),
      ("operator", .text(kept.operatorName)), ("madeAt", .text(kept.madeAt)),
    ])
  }

  /// A line a waiver.
  package func lines(_ language: Language) -> String {
    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    return waivers.map { kept in
      let waiver = kept.waiver
      let ended =
        kept.isWithdrawn ? say("（已取消）", " (taken back)") : waiver.until < today ? say("（已到期）", " (ended)") : ""
      let target = waiver.name == kept.code.description ? "" : " \(waiver.name)"
      let dataset = waiver.dataset.map { " \($0)" } ?? ""
      return say(
        "\(kept.code)\(target)\(dataset)：至 \(waiver.until.text)\(ended)，\(PrintableText.escape(waiver.reason))（\(PrintableText.escape(kept.operatorName))）\n",
        "\(kept.code)\(target)\(dataset): until \(waiver.until.text)\(ended), \(PrintableText.escape(waiver.reason)) (\(PrintableText.escape(kept.operatorName)))\n"
      )
    }.joined()
      + site.map { waiver in
        let ended = waiver.until < today ? say("（已到期）", " (ended)") : ""
        let dataset = waiver.dataset.map { " \($0)" } ?? ""
        return say(
          "\(waiver.name)\(dataset)：至 \(waiver.until.text)\(ended)，\(PrintableText.escape(waiver.reason))（waivers.yaml）\n",
          "\(waiver.name)\(dataset): until \(waiver.until.text)\(ended), \(PrintableText.escape(waiver.reason)) (waivers.yaml)\n"
        )
      }.joined()
  }
}
