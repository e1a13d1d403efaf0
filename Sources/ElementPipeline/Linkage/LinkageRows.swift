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
  mutating func take(_ rows: [(number: UInt32, features: PersonFeatures)]) throws(SpillError) {
    for row in rows {
      numbers.append(row.number)
      store.append(row.features)
    }
    try store.settle()
  }
}

/// Reads files and makes of each record what it is compared by: values are read, repaired and told apart as a check does it, and records with
/// errors are compared like others. Those whose shape is broken are not: what stands in their columns is not known.
struct LinkageReading {
  let delivery: Delivery
  let meter: ProgressMeter

  /// Reads all inputs.
  ///
  /// - Throws: `InputError` where a dataset has nothing to be linked by, or a file cannot be read; `SpillError`.
  func rows() throws -> LinkageRows {
    var rows = LinkageRows(beside: delivery.inputs.map(\.survey.original.path) + ["/tmp/yaosu"])
    for input in delivery.inputs { rows = try read(input, into: rows) }
    return rows
  }

  private func read(_ input: PreparedInput, into rows: consuming LinkageRows) throws -> LinkageRows {
    let (dataset, options, path) = (input.map.dataset, delivery.options, input.survey.original.path)
    guard let linkage = dataset.linkage, linkage.kind == .person else { throw refusal(dataset, path) }
    var rows = rows
    rows.begin(path)
    let plan = CheckPlan(
      map: input.map, pack: delivery.pack, scheme: delivery.scheme, today: options.today, zone: options.configuration.timeZone,
      findingLimit: 0, lookups: dataset.references.map { _ in nil }, versions: input.versions, limits: input.layout.dialect,
      encoding: input.survey.encoding,
      scopes: ScopeReading(
        options.configuration.householdNumberScope, area: delivery.area,
        CommunityCodes(suffixes: delivery.pack.lists.communitySuffixes)))
    let reader = PersonReader(linkage, delivery.scheme, today: options.today)
    typealias Rows = [(number: UInt32, features: PersonFeatures)]
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
          return spot.flags.isEmpty ? (spot.row, reader.features { checked.value(record, $0) }) : nil
        }
        return (found, checked.count - found.count, checked.source.inputBytes)
      },
      settle: { rows, found in
        try rows.take(found.rows)
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
    return InputError(
      .usage, path: path,
      message: LocalizedText(
        zh: "\(dataset.title.zh)不是人员名册，不能查重", en: "\(dataset.title.en) is no roster of people and cannot be compared"),
      hint: LocalizedText(
        zh: "文件里只比对人员；房屋和组织先入库，再用 yaosu dedupe find --warehouse 台账库 --kind house（或 organization）",
        en:
          "Of files people alone are compared; load houses and organisations, then run yaosu dedupe find --warehouse FILE --kind house (or organization)"
      ))
  }
}
