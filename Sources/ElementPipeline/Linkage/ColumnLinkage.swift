import ElementCore
import ElementFormats
import ElementLinkage
import ElementSchema

/// Finds the same in files of columns that no dataset describes, by a model that says what is compared.
struct ColumnLinkage {
  private let options: DeliveryOptions
  private let plan: ColumnPlan
  private let request: LinkageRequest
  /// What levels are taken to say before anything is learned: of the most alike, of those between, and of the last.
  private static let (match, other) = ((800.0, 150.0, 50.0), (50.0, 100.0, 850.0))

  /// A search in the files of a delivery.
  init(_ options: DeliveryOptions, _ plan: ColumnPlan, _ request: LinkageRequest) {
    (self.options, self.plan, self.request) = (options, plan, request)
  }

  /// Reads, learns what levels say where the model does not, and searches.
  ///
  /// - Throws: `InputError` where shares of the work would each learn something else.
  func run(_ work: FileLinkageWork) throws -> FileLinkageResult {
    let (rows, values) = try read()
    let begin = plan.columns.map { $0.shares.isEmpty ? Self.shares($0) : $0.shares }
    var records = ColumnRecords(values, plan, prior: request.model.prior, shares: begin)
    if plan.columns.contains(where: \.shares.isEmpty), !request.isPlan {
      records = try learned(records, begin)
    }
    let (outcome, shard) = try work.outcome(records, request)
    return FileLinkageResult(
      rows: rows, comparisons: plan.columns.map { ($0.name, $0.levels) }, model: request.model, outcome: outcome,
      crowdedValues: 0,
      isPlan: request.isPlan, isBestGuess: request.isBestGuess, shard: shard)
  }

  private func learned(_ records: ColumnRecords, _ begin: [[Int: LevelWeights.Shares]]) throws -> ColumnRecords {
    var counting = request
    (counting.countsPatterns, counting.model.ask, counting.model.auto) = (true, .max, .max)
    let patterns = try LinkageRun(records, counting).run().patterns
    let groups = patterns.map { pattern, count in
      LevelTraining.Group(
        levels: plan.columns.indices.map { Int(pattern >> UInt64(4 * $0) & 0xF) }, isHome: false, count: Double(count),
        label: nil)
    }
    let silent = plan.columns.map { Set([$0.levels.count - 1]) }
    let result = LevelTraining(groups, silent: silent).run(from: begin, prior: request.model.prior)
    // Columns whose shares the model gives keep them.
    let shares = plan.columns.indices.map { plan.columns[$0].shares.isEmpty ? result.shares[$0] : begin[$0] }
    return records.weighed(prior: result.prior, shares: shares)
  }

  private static func shares(_ column: ColumnPlan.Column) -> [Int: LevelWeights.Shares] {
    let count = column.levels.count - 1
    var shares: [Int: LevelWeights.Shares] = [:]
    for level in 0..<count {
      let between = Double(max(1, count - 2))
      let (one, two) =
        level == 0 ? (match.0, other.0) : level == count - 1 ? (match.2, other.2) : (match.1 / between, other.1 / between)
      shares[level] = LevelWeights.Shares(match: one, home: two, away: two)
    }
    return shares
  }

  private func read() throws -> (rows: LinkageRows, values: [[String]]) {
    var rows = LinkageRows(beside: options.paths)
    var values: [[String]] = []
    let pack = try SchemaPack.shipped()
    for path in options.paths {
      rows.begin(path)
      var places: [Int?] = []
      var records = RawRecords(path: path, options: options, pack: pack)
      try records.eachRecord({ places = RawRecords.places(of: plan.headings, in: $0) }) { _, cells, place in
        if let lacking = places.firstIndex(of: nil) { throw missing(path, plan.headings[lacking]) }
        rows.take(number: place.record)
        values.append(places.map { place in place.flatMap { $0 < cells.count ? cells[$0] : nil } ?? "" })
      }
      rows.skip(records.unreadable.count)
    }
    return (rows, values)
  }

  private func missing(_ path: String, _ column: String) -> InputError {
    InputError(
      .header, path: path, message: LocalizedText(zh: "没有列 \(column)", en: "has no column \(column)"),
      hint: LocalizedText(zh: "模型的 columns 和 rules 用的是列名", en: "The columns and rules of the model name headings of the file"))
  }
}
