package import ElementCore
import ElementExchange
package import ElementFormats
package import ElementSchema
package import ElementWarehouse

/// Tells whom a package concerns that went where it should not have: which people, which of their fields, and who received it (PIPL 57).
package struct IncidentRun {
  /// What a package held of a dataset.
  package struct Part: Sendable {
    /// Whose records they were.
    package let dataset: Dataset
    /// The names of the fields that left.
    package let fields: [String]
    /// How many records.
    package let records: Int
  }

  /// What is known of a package.
  package struct Report: Sendable {
    /// What went astray.
    package let package: StoredPackage
    /// What it held, in the order of its files.
    package let parts: [Part]
  }

  private let pack: SchemaPack
  private let warehouse: Warehouse

  /// An inquiry into a warehouse.
  package init(_ pack: SchemaPack, _ warehouse: Warehouse) { (self.pack, self.warehouse) = (pack, warehouse) }

  /// What is known of a package by its identity or its number; nil where there is none.
  package func report(on name: String) throws -> Report? {
    let found = try warehouse.packages().first { $0.isCalled(name) }
    guard let package = found else { return nil }
    let rows = try warehouse.rows(of: package)
    var parts: [Part] = []
    for entry in package.fields.split(separator: ";") {
      let pieces = entry.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard pieces.count == 2, let dataset = pack.dataset(pieces[0]) else { continue }
      let ids = Set(rows.filter { $0.dataset.utf8.elementsEqual(pieces[0].utf8) }.flatMap(\.rows))
      if ids.isEmpty { continue }
      parts.append(Part(dataset: dataset, fields: pieces[1].split(separator: "+").map(String.init), records: ids.count))
    }
    return Report(package: package, parts: parts)
  }

  /// Writes the list of those whom a package concerns, for them to be told: dataset, key, name, telephone and grid of each record, as it was then or
  /// is now. `body` takes the bytes. Returns how many there are, and how many of whom nothing is kept any more.
  package func write(
    _ report: Report, _ format: WrittenFormat, _ language: Language, _ body: ([UInt8]) throws -> Void
  ) throws -> (told: Int, lost: Int) {
    let zh = ["数据集", "主键", "姓名或名称", "联系电话", "网格"]
    let en = ["Dataset", "Key", "Name", "Telephone", "Grid"]
    let writer = try format.writer(
      (language == .zh ? zh : en).map { WrittenColumn($0) }, text: .people, sheet: language == .zh ? "涉及人员" : "people")
    let rows = try warehouse.rows(of: report.package)
    var (told, lost) = (0, 0)
    try warehouse.readingPackage { reader in
      for part in report.parts {
        let dataset = part.dataset
        let shown = dataset.key + [dataset.nameField, Self.phone(dataset), dataset.gridField].compactMap { $0 }
        let ids = Set(rows.filter { $0.dataset.utf8.elementsEqual(dataset.name.utf8) }.flatMap(\.rows))
        try reader.forEach(dataset, shown, ids: ids.sorted()) { change in
          let version = change.now.ids.isEmpty ? change.before : change.now
          guard !version.ids.isEmpty else {
            lost += 1
            return
          }
          told += 1
          func value(_ field: Int?) -> String {
            guard let field, let place = shown.firstIndex(of: field) else { return "" }
            return String(escapingInvalid: version.bytes.span.extracting(version.ranges[place].indices))
          }
          let key = dataset.key.map { value($0) }.filter { !$0.isEmpty }.joined(separator: " ")
          try writer.append([
            dataset.title[language], key, value(dataset.nameField), value(Self.phone(dataset)), value(dataset.gridField),
          ])
          if writer.pendingCount > 1 << 16 {
            try body(writer.pending)
            writer.pending = []
          }
        }
      }
    }
    try writer.finish()
    try body(writer.pending)
    return (told, lost)
  }

  private static func phone(_ dataset: Dataset) -> Int? { dataset.fields.firstIndex { $0.type == .phone } }
}

/// What is known of a package that went astray, for people and for scripts.
package struct IncidentText {
  private let report: IncidentRun.Report
  private let language: Language

  /// The texts of an inquiry.
  package init(_ report: IncidentRun.Report, _ language: Language) { (self.report, self.language) = (report, language) }

  /// A few lines for people.
  package var text: String {
    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    let package = report.package
    var out = "\(package.identity)  \(package.madeAt)  \(package.operatorName)\n"
    out += say("状态", "state") + "  \(PackageListText.state(package)[language])\n"
    out += say("接收方", "recipient") + "  \(package.recipient ?? say("本单位", "the office itself"))\n"
    out += say("法律依据", "legal basis") + "  \(package.legalBasis)\n"
    out += say("用途", "purpose") + "  \(package.purpose)\n"
    if !package.approvals.isEmpty { out += say("批准", "approvals") + "  \(package.approvals)\n" }
    for part in report.parts {
      let fields = part.fields.map { name in
        part.dataset.index(of: name).map { part.dataset.fields[$0].title(language) } ?? name
      }
      out +=
        "\(part.dataset.title[language])  \(part.records) "
        + say("条：", "records: ") + fields.joined(separator: say("、", ", ")) + "\n"
    }
    return out
  }

  /// What `audit incident --json` prints; `list` is where the people stand, nil where they were not asked for.
  package func object(_ version: String, list: String?, told: Int, lost: Int) -> JSONValue {
    let package = report.package
    return .object([
      ("format", .integer(1)), ("command", .text("audit incident")), ("version", .text(version)), ("outcome", .text("listed")),
      ("package", .text(package.identity)), ("madeAt", .text(package.madeAt)), ("operator", .text(package.operatorName)),
      ("recipient", .optional(package.recipient)), ("legalBasis", .text(package.legalBasis)),
      ("purpose", .text(package.purpose)),
      ("approvals", .list(package.approvals.split(separator: ";").map { .text(String($0)) })),
      (
        "datasets",
        .list(
          report.parts.map { part in
            .object([
              ("dataset", .text(part.dataset.name)), ("records", .integer(part.records)),
              ("fields", .list(part.fields.map { .text($0) })),
            ])
          })
      ), ("list", .optional(list)), ("told", .integer(told)), ("lost", .integer(lost)), ("error", .null),
    ])
  }
}
