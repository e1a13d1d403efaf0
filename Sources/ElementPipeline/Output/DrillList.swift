package import ElementCore
import ElementFormats
package import ElementReports
import ElementSchema
package import ElementWarehouse

/// The rows behind the figures of a report, as lists for spreadsheets: one for each rule at a field of a dataset, and one that says which lists are
/// behind which indicator. Keys are masked.
package struct DrillList {
  private let language: Language
  private var writers: [(name: String, kind: FindingKind, writer: CSVWriter, count: Int)] = []
  private var places: [FindingKind: Int] = [:]
  private let sink: (String, [UInt8]) throws -> Void

  /// The bytes of a list that are held before they are written.
  private static let pieceSize = 1 << 16

  /// Lists in one language, handed over in pieces with the names of their files.
  package init(_ language: Language, to sink: @escaping (String, [UInt8]) throws -> Void) {
    (self.language, self.sink) = (language, sink)
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// Adds a finding to the list of its kind.
  mutating func add(_ row: LifeRow, of dataset: Dataset) throws {
    let place = try place(of: row.kind)
    let key = zip(dataset.key, row.key).map { dataset.fields[$0].mask($1) }.filter { !$0.isEmpty }.joined(separator: " ")
    writers[place].count += 1
    try writers[place].writer.append([
      fate(row.fate), row.first.text, row.isWaiting ? say("待更正的行", "a waiting row") : key, row.grid, String(row.batch),
      row.file,
      row.row == 0 ? "" : String(row.row),
    ])
    if writers[place].writer.pendingCount > Self.pieceSize { try flush(place) }
  }

  private mutating func place(of kind: FindingKind) throws -> Int {
    if let place = places[kind] { return place }
    let heads = [
      say("变化", "Change"), say("首次发现", "First found"), say("主键（脱敏）", "Key (masked)"), say("网格", "Grid"), say("批次", "Batch"),
      say("文件", "File"), say("数据行", "Row"),
    ]
    let name = [kind.code.description, kind.dataset, kind.field].filter { !$0.isEmpty }.joined(separator: "-") + ".csv"
    places[kind] = writers.count
    writers.append((name, kind, try CSVWriter(heads, .people), 0))
    return writers.count - 1
  }

  private func fate(_ fate: LifeGroup.Fate) -> String {
    switch fate {
    case .new(let cause): say("新发现：", "new: ") + cause.title[language]
    case .fixed(let cause): say("已整改：", "fixed: ") + cause.title[language]
    case .persisting: say("仍存在", "persisting")
    }
  }

  private mutating func flush(_ place: Int) throws {
    try sink(writers[place].name, writers[place].writer.pending)
    writers[place].writer.pending = []
  }

  /// Ends all lists, and adds `index.csv`: which lists are behind which indicator, and its numbers. Returns how many files there are.
  mutating func finish(_ report: QualityReport) throws -> Int {
    for place in writers.indices {
      writers[place].writer.finish()
      try flush(place)
    }
    let index = try CSVWriter(
      [
        say("指标代码", "Indicator code"), say("指标", "Indicator"), say("分子", "A"), say("分母", "B"), say("文件", "File"),
        say("条数", "Findings"),
      ], .people)
    for indicator in QualityIndicator.all(of: report.goals.standard) {
      let share = report.reading.shares[QualityReading.Place(indicator.code)]
      let numbers = [share.map { String($0.numerator) } ?? "", share.map { String($0.denominator) } ?? ""]
      let lists = writers.filter { entry in
        report.datasets.first { $0.name.utf8.elementsEqual(entry.kind.dataset.utf8) }
          .map { entry.kind.indicators(in: $0).contains(indicator.code) } ?? false
      }
      let files = lists.isEmpty ? [["", ""]] : lists.map { [$0.name, String($0.count)] }
      for file in files { try index.append([indicator.code, indicator.title[language]] + numbers + file) }
    }
    for (name, kind, _, count) in writers {
      try index.append([kind.code.description, report.book[kind.code]?.title[language] ?? "", "", "", name, String(count)])
    }
    index.finish()
    try sink("index.csv", index.pending)
    return writers.count + 1
  }
}

extension ReportRun {
  /// Writes the rows behind a report; returns how many lists there are.
  ///
  /// - Throws: `WarehouseError`, or what the sink of the lists does.
  package func drill(_ report: QualityReport, _ warehouse: Warehouse, into list: DrillList) throws -> Int {
    var list = list
    try warehouse.visitFindings(of: report.reading, pack) { dataset, row in try list.add(row, of: dataset) }
    return try list.finish(report)
  }
}
