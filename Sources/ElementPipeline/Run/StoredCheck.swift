import Crypto
import ElementCore
import ElementFormats
import ElementRules
package import ElementSchema
import ElementWarehouse

/// A run of `check` over what is stored: a warehouse is one delivery of all its open rows, which stands against itself alone.
///
/// A person who comes of age, a code that expires and a grid that closes are found so without a new file.
package struct StoredCheck {
  private let options: DeliveryOptions
  private let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let progress: (RunProgress) -> Void

  /// A check of the warehouse that the options name, its schemas read.
  ///
  /// - Throws: `SchemaError` where a schema, the scheme or the configuration is wrong.
  package init(_ options: DeliveryOptions, progress: @escaping (RunProgress) -> Void = { _ in }) throws(SchemaError) {
    (self.options, self.progress) = (options, progress)
    pack = try SchemaPack.site(schemas: options.schemas, overlays: options.overlays, need: .all, options.configuration)
    scheme = try pack.gridScheme(options.gridScheme ?? options.configuration.gridScheme)
  }

  /// Checks all open rows by today's rules: those with errors count as waiting for correction, the others stand as they are. Where the day is to
  /// be recorded, it is: what was found is held against the last day that was.
  ///
  /// - Throws: `WarehouseError`, `InputError` of wrong usage, `DayRefusal`, or `SpillError`.
  package func run() throws -> RunResult {
    guard let path = options.warehouse else { bug("what is stored was to be checked without a warehouse") }
    // A check makes no warehouse, and nothing is loaded between it and the record.
    if options.recordsDay { _ = try Warehouse(path: path, mode: .read, wait: options.wait) }
    let warehouse = try Warehouse(path: path, mode: options.recordsDay ? .write : .read, wait: options.wait)
    var result = try check(warehouse)
    if options.recordsDay { result.lives = try record(result, in: warehouse) }
    return result
  }

  private func check(_ warehouse: Warehouse) throws -> RunResult {
    let waivers = try RunWaivers(options, warehouse)
    let datasets = try wanted(warehouse.path)
    var mappings: [String: [String]] = [:]
    for dataset in datasets { mappings[dataset.name] = try warehouse.mappings(of: dataset.name) }
    return try warehouse.reading(datasets, countsCodes: options.recordsDay) { tables, visit in
      let survey = FileSurvey(tablesOf: try InputFile(path: warehouse.path, limits: .unlimited))
      let inputs = tables.enumerated().map { place, table in
        PreparedInput(table, survey, ordinal: place, mappings: mappings[table.dataset.name] ?? [])
      }
      let delivery = Delivery(
        options: options, pack: pack, scheme: scheme, book: pack.book, inputs: inputs,
        ordered: DependencyOrder.sort(inputs, pack.datasets), learned: Learned())
      let run = DeliveryRun(delivery, progress)
      guard case .result(let result, _) = try run.execute(stored: visit, waivers, parts: { _ in RowTarget.Parts() }) else {
        bug("a table has columns that it did not have")
      }
      return result
    }
  }

  /// Keeps what was found of rows, each finding by what it is known.
  private func record(_ result: RunResult, in warehouse: Warehouse) throws -> LifeCounts {
    let names = Set(try wanted(warehouse.path).map(\.name))
    var found = FoundToday(names, beside: Warehouse.spillPlaces(warehouse.path))
    var filled: [String: [String: FilledCount]] = [:]
    for input in result.inputs {
      let dataset = input.map.dataset
      filled[dataset.name] = (input.table as? StoredTable)?.filled
      try input.findings.forEach(where: { $0.row > 0 }) { finding in
        guard let fingerprint = finding.fingerprint, let table = input.table else { return }
        let field = finding.field < 0 ? "" : dataset.fields[finding.field].name
        try found.add(
          fingerprint, FindingKind(code: finding.code, dataset: dataset.name, field: field, severity: finding.severity),
          record: table.number(ofRow: finding.row))
      }
    }
    let digests = RuleDigests(pack, pack.book, toolVersion: options.toolVersion)
    return try warehouse.record(
      DayRecord(
        day: options.today, head: options.head(schemaDigest: demandedDigest), datasets: pack.datasets, found: found,
        filled: filled, ruleDigest: digests.digest))
  }

  /// The digest of what was checked by: that of the schemas, where the site demands nothing more; else of both.
  private var demandedDigest: String {
    let demands = options.configuration.demands.sorted()
    if demands.isEmpty { return pack.digest }
    return Hexadecimal.text(Array(SHA256.hash(data: Array((pack.digest + demands.joined(separator: ";")).utf8))))
  }

  /// The datasets that are to be checked: those that the run may read.
  private func wanted(_ path: String) throws(InputError) -> [Dataset] {
    guard let name = options.dataset else {
      return pack.datasets.filter { (try? options.admit($0, path)) != nil }
    }
    guard let dataset = pack.dataset(name) else {
      let names = pack.datasets.map(\.name).joined(separator: ", ")
      throw InputError(
        .usage, path: path, message: LocalizedText(zh: "没有数据集 \(name)", en: "there is no dataset \(name)"),
        hint: LocalizedText(zh: "可用：\(names)", en: "Use one of \(names)"))
    }
    try options.admit(dataset, path)
    return [dataset]
  }
}
