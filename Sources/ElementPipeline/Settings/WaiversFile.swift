import ElementCore
import ElementSchema
import ElementWarehouse
import Foundation

/// `waivers.yaml`: findings that a site accepts for a time, in the folder of its configuration.
enum WaiversFile {
  private static let name = "waivers.yaml"

  /// The waivers in the folder of a configuration file, or here where there is none; none where there is no such file.
  ///
  /// - Throws: `SchemaError` with file, line and column: of a waiver without its last day, too.
  static func read(beside configuration: String?) throws(SchemaError) -> [(waiver: Waiver, origin: YAMLNode)] {
    let path = String((configuration ?? "").prefix { _ in true }.reversed().drop { $0 != "/" }.reversed()) + name
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
      throw SchemaError(file: path, zh: "无法读取，或不是 UTF-8", en: "cannot be read, or is not UTF-8")
    }
    // Editors of Windows begin it with a byte order mark; who has taken the last waiver out has none.
    let content = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    if content.allSatisfy(\.isWhitespace) { return [] }
    let root = try YAMLNode(text: content, file: path)
    try root.allow(["waivers"])
    var waivers: [(Waiver, YAMLNode)] = []
    for item in try root.required("waivers").list() { waivers.append((try waiver(item), item)) }
    return waivers
  }

  /// Refuses a waiver that a site's schemas know no dataset or rule for, or whose findings are looked at one by one.
  static func confirm(_ waiver: Waiver, _ node: YAMLNode, _ pack: SchemaPack) throws(SchemaError) {
    if let dataset = waiver.dataset, pack.dataset(dataset) == nil {
      throw try node.required("dataset").error(
        zh: "没有数据集 \(PrintableText.escape(dataset))", en: "there is no dataset \(PrintableText.escape(dataset))")
    }
    guard case .code(let code) = waiver.target else { return }
    let finding = try node.required("finding")
    guard let rule = pack.book[code] else { throw finding.error(zh: "没有规则 \(code)", en: "there is no rule \(code)") }
    if rule.waivability == .whole { return }
    throw finding.error(
      zh: rule.waivability == .single ? "\(code) 只能按指纹逐条暂缓" : "\(code) 不能暂缓：这样的行无法入库",
      en: rule.waivability == .single
        ? "findings of \(code) are waived one by one, by their fingerprints"
        : "\(code) cannot be waived: such rows cannot be stored")
  }

  private static func waiver(_ node: YAMLNode) throws(SchemaError) -> Waiver {
    try node.allow(["finding", "dataset", "until", "reason"])
    let finding = try node.required("finding")
    guard let target = Waiver.target(try finding.text()) else {
      throw finding.error(
        zh: "finding 应为规则代码（如 R2101）或 32 位问题指纹",
        en: "finding is the code of a rule, such as R2101, or a fingerprint of 32 digits")
    }
    let until = try node.required("until")
    guard let day = CalendarDate(iso: Array(try until.text().utf8).span) else {
      throw until.error(zh: "until 应为日期，如 2027-03-31", en: "until is a date, such as 2027-03-31")
    }
    let reason = try node.required("reason").text()
    if reason.allSatisfy(\.isWhitespace) { throw try node.required("reason").error(zh: "reason 是空的", en: "reason is empty") }
    return Waiver(target, dataset: try node.optional("dataset")?.text(), until: day, reason: AuditOrigin.redacted(reason))
  }
}
