package import ElementCore
package import ElementExchange
package import ElementReports
package import ElementSchema
import Foundation

/// What `yaosu.yaml` says: the site's grid-code scheme, its senders and what it demands.
package struct SiteConfiguration: Sendable {
  /// A sender of deliveries.
  package struct Sender: Sendable {
    /// The area its names lie in.
    package let area: String?
    /// How good its values are beside those of others, the smaller the better; nil for the last.
    package let rank: Int?
    /// What its loads may come to, by the name of a dataset, or `all`.
    fileprivate let limits: [String: LoadLimits]
  }

  /// The grid-code scheme: `cjt349`, `unit15`, `stat12`, `stat12+N` or a file.
  package var gridScheme: String?
  /// The senders by name.
  package var senders: [String: Sender] = [:]
  /// Fields demanded of a dataset, with the place they were demanded at.
  package var required: [(dataset: String, fields: [String], origin: YAMLNode)] = []
  /// What is demanded, as texts that differ where it does: `DATASET=FIELD+FIELD`.
  var demands: [String] { required.map { "\($0.dataset)=\($0.fields.joined(separator: "+"))" } }
  /// What loads may come to, by the name of a dataset, or `all`.
  private var limits: [String: LoadLimits] = [:]
  /// The names of datasets that have limits, with the place they were written at.
  private(set) var limited: [(dataset: String, origin: YAMLNode)] = []
  /// Which version of a code set the site's senders use, by the name of its field or of the set.
  package var codeSets: [String: String] = [:]
  /// The zone that the office's times are in.
  package private(set) var timeZone = OfficeZone.shanghai
  /// How far household numbers are unique.
  package private(set) var householdNumberScope = NumberScope.community
  /// For how many days a record belongs to the office that confirmed it last.
  package private(set) var ownerDays = 180
  /// What the site wants its data to be.
  package private(set) var quality = QualityGoals.usual
  /// Where deliveries come and answers go.
  package private(set) var folders = NightFolders()
  /// Plain settings that flags and the environment go before: lang, operator, area, sender, warehouse.
  package var settings: [String: String] = [:]
  /// What `waivers.yaml` beside it says.
  package private(set) var waivers: [(waiver: Waiver, origin: YAMLNode)] = []
  /// The file it was read from; nil for none.
  package private(set) var path: String?

  private static let all = "all"
  /// The packages that nights make.
  package private(set) var exports: [NightExport] = []
  /// Whether nights join people, once somebody has begun.
  package private(set) var linksNightly = true
  /// The register of recipients, from the folder that the configuration stands in; nil where there is none.
  private var recipients: String?

  private static let plain = ["lang", "operator", "area", "sender", "warehouse", "jobs", "overlay", "anchor", "office"]

  /// No configuration.
  package init() {}

  /// The configuration in a file.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  package init(path: String) throws(SchemaError) {
    guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
      throw SchemaError(file: path, zh: "无法读取配置文件，或不是 UTF-8", en: "the configuration cannot be read, or is not UTF-8")
    }
    self.path = path
    let root = try YAMLNode(text: text, file: path)
    try root.allow(
      SiteConfiguration.plain + [
        "grid", "senders", "required", "codeSets", "timeZone", "householdNumberScope", "limits", "ownerDays", "quality",
        "folders", "recipients", "exports", "linkage",
      ])
    for key in SiteConfiguration.plain { settings[key] = try root.optional(key)?.text() }
    if let zone = try root.optional("timeZone") { timeZone = try SiteConfiguration.zone(zone) }
    if let scope = try root.choice("householdNumberScope", NumberScope.allCases) { householdNumberScope = scope }
    if let days = try root.optional("ownerDays") {
      ownerDays = try days.integer()
      if ownerDays < 0 { throw days.error(zh: "ownerDays 应为 0 或以上的天数", en: "ownerDays is a number of days, 0 or more") }
    }
    if let grid = try root.optional("grid") {
      try grid.allow(["scheme"])
      gridScheme = try grid.optional("scheme")?.text()
    }
    for pair in try root.optional("senders")?.pairs() ?? [] {
      try pair.value.allow(["area", "limits", "rank"])
      senders[try pair.key.text()] = Sender(
        area: try pair.value.optional("area")?.text(), rank: try pair.value.optional("rank")?.integer(),
        limits: try readLimits(try pair.value.optional("limits")))
    }
    limits = try readLimits(try root.optional("limits"))
    if let node = try root.optional("quality") { try quality.read(node) }
    if let node = try root.optional("folders") { try folders.read(node) }
    let beside = (path as NSString).deletingLastPathComponent
    folders = folders.below(beside)
    recipients = try root.optional("recipients")?.text()
    recipients = recipients?.below(beside)
    for node in try root.optional("exports")?.list() ?? [] { exports.append(try NightExport(node, below: beside)) }
    if let node = try root.optional("linkage") {
      try node.allow(["nightly", "model"])
      linksNightly = try node.optional("nightly")?.flag() ?? true
      settings[ModelLibrary.setting] = try node.optional("model")?.text()
    }
    for pair in try root.optional("codeSets")?.pairs() ?? [] { codeSets[try pair.key.text()] = try pair.value.text() }
    for pair in try root.optional("required")?.pairs() ?? [] {
      required.append((try pair.key.text(), try pair.value.texts(), pair.value))
    }
  }

  private mutating func readLimits(_ node: YAMLNode?) throws(SchemaError) -> [String: LoadLimits] {
    var out: [String: LoadLimits] = [:]
    for pair in try node?.pairs() ?? [] {
      let name = try pair.key.text()
      if name != SiteConfiguration.all { limited.append((name, pair.key)) }
      out[name] = try LoadLimits(pair.value)
    }
    return out
  }

  /// The register of recipients in a file, else the one that the configuration names; an empty one where there is none.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  package func register(_ named: String? = nil) throws(SchemaError) -> RecipientRegister {
    guard let path = named ?? recipients else { return RecipientRegister() }
    guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
      throw SchemaError(
        file: path, zh: "无法读取接收方登记簿，或不是 UTF-8", en: "the register of recipients cannot be read, or is not UTF-8")
    }
    return try RecipientRegister(text: text, path: path)
  }

  /// What a load of a dataset by a sender may come to: what is said of the sender goes before what is said of all, and of the dataset
  /// before what is said of all of them.
  func limits(of dataset: String, sender: String?) -> LoadLimits {
    let own = sender.flatMap { senders[$0]?.limits } ?? [:]
    return [own[dataset], own[SiteConfiguration.all], limits[dataset], limits[SiteConfiguration.all]].compactMap { $0 }
      .reduce(LoadLimits()) { $0.over($1) }
  }

  /// The zone of a name in the time-zone database.
  private static func zone(_ node: YAMLNode) throws(SchemaError) -> OfficeZone {
    let name = try node.text()
    if name.utf8.elementsEqual(OfficeZone.shanghai.name.utf8) { return .shanghai }
    guard let zone = OfficeZone(named: name) else {
      throw node.error(
        zh: "没有时区 \(name)；请写时区数据库中的名称，如 Asia/Shanghai",
        en: "there is no time zone \(name); give a name of the time-zone database, such as Asia/Shanghai")
    }
    return zone
  }

  /// The configuration that applies: the file named, `yaosu.yaml` here, or the user's (XDG); none where there is no file.
  package static func find(named path: String?) throws(SchemaError) -> SiteConfiguration {
    var found = try read(named: path)
    found.waivers = try WaiversFile.read(beside: found.path)
    return found
  }

  private static func read(named path: String?) throws(SchemaError) -> SiteConfiguration {
    if let path { return try SiteConfiguration(path: path) }
    let environment = ProcessInfo.processInfo.environment
    let home = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map { $0 + "/.config" }
    for candidate in ["yaosu.yaml"] + (home.map { [$0 + "/yaosu/yaosu.yaml"] } ?? [])
    where FileManager.default.fileExists(atPath: candidate) {
      return try SiteConfiguration(path: candidate)
    }
    return SiteConfiguration()
  }
}

