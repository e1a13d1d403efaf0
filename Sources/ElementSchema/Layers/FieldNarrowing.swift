import ElementCore

/// Narrows a field as a layer asks: what was allowed may be forbidden, what was forbidden stays so.
struct FieldNarrowing {
  let layer: String
  /// The code sets, for the values of a field.
  let codes: [String: CodeTable]
  private static let keys = [
    "name", "duty", "length", "digits", "scale", "min", "max", "past", "sensitivity", "confidence", "values", "aliases",
    "clearing", "survivor",
  ]

  /// Applies what a node says to a field.
  ///
  /// - Throws: `SchemaError` with both positions where it would widen the field.
  func apply(_ node: YAMLNode, to field: inout Field) throws(SchemaError) {
    try node.allow(Self.keys)
    try FieldReader.refuse(node, type(of: field.type.form), field.type.name)
    for pair in try node.pairs() where try pair.key.text() != "name" {
      let key = try pair.key.text()
      switch key {
      case "duty": field.duty = try ranked(pair.value, key, field.duty, Duty.allCases.reversed(), field)
      case "sensitivity": field.sensitivity = try ranked(pair.value, key, field.sensitivity, Sensitivity.allCases, field)
      case "confidence": field.confidence = try confidence(pair.value, field)
      case "length": field.length = try bound(pair.value, key, field.length, field, isUpper: true)
      case "digits" where field.type == .statisticalCode:
        throw pair.key.error(zh: "统计用区划代码的位数不能改", en: "the digits of a statistical code stay as they are")
      case "digits": field.digits = try bound(pair.value, key, field.digits, field, isUpper: true)
      case "scale": field.scale = try bound(pair.value, key, field.scale, field, isUpper: true)
      case "min": field.minimum = try bound(pair.value, key, field.minimum, field, isUpper: false)
      case "max": field.maximum = try bound(pair.value, key, field.maximum, field, isUpper: true)
      case "past":
        guard try pair.value.flag() || !field.past else { throw widening(pair.value, key, "true", "false", field) }
        field.past = try pair.value.flag()
      case "clearing":
        guard field.duty < .required else {
          throw pair.value.error(
            zh: "主键和必填项不能为空，不能写 clearing", en: "a key or a required field is never empty and cannot be clearing")
        }
        field.clearing = try pair.value.flag()
      case "survivor": field.survivor = Survivor(try pair.value.text())
      case "values": field.values = try values(pair.value, field)
      default: field.aliases += try pair.value.texts().filter { !field.aliases.contains($0) }
      }
      field.origins[key] = SettingOrigin(layer: layer, file: pair.value.file, line: pair.value.line)
    }
  }

  private func bound(
    _ node: YAMLNode, _ key: String, _ old: Int?, _ field: Field, isUpper: Bool
  ) throws(SchemaError) -> Int {
    let new = try node.integer()
    if let old, isUpper ? new > old : new < old { throw widening(node, key, String(old), String(new), field) }
    return new
  }

  /// A choice out of some, of which later ones are narrower.
  private func ranked<Value: RawRepresentable<String> & Equatable>(
    _ node: YAMLNode, _ key: String, _ old: Value, _ values: [Value], _ field: Field
  ) throws(SchemaError) -> Value {
    let text = try node.text()
    guard let new = Value(rawValue: text), let rank = values.firstIndex(of: new), let before = values.firstIndex(of: old) else {
      let names = values.map(\.rawValue).joined(separator: ", ")
      throw node.error(zh: "\(key) 应为 \(names) 之一", en: "\(key) is one of \(names)")
    }
    guard rank >= before else { throw widening(node, key, old.rawValue, text, field) }
    return new
  }

  private func confidence(_ node: YAMLNode, _ field: Field) throws(SchemaError) -> String {
    let text = try node.text()
    guard ["A", "B", "C", "D"].contains(text) else {
      throw node.error(zh: "可信度应为 A、B、C 或 D", en: "confidence is A, B, C or D")
    }
    guard text <= field.confidence else { throw widening(node, "confidence", field.confidence, text, field) }
    return text
  }

  private func values(_ node: YAMLNode, _ field: Field) throws(SchemaError) -> [String] {
    guard case .code(let set) = field.type, let table = codes[set] else {
      throw node.error(zh: "\(field.name) 不是代码字段", en: "\(field.name) is no field of codes")
    }
    for item in try node.list() {
      let code = try item.text()
      guard table.entries.contains(where: { $0.code == code }) else {
        throw item.error(zh: "代码集 \(set) 中没有 \(code)", en: "the code set \(set) has no \(code)")
      }
      if let old = field.values, !old.contains(code) {
        throw widening(item, "values", old.joined(separator: ", "), code, field)
      }
    }
    return try node.texts()
  }

  private func widening(_ node: YAMLNode, _ key: String, _ old: String, _ new: String, _ field: Field) -> SchemaError {
    Self.widening(node, "\(field.name).\(key)", old, new, field.origins[key] ?? field.origin)
  }

  /// That a layer widens what another set, with both positions.
  static func widening(_ node: YAMLNode, _ what: String, _ old: String, _ new: String, _ origin: SettingOrigin) -> SchemaError {
    node.error(
      zh: "\(what) 只能收紧：\(origin.layer) 层（\(origin.place)）定为 \(old)，这里写 \(new)",
      en: "\(what) may only be narrowed: layer \(origin.layer) (\(origin.place)) has \(old), here it is \(new)")
  }
}
