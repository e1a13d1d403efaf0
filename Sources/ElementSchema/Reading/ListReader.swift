import ElementCore

/// Reads the files in `lists/`.
enum ListReader {
  /// Takes up what the file of a name says.
  static func read(_ node: YAMLNode, _ name: String, into lists: inout PackLists) throws(SchemaError) {
    switch name {
    case "phone-plan": lists.phones = try phones(node)
    case "community-suffixes":
      try node.allow(["source", "suffixes"])
      lists.communitySuffixes = try suffixes(try node.required("suffixes"))
    case "look-alikes":
      try node.allow(["source", "lookAlikes"])
      lists.lookAlikes = []
      for item in try node.required("lookAlikes").list() { lists.lookAlikes.append(try lookAlike(item)) }
    default:
      throw node.error(
        zh: "lists/ 中没有名为 \(name) 的清单，可用：phone-plan、community-suffixes、look-alikes",
        en: "no list is called \(name); lists are phone-plan, community-suffixes and look-alikes")
    }
  }

  /// The longest suffix of a name is meant, whatever the order in which they are written.
  private static func suffixes(_ node: YAMLNode) throws(SchemaError) -> [String] {
    for item in try node.list() where try item.text().isEmpty {
      throw item.error(zh: "后缀不能为空，请删去", en: "a suffix is not empty: take it away")
    }
    return try node.texts().sorted { $0.utf8.count > $1.utf8.count }
  }

  private static func phones(_ node: YAMLNode) throws(SchemaError) -> PhonePlan {
    try node.allow(["source", "mobilePrefixesNotInUse", "areasOfEightDigits", "areasOfBoth"])
    return PhonePlan(
      unusedPrefixes: try NumberRange.ranges(try node.required("mobilePrefixesNotInUse"), digits: 3),
      eightDigits: try NumberRange.ranges(try node.required("areasOfEightDigits"), digits: 3),
      both: try NumberRange.ranges(try node.required("areasOfBoth"), digits: 3))
  }

  private static func lookAlike(_ node: YAMLNode) throws(SchemaError) -> PackLists.LookAlike {
    try node.allow(["set", "list", "codes", "telling", "also", "share", "least", "labels"])
    let telling = try node.required("telling")
    guard try codes(telling).isSubset(of: try codes(try node.required("codes"))) else {
      throw telling.error(zh: "telling 中的代码应都在 codes 中", en: "the codes in telling are all among codes")
    }
    return PackLists.LookAlike(
      set: try node.required("set").text(), list: try node.required("list").localized(),
      codes: try codes(try node.required("codes")), telling: try codes(telling),
      also: try node.optional("also").map(codes) ?? [], share: try number(node, "share", 0...100) ?? 0,
      least: try number(node, "least", 1...1_000_000) ?? 1, allowsLabels: try node.optional("labels")?.flag() ?? false)
  }

  private static func number(_ node: YAMLNode, _ key: String, _ range: ClosedRange<Int>) throws(SchemaError) -> Int? {
    guard let value = try node.optional(key) else { return nil }
    guard range.contains(try value.integer()) else {
      throw value.error(
        zh: "\(key) 应为 \(range.lowerBound) 到 \(range.upperBound)", en: "\(key) is \(range.lowerBound) to \(range.upperBound)")
    }
    return try value.integer()
  }

  private static func codes(_ node: YAMLNode) throws(SchemaError) -> Set<Int> {
    var out: Set<Int> = []
    for item in try node.list() {
      guard let code = Int(try item.text()), (0..<100).contains(code) else {
        throw item.error(zh: "代码应为 0 到 99", en: "a code is 0 to 99")
      }
      out.insert(code)
    }
    return out
  }
}
