import ElementCore
import ElementFormats
package import ElementLinkage
import ElementRules
import ElementSchema

/// The rows of files as they are compared, and where each stands.
package struct LinkageRows: Sendable {
  /// The paths of the files, by their places.
  package private(set) var paths: [String] = []
  /// The features of all rows, in the order of the files.
  package private(set) var store: FeatureStore
  /// The values of all rows of houses or organisations, by the roles that their model names.
  private(set) var values: [[String]] = []
  /// For each file the place of its first row among all.
  private var starts: [Int] = []
  /// The data row of each, from 1.
  private var numbers: [UInt32] = []
  /// How many records could not be told apart into values, and are not compared.
  package private(set) var unreadableCount = 0

  /// No rows yet; what does not fit in memory goes beside the first of `places` that has room.
  init(beside places: [String]) { store = FeatureStore(beside: places) }

  /// The file and the data row, from 1, of a row.
  package func place(_ row: Int) -> (path: String, row: Int) {
    let file = starts.lastIndex { $0 <= row } ?? 0
    return (paths[file], Int(numbers[row]))
  }

  /// Gives the features away: records take them, and they are not kept twice.
  mutating func takeStore() -> FeatureStore {
    let taken = store
    store = FeatureStore(beside: [])
    return taken
  }

  /// Begins another file.
  mutating func begin(_ path: String) {
    paths.append(path)
    starts.append(numbers.count)
  }

  /// Takes a row of which only its number in the file, from 1, is known here.
  mutating func take(number: Int) { numbers.append(UInt32(number)) }

  /// Counts records that are not compared.
  mutating func skip(_ count: Int) { unreadableCount += count }

  /// Takes the rows of a batch.
  mutating func take(_ rows: [(number: UInt32, made: PersonFeatures)]) throws(SpillError) {
    for row in rows {
      numbers.append(row.number)
      store.append(row.made)
    }
    try store.settle()
  }

  /// Takes the rows of a batch of houses or organisations.
  mutating func take(_ rows: [(number: UInt32, made: [String])]) {
    for row in rows {
      numbers.append(row.number)
      values.append(row.made)
    }
  }
}

/// Reads files and makes of each record what it is compared by: values are read, repaired and told apart as a check does it, and records with
/// errors are compared like others. Those whose shape is broken are not: what stands in their columns is not known.
struct LinkageReading {
  let delivery: Delivery
  let meter: ProgressMeter
  let model: LinkageModel

  /// Reads all inputs.
  ///
  /// - Throws: `InputError` where a dataset has nothing to be linked by, or a file cannot be read; `SpillError`.
  func rows() throws -> LinkageRows {
    var rows = LinkageRows(beside: delivery.inputs.map(\.survey.original.path) + ["/tmp/yaosu"])
    for input in delivery.inputs {
      let dataset = input.map.dataset
      guard let linkage = dataset.linkage, linkage.kind == model.kind else {
        throw refusal(dataset, input.survey.original.path)
      }
      if let plan = model.plan {
        let roles = plan.headings.map { LinkageRole(rawValue: $0).flatMap { linkage.roles[$0] } ?? [] }
        rows = try read(input, into: rows, make: { Self.values(of: roles, $0, $1) }, take: { $0.take($1) })
      } else {
        let reader = PersonReader(linkage, delivery.scheme, today: delivery.options.today)
        rows = try read(
          input, into: rows, make: { checked, record in reader.features { checked.value(record, $0) } },
          take: { rows, found in try rows.take(found) })
      }
    }
    return rows
  }

  /// The values of roles: of a role that several fields have, the first that is not empty.
  private static func values(of roles: [[Int]], _ checked: CheckedBatch, _ record: Int) -> [String] {
    roles.map { fields in
      let value = fields.lazy.map { checked.value(record, $0) }.first { !$0.isEmpty }
      return value.map { String(escapingInvalid: Array($0).span) } ?? ""
    }
  }

  /// Reads an input; `make` makes of a record what it is compared by, and `take` adds that to the rows.
  private func read<Made: Sendable>(
    _ input: PreparedInput, into rows: consuming LinkageRows, make: @escaping @Sendable (CheckedBatch, Int) -> Made,
    take: @escaping @Sendable (inout LinkageRows, [(number: UInt32, made: Made)]) throws -> Void
  ) throws -> LinkageRows {
    let (dataset, options, path) = (input.map.dataset, delivery.options, input.survey.original.path)
    var rows = rows
    rows.begin(path)
    let plan = CheckPlan(
      map: input.map, pack: delivery.pack, scheme: delivery.scheme, today: options.today, zone: options.configuration.timeZone,
      findingLimit: 0, lookups: dataset.references.map { _ in nil }, versions: input.versions, limits: input.layout.dialect,
      encoding: input.survey.encoding,
      scopes: ScopeReading(
        options.configuration.householdNumberScope, area: delivery.area,
        CommunityCodes(suffixes: delivery.pack.lists.communitySuffixes)))
    typealias Rows = [(number: UInt32, made: Made)]
    let meter = meter
    let stages = OrderedStages<
      any RecordSource, LinkageRows, RecordBatch, (rows: Rows, skipped: Int, bytes: Int), (bytes: Int, count: Int)
    >(
      next: { source in
        try Interruption.check()
        guard let batch = try source.nextBatch() else { return nil }
        try input.survey.text.limits.confirmRecords(batch, path)
        return batch
      },
      transform: { (batch: consuming RecordBatch) in
        let checked = input.check(batch, plan).batch
        let found = (0..<checked.count).compactMap { record -> Rows.Element? in
          let spot = checked.source.spots[record]
          return spot.flags.isEmpty ? (spot.row, make(checked, record)) : nil
        }
        return (found, checked.count - found.count, checked.source.inputBytes)
      },
      settle: { rows, found in
        try take(&rows, found.rows)
        rows.skip(found.skipped)
        return (found.bytes, found.rows.count + found.skipped)
      })
    let (_, read) = try stages.run(
      workers: options.jobs > 1 ? options.jobs : 0, from: try input.reader(isAhead: options.jobs > 1), into: rows
    ) { meter.add(bytes: $0.bytes, rows: $0.count, errors: 0) }
    try input.survey.confirmUnchanged()
    return read
  }

  private func refusal(_ dataset: Dataset, _ path: String) -> InputError {
    let able = dataset.linkage.map { " --kind \($0.kind.rawValue)" }
    return InputError(
      .usage, path: path,
      message: LocalizedText(
        zh: "\(dataset.title.zh)不是\(model.kind == .person ? "人员" : model.kind.things.zh)的名册，不能查重",
        en: "\(dataset.title.en) is no roster of \(model.kind.things.en) and cannot be compared"),
      hint: LocalizedText(
        zh: able.map { "比对它请用\($0)" } ?? "可以比对的有人员、房屋（--kind house）和组织（--kind organization）",
        en: able.map { "Compare it with\($0)" }
          ?? "People can be compared, houses (--kind house) and organisations (--kind organization)"))
  }
}
