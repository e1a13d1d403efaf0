package import ElementCore
package import ElementSchema

/// The register of recipients, `recipients.yaml`: who may receive what, by what right (PIPL 21 and 23).
package struct RecipientRegister: Sendable {
  /// The entries, in the order of the file.
  package private(set) var entries: [RecipientEntry] = []
  /// The file; empty where there is none.
  package let path: String

  /// A register without entries.
  package init() { path = "" }

  /// The register in a file's text.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  package init(text: String, path: String) throws(SchemaError) {
    self.path = path
    let root = try YAMLNode(text: text, file: path)
    try root.allow(["recipients"])
    for pair in try root.required("recipients").pairs() { entries.append(try Self.entry(pair.key, pair.value)) }
  }

  /// The entry of a name; nil where there is none.
  package func entry(_ name: String) -> RecipientEntry? { entries.first { $0.name.utf8.elementsEqual(name.utf8) } }

  /// The entries that may have a profile.
  package func entries(for profile: String) -> [RecipientEntry] {
    entries.filter { $0.profiles.contains { $0.utf8.elementsEqual(profile.utf8) } }
  }

  /// The approvals that end within so many days, or have ended, with the names of their entries.
  package func ending(on day: CalendarDate, within days: Int) -> [(entry: RecipientEntry, approval: ExportApproval)] {
    entries.flatMap { entry in
      entry.approvals.filter { $0.validUntil.dayNumber - day.dayNumber <= days }.map { (entry, $0) }
    }
  }

  private static func entry(_ key: YAMLNode, _ node: YAMLNode) throws(SchemaError) -> RecipientEntry {
    try node.allow([
      "name", "creditCode", "country", "legalBasis", "profiles", "fields", "channel", "crypto", "unencrypted",
      "impactAssessment",
      "approvals", "approvalCount", "minors",
    ])
    if let country = try node.optional("country"), try country.text() != "CN" {
      throw country.error(zh: "只能向境内提供（个人信息保护法第38条）", en: "data is handed over inside of China only (PIPL 38)")
    }
    let code = try node.required("creditCode")
    let bytes = Array(try code.text().utf8)
    guard CreditCode.isSound(bytes.span) else {
      throw code.error(zh: "不是有效的统一社会信用代码", en: "is no valid unified social credit code")
    }
    var approvals: [ExportApproval] = []
    for approval in try node.optional("approvals")?.list() ?? [] { approvals.append(try Self.approval(approval)) }
    var fields: [(dataset: String, fields: [String]?)] = []
    for pair in try node.required("fields").pairs() {
      let isAll = pair.value.isScalar
      if isAll, try pair.value.text() != "all" {
        throw pair.value.error(zh: "应为字段列表或 all", en: "a list of fields, or all, should stand here")
      }
      fields.append((try pair.key.text(), isAll ? nil : try pair.value.texts()))
    }
    return RecipientEntry(
      name: try key.text(), title: try node.required("name").text(), creditCode: try code.text(),
      legalBasis: try node.required("legalBasis").text(), profiles: try node.required("profiles").texts(), fields: fields,
      channel: try channel(node), impactAssessment: try node.optional("impactAssessment")?.text(), approvals: approvals,
      approvalCount: try count(node), admitsMinors: try node.optional("minors")?.flag() ?? false)
  }

  /// A text without blanks at its ends: a body with one is the same body.
  private static func trimmed(_ node: YAMLNode) throws(SchemaError) -> String {
    String(try node.text().drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func count(_ node: YAMLNode) throws(SchemaError) -> Int {
    guard let written = try node.optional("approvalCount") else { return 1 }
    let count = try written.integer()
    if count < 1 { throw written.error(zh: "approvalCount 应为 1 以上", en: "approvalCount is 1 or more") }
    return count
  }

  private static func channel(_ node: YAMLNode) throws(SchemaError) -> RecipientEntry.Channel {
    let channel = try node.required("channel")
    switch try channel.text() {
    case "encrypted-file":
      let words = try node.required("crypto").text().split(separator: " ").map(String.init)
      if words.isEmpty { throw channel.error(zh: "crypto 不能为空", en: "crypto must say a command") }
      return .encrypted(words)
    case "plain": return .plain(approval: try node.optional("unencrypted")?.text())
    default:
      throw channel.error(zh: "channel 应为 encrypted-file 或 plain", en: "channel is encrypted-file or plain")
    }
  }

  private static func approval(_ node: YAMLNode) throws(SchemaError) -> ExportApproval {
    try node.allow(["number", "body", "date", "validUntil"])
    func day(_ key: String) throws(SchemaError) -> CalendarDate {
      let value = try node.required(key)
      let bytes = Array(try value.text().utf8)
      guard let day = CalendarDate(iso: bytes.span) else {
        throw value.error(zh: "日期应为 YYYY-MM-DD", en: "a day as YYYY-MM-DD should stand here")
      }
      return day
    }
    return ExportApproval(
      number: try node.required("number").text(), body: try Self.trimmed(node.required("body")), date: try day("date"),
      validUntil: try day("validUntil"))
  }
}
