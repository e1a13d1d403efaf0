import ElementCore

/// Reads grid-code schemes.
enum SchemeReader {
  /// The scheme that a node describes.
  static func scheme(_ node: YAMLNode) throws(SchemaError) -> GridCodeScheme {
    try node.allow(["scheme", "title", "source", "length", "segments", "check", "setRules", "rules"])
    var segments: [GridCodeScheme.Segment] = []
    for item in try node.required("segments").list() { segments.append(try segment(item)) }
    let rules = try node.optional("rules")?.texts() ?? []
    if let unknown = rules.first(where: { $0 != "mergedAndSplit" && $0 != "spreadsheetLoss" }) {
      throw try node.required("rules").error(
        zh: "未知的规则 \(unknown)", en: "unknown rule \(unknown); expected mergedAndSplit or spreadsheetLoss")
    }
    let length = try node.required("length")
    let sum = segments.reduce(0) { $0 + $1.length }
    guard try length.integer() == sum else {
      throw length.error(
        zh: "各段长度之和为 \(sum)，不是 \(try length.integer())", en: "the segments add up to \(sum), not to \(try length.integer())")
    }
    if let check = try node.optional("check"), segments.contains(where: { $0.charset != .digits }) {
      throw check.error(zh: "有字母段的编码不能用这种校验", en: "codes with segments of letters have no such check")
    }
    if let node = try node.optional("setRules"),
      segments.last?.name != "sequence" || !segments.contains(where: { $0.name == "community" })
        || segments.contains(where: { ["community", "sequence"].contains($0.name) && $0.charset != .digits })
    {
      throw node.error(
        zh: "setRules 需要名为 community 的数字段，末段为名为 sequence 的数字段",
        en: "rules over sets need a segment community of digits, and sequence, of digits too, as the last one")
    }
    let setRules = try setRules(node)
    if rules.contains("mergedAndSplit") || setRules.contains(.mergedGapless),
      !segments.contains(where: { $0.name == "community" && $0.merged != nil })
    {
      let asked = if let rules = try node.optional("rules") { rules } else { try node.required("setRules") }
      throw asked.error(
        zh: "mergedAndSplit 和 mergedGapless 需要 community 段写明 merged（如 merged: \"601-999\"）",
        en: "mergedAndSplit and mergedGapless need merged on the segment community, such as merged: \"601-999\"")
    }
    return GridCodeScheme(
      name: try node.required("scheme").text(), title: try node.required("title").localized(),
      source: try node.required("source").text(), segments: segments,
      check: try node.choice("check", GridCodeScheme.Check.allCases), setRules: setRules,
      checksMergedAndSplit: rules.contains("mergedAndSplit"),
      checksSpreadsheetLoss: rules.contains("spreadsheetLoss"))
  }

  private static func segment(_ node: YAMLNode) throws(SchemaError) -> GridCodeScheme.Segment {
    try node.allow(["name", "length", "charset", "table", "ranges", "merged", "virtual", "symbol"])
    let length = try node.required("length")
    guard (1...18).contains(try length.integer()) else { throw length.error(zh: "长度应为 1 到 18", en: "a length is 1 to 18") }
    let charset = try node.choice("charset", GridCodeScheme.Charset.allCases) ?? .digits
    if charset != .digits, let ranges = try node.optional("ranges") {
      throw ranges.error(zh: "只有数字段才有范围", en: "only segments of digits have ranges")
    }
    if let table = try node.optional("table"), try table.text() == "division", try length.integer() != 6 || charset != .digits {
      throw table.error(zh: "行政区划段应为 6 位数字", en: "a segment of divisions has six digits")
    }
    var ranges: [ClosedRange<Int>] = []
    for item in try node.optional("ranges")?.list() ?? [] {
      ranges.append(try NumberRange.range(item, digits: try length.integer()))
    }
    var symbol = Verdict.seqRange
    if let name = try node.optional("symbol") {
      let text = try name.text()
      guard let found = Verdict.names.first(where: { $0.1 == text }) else {
        throw name.error(zh: "未知的符号 \(text)", en: "unknown symbol \(text)")
      }
      guard GridCodeScheme.policy.severity(found.0) != nil else {
        throw name.error(zh: "网格编码不报告符号 \(text)", en: "grid codes do not report the symbol \(text)")
      }
      symbol = found.0
    }
    let virtual = try node.optional("virtual").map { (node) throws(SchemaError) in
      try NumberRange.ranges(node, digits: try length.integer())
    }
    let isCommunity = try node.required("name").text() == "community" && charset == .digits
    for key in ["merged", "virtual"] where !isCommunity {
      guard let found = try node.optional(key) else { continue }
      throw found.error(zh: "只有名为 community 的数字段才有 \(key)", en: "only a segment community of digits has \(key)")
    }
    var merged: ClosedRange<Int>?
    if let node = try node.optional("merged") { merged = try NumberRange.range(node, digits: try length.integer()) }
    return GridCodeScheme.Segment(
      name: try node.required("name").text(), length: try length.integer(), charset: charset,
      tableName: try node.optional("table")?.text(), ranges: ranges, merged: merged,
      virtual: virtual ?? [], symbol: symbol)
  }

  private static func setRules(_ node: YAMLNode) throws(SchemaError) -> [GridCodeScheme.SetRule] {
    var out: [GridCodeScheme.SetRule] = []
    for item in try node.optional("setRules")?.list() ?? [] {
      guard let rule = GridCodeScheme.SetRule(rawValue: try item.text()) else {
        let names = GridCodeScheme.SetRule.allCases.map(\.rawValue).joined(separator: ", ")
        throw item.error(zh: "setRules 应为 \(names)", en: "a rule over sets is one of \(names)")
      }
      out.append(rule)
    }
    return out
  }
}
