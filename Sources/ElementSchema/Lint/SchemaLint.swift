package import ElementCore
import ElementExpression

/// Looks a pack over for what its loader accepts and a maintainer would not: sets that nothing uses, headings that two
/// fields claim, rules that can never fire, layers that do not hold together.
package struct SchemaLint: Sendable {
  /// Something to look at.
  package struct Finding: Sendable, Hashable {
    /// Error or warning.
    package let severity: Severity
    /// The path in the pack that the remark is about.
    package let file: String
    /// The line, from 1; 0 where the file as a whole is meant.
    package let line: Int
    /// The column, from 1; 0 where the line as a whole is meant.
    package let column: Int
    /// What is wrong and what to do.
    package let message: LocalizedText
  }

  /// What was found, by file and line.
  package private(set) var findings: [Finding] = []
  private let pack: SchemaPack
  private let origins: [String: String]

  /// Looks a pack over: its core, and each overlay laid over it.
  ///
  /// - Throws: `SchemaError` where the core itself cannot be read.
  package init(files: [PackFile]) throws(SchemaError) {
    pack = try SchemaPack(files: files)
    origins = Dictionary(files.map { ($0.path, $0.origin) }, uniquingKeysWith: { $1 })
    var layered: [SchemaPack] = []
    for name in pack.overlays.keys.sorted() {
      if let above = checkOverlay(name, files) { layered.append(above) }
    }
    checkSets(layered)
    for dataset in pack.datasets { check(dataset) }
    for dataset in (pack.datasets + layered.flatMap(\.datasets)) {
      for total in dataset.totals { check(total, dataset) }
    }
    checkRuleCodes(pack)
    findings = Array(Set(findings))
    findings.sort { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
  }

  /// Whether nothing is wrong: warnings do not count.
  package var isClean: Bool { !findings.contains { $0.severity == .error } }

  private mutating func add(_ severity: Severity, _ file: String, _ line: Int, zh: String, en: String) {
    findings.append(Finding(severity: severity, file: file, line: line, column: 0, message: LocalizedText(zh: zh, en: en)))
  }

  // MARK: Sets

  /// Sets that the program itself looks things up in.
  private static let own: Set<String> = [
    "division", "nationality", "creditCodeKind", "objectClass", "statisticalDivision",
  ]

  private mutating func checkSets(_ layered: [SchemaPack]) {
    var used = Self.own
    for dataset in pack.datasets + layered.flatMap(\.datasets) {
      for case .code(let set) in dataset.fields.map(\.type) { used.insert(set) }
      used.formUnion(dataset.fields.flatMap(\.versions))
    }
    for scheme in pack.schemes.values { used.formUnion(scheme.segments.compactMap(\.tableName)) }
    for (name, table) in pack.codeSets.sorted(by: { $0.key < $1.key }) {
      let file = origins["codes/\(name).csv"] ?? "codes/\(name).csv"
      if !used.contains(name) {
        add(.warning, file, 0, zh: "没有字段使用这个代码集", en: "no field uses this code set")
      }
      checkParents(name, table, file)
    }
    for list in pack.lists.lookAlikes where pack.codeSets[list.set] == nil {
      add(
        .error, origins["lists/look-alikes.yaml"] ?? "lists/look-alikes.yaml", 0, zh: "没有代码集 \(list.set)",
        en: "there is no code set \(list.set)")
    }
    for (name, scheme) in pack.schemes {
      for table in scheme.segments.compactMap(\.tableName) where pack.codeSets[table] == nil {
        add(.error, origins["grid-codes/\(name).yaml"] ?? name, 0, zh: "没有代码集 \(table)", en: "there is no code set \(table)")
      }
    }
  }

  /// Parents must be there: of townships among the divisions. Of several orphans the first is told, and how many there are.
  private mutating func checkParents(_ name: String, _ table: CodeTable, _ file: String) {
    // Parents of divisions may be withdrawn and so lack a row of their own year.
    if name == "division" { return }
    let orphans = table.entries.enumerated().filter { _, entry in
      let parent = entry.parent
      if parent.isEmpty || table.entry(parent) != nil { return false }
      // Development zones stand in no list of divisions, but statistics know them; any year will do.
      guard name == "statisticalDivision", let division = Int(parent) else { return true }
      return pack.divisions.status(division, year: 0) == .unknown
    }
    guard let first = orphans.first else { return }
    add(
      .error, file, first.offset + 2, zh: "上级代码 \(first.element.parent) 不在表中（这样的行共 \(orphans.count) 条）",
      en: "the parent \(first.element.parent) is not in the set (\(orphans.count) such rows)")
  }

  // MARK: Datasets

  private mutating func check(_ dataset: Dataset) {
    for field in dataset.fields { checkTexts(field) }
    checkHeadings(dataset)
    for reference in dataset.references { check(reference, dataset) }
    for rule in dataset.rules { check(rule, dataset) }
  }

  private mutating func checkHeadings(_ dataset: Dataset) {
    var owners: [String: Field] = [:]
    for field in dataset.fields {
      for heading in Set(([field.name, field.title] + field.aliases).map(HeaderText.key)).sorted() {
        if let other = owners[heading], other.name != field.name {
          add(
            .error, field.origin.file, field.origin.line, zh: "“\(heading)”已是字段 \(other.name)（\(other.origin.place)）的列名",
            en: "\"\(heading)\" is a heading of field \(other.name) already (\(other.origin.place))")
        }
        owners[heading] = owners[heading] ?? field
      }
    }
  }

  private mutating func checkTexts(_ field: Field) {
    if field.title.isEmpty || field.english.isEmpty {
      add(.error, field.origin.file, field.origin.line, zh: "字段 \(field.name) 缺少名称", en: "field \(field.name) lacks a title")
    }
    if field.sensitivity == .sensitive, field.reason.isEmpty {
      add(
        .error, field.origin.file, field.origin.line, zh: "敏感字段 \(field.name) 应在 reason 中写明采集理由",
        en: "field \(field.name) is sensitive and needs a reason for keeping it")
    }
  }

  private mutating func check(_ reference: Reference, _ dataset: Dataset) {
    for target in reference.targets.compactMap(pack.dataset) {
      for name in [reference.targetField] + reference.nameFields + (reference.within.map { [$0] } ?? [])
      where target.index(of: name) == nil {
        let field = dataset.fields[reference.field]
        add(
          .error, field.origin.file, field.origin.line, zh: "引用的数据集 \(target.name) 没有字段 \(name)",
          en: "\(target.name), which \(field.name) refers to, has no field \(name)")
      }
    }
  }

  /// Fields and codes of the rows that a number is compared with.
  private mutating func check(_ total: TotalRule, _ dataset: Dataset) {
    let origin = dataset.fields[total.field].origin
    let targets = total.datasets.compactMap(pack.dataset)
    let missing =
      targets.filter { $0.index(of: total.by) == nil }.map { ($0.name, total.by) }
      + total.fieldNames.filter { name in !targets.contains { $0.index(of: name) != nil } }.map {
        (total.datasets.joined(separator: ", "), $0)
      }
    for (target, name) in missing {
      add(
        .error, origin.file, origin.line, zh: "规则 \(total.descriptor.code)：\(target) 没有字段 \(name)",
        en: "rule \(total.descriptor.code): \(target) has no field \(name)")
    }
  }

  /// A rule that is true or false whatever the record, or compares a code with one that its set lacks.
  private mutating func check(_ rule: RecordRule, _ dataset: Dataset) {
    if rule.assertion.constant != nil || rule.condition?.constant != nil {
      add(
        .error, rule.origin.file, rule.origin.line, zh: "规则 \(rule.descriptor.code) 的结果与记录无关",
        en: "rule \(rule.descriptor.code) comes to the same for every record")
    }
    for (field, text) in rule.assertion.comparedTexts + (rule.condition?.comparedTexts ?? []) {
      guard case .code(let set) = dataset.fields[field].type, let table = pack.codeSets[set], !table.entries.isEmpty,
        table.find(text.span)?.isCode != true
      else { continue }
      let code = String(escapingInvalid: text.span)
      add(
        .error, rule.origin.file, rule.origin.line,
        zh: "规则 \(rule.descriptor.code) 把 \(dataset.fields[field].name) 与 \(code) 比较，代码集 \(set) 没有它",
        en: "rule \(rule.descriptor.code) compares \(dataset.fields[field].name) with \(code), which the set \(set) lacks")
    }
  }

  private mutating func checkRuleCodes(_ pack: SchemaPack) {
    checkSymbols(pack)
    var seen: [RuleCode: SettingOrigin] = [:]
    for rule in pack.datasets.flatMap(\.rules) {
      if let other = seen[rule.descriptor.code], other != rule.origin {
        add(
          .error, rule.origin.file, rule.origin.line, zh: "规则代码 \(rule.descriptor.code) 已用于 \(other.place)",
          en: "the code \(rule.descriptor.code) is taken by \(other.place)")
      }
      seen[rule.descriptor.code] = rule.origin
    }
  }

  /// Two rules of one code, of whatever kind: their symbols tell them apart.
  private mutating func checkSymbols(_ pack: SchemaPack) {
    var symbols: [RuleCode: String] = [:]
    for dataset in pack.datasets {
      for descriptor in dataset.descriptors {
        let other = symbols.updateValue(descriptor.symbol, forKey: descriptor.code) ?? descriptor.symbol
        if other == descriptor.symbol { continue }
        add(
          .error, dataset.fields.first?.origin.file ?? dataset.name, 0,
          zh: "规则代码 \(descriptor.code) 用于 \(other) 和 \(descriptor.symbol)",
          en: "the code \(descriptor.code) stands for \(other) and for \(descriptor.symbol)")
      }
    }
  }

  /// An overlay must load, narrow only, and be seen: one that changes nothing is a slip.
  private mutating func checkOverlay(_ name: String, _ files: [PackFile]) -> SchemaPack? {
    do {
      let layered = try SchemaPack(files: files, overlays: [name])
      checkRuleCodes(layered)
      for dataset in layered.datasets {
        checkHeadings(dataset)
        for rule in dataset.rules where rule.origin.layer == name { check(rule, dataset) }
        for field in dataset.fields where field.origin.layer == name { checkTexts(field) }
      }
      if PackDifference(pack, layered).items.isEmpty {
        add(.warning, origins["overlays/\(name).yaml"] ?? name, 0, zh: "这个覆盖层没有改变任何内容", en: "this overlay changes nothing")
      }
      return layered
    } catch {
      findings.append(
        Finding(severity: .error, file: error.file, line: error.line, column: error.column, message: error.message))
      return nil
    }
  }
}