extension SchemaPack {
  /// The pack as a site uses it: shipped, with a directory over it, the layers selected and the site's demands.
  package static func site(
    schemas: String?, overlays: [String], need: PackNeed = .all, _ configuration: SiteConfiguration
  ) throws(SchemaError) -> SchemaPack {
    let need = configuration.required.isEmpty && configuration.limited.isEmpty && configuration.waivers.isEmpty ? need : .all
    var pack = try SchemaPack.shipped(directory: schemas, overlays: overlays, need: need)
    for demand in configuration.required { try pack.require(demand.fields, of: demand.dataset, origin: demand.origin) }
    for (waiver, origin) in configuration.waivers { try WaiversFile.confirm(waiver, origin, pack) }
    for (name, origin) in configuration.limited where pack.dataset(name) == nil {
      throw origin.error(zh: "没有数据集 \(name)；对全部数据集写 all", en: "there is no dataset \(name); all means every one")
    }
    return pack
  }

  /// The grid-code scheme that a setting names: a scheme of the pack, `stat12+N`, or a file; CJ/T 349 for nil.
  package func gridScheme(_ setting: String?) throws(SchemaError) -> GridCodeScheme {
    let name = setting ?? "cjt349"
    if let scheme = scheme(name) { return scheme }
    guard name.contains("/") || name.contains("."), let data = FileManager.default.contents(atPath: name),
      let text = String(validating: data, as: UTF8.self)
    else {
      throw SchemaError(
        file: name, zh: "没有网格编码规则 \(name)，可用 cjt349、unit15、stat12、stat12+N 或文件",
        en: "there is no grid-code scheme \(name); use cjt349, unit15, stat12, stat12+N or a file")
    }
    let scheme = try SchemaPack.schemeFile(text, name)
    if let table = scheme.segments.compactMap(\.tableName).first(where: { codeSets[$0] == nil }) {
      throw SchemaError(file: name, zh: "没有代码集 \(table)", en: "there is no code set \(table)")
    }
    return scheme.bound(to: codeSets)
  }
}
