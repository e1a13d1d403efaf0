package import ElementCore
package import ElementFormats
package import ElementSchema
package import ElementWarehouse

/// Where the values of stored rows came from, for people and programs; values are masked as their fields ask.
package struct LineageText {
  private let dataset: Dataset

  /// Texts about rows of a dataset.
  package init(_ dataset: Dataset) { self.dataset = dataset }

  /// The lines about the row of a key; nil says that there never was one.
  package func lines(_ lineage: RowLineage?, key: [String], _ language: Language) -> String {
    let shown = "\(dataset.title[language]) \(self.key(key))"
    guard let lineage else {
      return LocalizedText(zh: "\(shown)：台账库中没有，以前也没有\n", en: "\(shown): is not in the warehouse and never was\n")[language]
    }
    var out = shown + "\n"
    if !lineage.stands, let last = lineage.versions.first {
      out +=
        LocalizedText(
          zh: "  现已不在：由第 \(last.until ?? 0) 批移出\n", en: "  is not there any more: batch \(last.until ?? 0) took it away\n")[
          language]
    }
    if let closed = lineage.closed {
      out +=
        LocalizedText(
          zh: "  已关闭：第 \(closed.batch) 批的名册没有列入（\(closed.at)）\n",
          en: "  is closed: the list of batch \(closed.batch) lacked it (\(closed.at))\n")[language]
    }
    for value in lineage.values { out += "  " + line(value, language) + "\n" }
    for version in lineage.versions { out += "  " + line(version, language) + "\n" }
    return out
  }

  private func line(_ value: RowLineage.Value, _ language: Language) -> String {
    let (title, masked) = (title(value.field, language), mask(value.field, value.value))
    let place = value.column.map { column in
      let heading = PrintableText.escape(column.heading)
      return LocalizedText(zh: "，第 \(column.number) 列“\(heading)”", en: ", column \(column.number) \"\(heading)\"")[language]
    }
    let how: LocalizedText =
      switch value.kind {
      case .stated: LocalizedText(zh: "", en: "")
      case .derived: LocalizedText(zh: "，由其他栏目推出", en: ", follows from other fields")
      case .joined: LocalizedText(zh: "，来自合并的无号码记录", en: ", from the row without a number that was joined")
      }
    let repairs = value.repairs.map { repair in
      let written = mask(value.field, String(escapingInvalid: repair.written.span))
      return LocalizedText(zh: "，经 \(repair.code) 修正，原写作“\(written)”", en: ", repaired by \(repair.code) from \"\(written)\"")[
        language]
    }
    return "\(title)  \(masked)  \(source(value.version, language))\(place ?? "")\(how[language])\(repairs.joined())"
  }

  private func line(_ version: RowLineage.Version, _ language: Language) -> String {
    let who = PrintableText.escape(version.operatorName) + (version.sender.map { " (\(PrintableText.escape($0)))" } ?? "")
    let until = version.until.map { String($0) } ?? ""
    let end =
      version.until == nil
      ? LocalizedText(zh: "至今", en: "until now") : LocalizedText(zh: "至第 \(until) 批", en: "until batch \(until)")
    return LocalizedText(
      zh: "版本：自第 \(version.since) 批\(end.zh)  \(source(version, .zh))  \(version.recordedAt)  \(who)  sha256 \(version.sha256)",
      en:
        "version: since batch \(version.since) \(end.en)  \(source(version, .en))  \(version.recordedAt)  \(who)  sha256 \(version.sha256)"
    )[
      language]
  }

  private func source(_ version: RowLineage.Version, _ language: Language) -> String {
    let path = PrintableText.escape(version.path)
    return LocalizedText(
      zh: "第 \(version.batch) 批，\(path) 第 \(version.row) 行", en: "batch \(version.batch), \(path) row \(version.row)")[language]
  }

  /// The object that `explain --json` prints about some keys.
  package func object(_ found: [(key: [String], lineage: RowLineage?)]) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("explain")), ("dataset", .text(dataset.name)),
      ("rows", .list(found.map { object($0.lineage, $0.key) })),
    ])
  }

  private func object(_ lineage: RowLineage?, _ key: [String]) -> JSONValue {
    .object([
      ("key", .text(self.key(key))), ("stands", .bool(lineage?.stands ?? false)),
      ("closedBy", (lineage?.closed?.batch).map { .integer($0) } ?? .null), ("closedAt", .optional(lineage?.closed?.at)),
      (
        "values",
        .list(
          (lineage?.values ?? []).map { value in
            .object([
              ("field", .text(value.field)), ("value", .text(mask(value.field, value.value))),
              ("kind", .text(value.kind.rawValue)),
              ("batch", .integer(value.version.batch)), ("row", .integer(value.version.row)),
              ("column", value.column.map { JSONValue.integer($0.number) } ?? .null),
              ("heading", JSONValue.optional(value.column?.heading)),
              ("repairs", .list(value.repairs.map { .text($0.code) })),
            ])
          })
      ), ("versions", .list((lineage?.versions ?? []).map(object))),
    ])
  }

  private func object(_ version: RowLineage.Version) -> JSONValue {
    .object([
      ("batch", .integer(version.batch)), ("since", .integer(version.since)),
      ("until", version.until.map(JSONValue.integer) ?? .null), ("reason", JSONValue.optional(version.reason)),
      ("recordedAt", .text(version.recordedAt)), ("operator", .text(version.operatorName)),
      ("sender", JSONValue.optional(version.sender)), ("path", .text(version.path)), ("sha256", .text(version.sha256)),
      ("row", .integer(version.row)),
    ])
  }

  private func key(_ values: [String]) -> String {
    zip(dataset.key, values).map { dataset.fields[$0].mask($1) }.joined(separator: " ")
  }

  private func title(_ name: String, _ language: Language) -> String {
    guard let field = dataset.index(of: name).map({ dataset.fields[$0] }) else { return name }
    return language == .zh ? field.title : field.english
  }

  private func mask(_ name: String, _ value: String) -> String {
    // What the schemas do not know is not shown.
    dataset.index(of: name).map { dataset.fields[$0].mask(value) } ?? "***"
  }
}
