package import ElementCore

/// W0001: Stored fields that the schemas at hand do not have.
package enum KeptColumns {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0001"), symbol: "KEPT_COLUMNS", severity: .info,
    title: LocalizedText(zh: "台账库中另有的字段", en: "Stored fields that the schemas do not have"),
    message: LocalizedText(
      zh: "台账库中的{fields}不在这次使用的结构里；原有的值保留不变",
      en: "The warehouse has fields that these schemas do not: {fields}; their values stay as they are"),
    rationale: LocalizedText(
      zh: "某次导入用的结构多了这些字段。这次的文件对它们没有说什么，所以什么也不改。",
      en: "An earlier load had schemas with more fields. This delivery says nothing of them, so nothing of them changes."),
    fix: LocalizedText(
      zh: "无需处理；如应使用这些字段，请加上当时的 --overlay 或 --schemas 再导入。",
      en: "Nothing to do; where they should be used, load with the --overlay or --schemas of that time."),
    source: "warehouse shapes")

  /// The finding about some fields, by their titles in both languages.
  package static func finding(_ fields: [(zh: String, en: String)]) -> Finding {
    Finding(
      descriptor.code, descriptor.severity,
      facts: [
        "fields": fields.map { "“\($0.zh)”" }.joined(separator: "、"), "fieldsEn": fields.map(\.en).joined(separator: ", "),
      ], count: fields.count)
  }
}
