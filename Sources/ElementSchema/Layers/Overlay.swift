package import ElementCore

/// A number that a layer sets and that expressions name, such as the households of a grid.
package struct LayerSetting: Sendable, Hashable {
  /// Which values are narrower.
  package enum Direction: String, Sendable, CaseIterable {
    /// Greater ones: a least number.
    case up
    /// Smaller ones: a greatest number.
    case down
  }

  /// Its name in expressions.
  package let name: String
  /// The number.
  package let value: Int
  /// Which values are narrower.
  package let narrows: Direction
  /// What it counts.
  package let unit: String
  /// What it is called.
  package let title: LocalizedText
  /// The clause that it comes from.
  package let source: String
  /// Which layer set it, and where.
  package let origin: SettingOrigin
}

/// A layer over the national core: a province's or a city's standard.
package struct Overlay: Sendable {
  /// The name that `--overlay` selects it by.
  package let name: String
  /// What it is called.
  package let title: LocalizedText
  /// Province or city.
  package let level: String
  /// The document that it comes from.
  package let source: String
  /// The overlay that it lies on; nil for the core.
  package let base: String?
  /// What it says of settings.
  let settings: [YAMLNode]
  /// What it says of datasets, by name.
  let datasets: [(name: YAMLNode, node: YAMLNode)]

  /// The overlay that a document describes.
  init(_ node: YAMLNode) throws(SchemaError) {
    try node.allow(["overlay", "title", "level", "extends", "source", "settings", "datasets"])
    name = try node.required("overlay").text()
    title = try node.required("title").localized()
    let level = try node.required("level")
    self.level = try level.text()
    guard self.level == "province" || self.level == "city" else {
      throw level.error(zh: "level 应为 province 或 city", en: "the level is province or city")
    }
    source = try node.required("source").text()
    base = try node.optional("extends")?.text()
    settings = try node.optional("settings")?.list() ?? []
    var datasets: [(name: YAMLNode, node: YAMLNode)] = []
    for pair in try node.optional("datasets")?.pairs() ?? [] {
      try pair.value.allow(["fields", "add", "rules", "groups", "references", "sequences", "totals"])
      datasets.append((pair.key, pair.value))
    }
    self.datasets = datasets
  }

  /// The overlays that are selected, each behind the one it lies on.
  ///
  /// - Throws: `SchemaError` for an unknown name, or one that lies on itself.
  static func chain(_ names: [String], of all: [String: Overlay]) throws(SchemaError) -> [Overlay] {
    var out: [Overlay] = []
    for name in names { try add(name, all, &out, above: []) }
    return out
  }

  private static func add(
    _ name: String, _ all: [String: Overlay], _ out: inout [Overlay], above: [String]
  ) throws(SchemaError) {
    guard let overlay = all[name] else {
      let known = all.keys.sorted().joined(separator: ", ")
      throw SchemaError(
        file: "overlays/\(name).yaml", zh: "没有覆盖层 \(name)，可用：\(known)", en: "there is no overlay \(name); there are \(known)")
    }
    guard !above.contains(name) else {
      throw SchemaError(file: "overlays/\(name).yaml", zh: "覆盖层继承成环", en: "the overlay extends itself")
    }
    if let base = overlay.base { try add(base, all, &out, above: above + [name]) }
    if !out.contains(where: { $0.name == name }) { out.append(overlay) }
  }

  /// The settings of layers, later ones narrower.
  ///
  /// - Throws: `SchemaError` with both positions where a layer widens what one below it set.
  static func settings(_ layers: [Overlay]) throws(SchemaError) -> [LayerSetting] {
    var out: [LayerSetting] = []
    for layer in layers {
      for node in layer.settings {
        let setting = try layer.setting(node)
        guard let place = out.firstIndex(where: { $0.name == setting.name }) else {
          out.append(setting)
          continue
        }
        let before = out[place]
        let isNarrower = before.narrows == .up ? setting.value >= before.value : setting.value <= before.value
        guard isNarrower, setting.narrows == before.narrows else {
          throw FieldNarrowing.widening(node, setting.name, String(before.value), String(setting.value), before.origin)
        }
        out[place] = setting
      }
    }
    return out
  }

  private func setting(_ node: YAMLNode) throws(SchemaError) -> LayerSetting {
    try node.allow(["name", "value", "narrows", "unit", "title", "source"])
    let name = try node.required("name")
    guard FieldReader.isIdentifier(try name.text()) else {
      throw name.error(zh: "名称应为小写字母开头的字母和数字", en: "a name is a lower-case letter, then letters and digits")
    }
    guard let narrows = LayerSetting.Direction(rawValue: try node.required("narrows").text()) else {
      throw try node.required("narrows").error(zh: "narrows 应为 up 或 down", en: "narrows is up or down")
    }
    return LayerSetting(
      name: try name.text(), value: try node.required("value").integer(), narrows: narrows,
      unit: try node.required("unit").text(), title: try node.required("title").localized(),
      source: try node.required("source").text(), origin: SettingOrigin(layer: self.name, file: node.file, line: node.line))
  }
}
