import ElementCore

/// Reads fields of a dataset.
enum FieldReader {
  /// What every field may say.
  private static let common = [
    "name", "title", "english", "aliases", "type", "tells", "duty", "sensitivity", "reason", "source", "confidence", "nothing",
    "clearing", "survivor",
  ]
  /// What fields of some type may say.
  private static let keys = common + FieldType.forms.flatMap { $0.attributes }

  /// The field that a node describes.
  static func field(_ node: YAMLNode, setNames: Set<String>, layer: String) throws(SchemaError) -> Field {
    try node.allow(keys)
    let name = try node.required("name")
    let identifier = try name.text()
    guard isIdentifier(identifier) else {
      throw name.error(
        zh: "字段名应为小写字母开头的字母和数字（最多 63 个）", en: "a field name is a lower-case letter, then letters and digits, 63 at most")
    }
    return Field(
      name: identifier, title: try node.required("title").text(), english: try node.required("english").text(),
      aliases: try node.optional("aliases")?.texts() ?? [], type: try type(node, setNames),
      duty: try node.choice("duty", Duty.allCases) ?? .optional,
      sensitivity: try node.choice("sensitivity", Sensitivity.allCases) ?? .personal,
      length: try node.optional("length")?.integer(), digits: try node.optional("digits")?.integer(),
      scale: try node.optional("scale")?.integer(), minimum: try node.optional("min")?.integer(),
      maximum: try node.optional("max")?.integer(), isOpen: try node.optional("open")?.flag() ?? false,
      tells: try node.optional("tells")?.flag() ?? true,
      versions: try versions(node, setNames), past: try node.optional("past")?.flag() ?? false,
      birthDateOf: try node.optional("birthDateOf")?.text(),
      formerNameOf: try node.optional("formerNameOf")?.text(),
      nothing: try node.choice("nothing", NothingPolicy.allCases) ?? .words,
      clearing: try clearing(node),
      survivor: try node.optional("survivor").map { (text) throws(SchemaError) in Survivor(try text.text()) } ?? .incoming,
      source: try node.required("source").text(), reason: try node.optional("reason")?.text() ?? "",
      confidence: try confidence(node),
      origin: SettingOrigin(layer: layer, file: node.file, line: node.line))
  }

  private static func versions(_ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> [String] {
    let list = try node.optional("versions")?.list() ?? []
    for item in list where !setNames.contains(try item.text()) {
      throw item.error(zh: "没有代码集 \(try item.text())", en: "there is no code set \(try item.text())")
    }
    return try node.optional("versions")?.texts() ?? []
  }

  /// Names become columns, so they are held to what SQL and JSON take without thinking (`reliability-and-privacy.md` T25).
  static func isIdentifier(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, (0x61...0x7A).contains(first), bytes.count <= 63 else { return false }
    return bytes.allSatisfy {
      (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
    }
  }

  /// Whether an empty value takes the stored one away, which no key and nothing required can.
  private static func clearing(_ node: YAMLNode) throws(SchemaError) -> Bool {
    guard let flag = try node.optional("clearing"), try flag.flag() else { return false }
    if let duty = try node.choice("duty", Duty.allCases), duty >= .required {
      throw flag.error(
        zh: "主键和必填项不能为空，不能写 clearing", en: "a key or a required field is never empty and cannot be clearing")
    }
    return true
  }

  private static func confidence(_ node: YAMLNode) throws(SchemaError) -> String {
    let value = try node.required("confidence")
    guard ["A", "B", "C", "D"].contains(try value.text()) else {
      throw value.error(zh: "可信度应为 A、B、C 或 D", en: "confidence is A, B, C or D")
    }
    return try value.text()
  }

  /// The type of a field; an attribute that the type does not honour would promise a check that nobody makes.
  private static func type(_ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType {
    let value = try node.required("type")
    let name = try value.text()
    guard let form = FieldType.forms.first(where: { $0.names.contains(name) }) else {
      let names = FieldType.forms.flatMap { $0.names }.joined(separator: ", ")
      throw value.error(zh: "未知的类型 \(name)，可用：\(names)", en: "unknown type \(name); expected \(names)")
    }
    try refuse(node, form, name)
    return try form.read(name, node, setNames)
  }

  /// Refuses attributes that say something about other types only.
  static func refuse(_ node: YAMLNode, _ form: any TypeForm.Type, _ name: String) throws(SchemaError) {
    for pair in try node.pairs() {
      let key = try pair.key.text()
      if common.contains(key) || form.attributes.contains(key) || !keys.contains(key) { continue }
      let known = form.attributes.isEmpty ? "" : form.attributes.joined(separator: ", ")
      throw pair.key.error(
        zh: "类型 \(name) 没有 \(key)" + (known.isEmpty ? "，请删去" : "，可用：\(known)；否则请删去"),
        en: "the type \(name) has no \(key); " + (known.isEmpty ? "take it away" : "it has \(known); else take it away"))
    }
  }
}
