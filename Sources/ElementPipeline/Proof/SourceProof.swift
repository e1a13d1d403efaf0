package import ElementCore
import ElementFormats
import ElementSchema
package import ElementWarehouse

/// Proves where each row of a batch's files went: they are planned again beside the state before the batch, by its own settings, and what
/// becomes of each row is held against what the warehouse says.
package struct SourceProof {
  /// What a proof came to.
  package struct Report: Sendable {
    /// How many rows became what: `created`, `updated`, `unchanged`, `duplicate`, `quarantined`; blank lines beside them.
    package var counts = RunCounts()
    /// Lines without content.
    package var blankLines = 0
    /// Rows of which the plan says what the warehouse says.
    package var proved = 0
    /// Why rows that differ are not proved, rather than wrong: schemas or settings of today are others, what the batch made was removed for
    /// good, or files of the delivery are missing; nil where rows that differ are wrong.
    package var excuse: LocalizedText?
    /// What differs.
    package var differences: [Difference] = []
    /// Rows that differ and are excused.
    package var unproved: [Difference] = []
  }

  private let batch: Int
  private let warehouse: Warehouse
  private let record: BatchRecord
  private let options: DeliveryOptions

  /// A proof of a batch by files: `options` say how they are read, which the batch does not keep.
  ///
  /// - Throws: `WarehouseError`; nil where there is no such batch, or it is no load.
  package init?(_ batch: Int, _ warehouse: Warehouse, _ options: DeliveryOptions) throws {
    guard let record = try warehouse.record(ofBatch: batch) else { return nil }
    (self.batch, self.warehouse, self.record) = (batch, warehouse, record)
    var options = options
    (options.mode, options.scope) = (record.loadMode, record.scope.flatMap(AreaScope.init))
    (options.sender, options.area, options.purpose) = (record.sender, record.area, record.purpose)
    (options.retries, options.allowsRestricted) = (record.kind == "retry", record.purpose != nil)
    options.deciding = record.options
    (options.dryRun, options.again, options.wantsPlan, options.keepsAllFindings) = (true, true, true, false)
    if let day = CalendarDate(iso: Array(record.asOf.utf8).span) { options.today = day }
    let datasets = Set(record.inputs.map { Array($0.dataset.utf8) })
    if options.dataset == nil, datasets.count == 1 { options.dataset = record.inputs.first?.dataset }
    options.mapping.merge(SourceProof.mapping(record.inputs)) { given, _ in given }
    options.codeSets.merge(SourceProof.codeSets(record.inputs)) { given, _ in given }
    self.options = options
  }

  /// Plans the files again.
  ///
  /// - Throws: what a load of them throws.
  package func run() throws -> Report {
    var report = Report()
    let copy = try RewoundCopy(warehouse, behind: batch - 1)
    var options = options
    options.warehouse = copy.path
    let (result, plan) = try withExtendedLifetime(copy) { try Run(options).planned() }
    report.counts = result.counts
    let used = match(result)
    for own in record.inputs where !used.contains(where: { $0?.ordinal == own.ordinal }) {
      report.differences.append(
        Difference(
          subject: "batch \(batch)",
          message: LocalizedText(
            zh: "没有给出同批的文件（SHA-256 \(own.sha256.prefix(12))…），它的 \(own.read) 行未核对",
            en: "a file of the batch was not given (SHA-256 \(own.sha256.prefix(12))…): its \(own.read) rows are not proved")))
    }
    report.excuse = excuse(plan, result)
    for (place, input) in result.inputs.enumerated() {
      guard let own = used[place] else {
        report.differences.append(
          Difference(
            subject: "batch \(batch)",
            message: LocalizedText(
              zh: "该批次没有文件 \(PrintableText.escape(input.path))（SHA-256 不同），或它已经给出过",
              en: "the batch has no input with the SHA-256 of \(PrintableText.escape(input.path)), or it was given before")))
        continue
      }
      report.blankLines += input.blankLines
      try compare(plan, place, own, input, &report)
    }
    return report
  }

  /// For each file the input of the batch that it is; nil for one that is none, or comes once more than it did.
  private func match(_ result: RunResult) -> [BatchRecord.Input?] {
    var rest = record.inputs
    return result.inputs.map { input in
      let place = rest.firstIndex {
        $0.sha256.utf8.elementsEqual((input.sha256 ?? "").utf8) && $0.dataset.utf8.elementsEqual(input.map.dataset.name.utf8)
      }
      return place.map { rest.remove(at: $0) }
    }
  }

  /// Why rows that differ may not be wrong; nil where they are.
  private func excuse(_ plan: LoadPlan, _ result: RunResult) -> LocalizedText? {
    if !plan.schemaDigest.utf8.elementsEqual(record.schemaDigest.utf8) {
      return LocalizedText(zh: "当时的规则和字段结构与现在不同", en: "it was judged by other schemas than those of today")
    }
    if let settings = record.options.first(where: { $0.utf8.starts(with: DeliveryOptions.settings.utf8) }),
      !options.deciding.contains(where: { $0.utf8.elementsEqual(settings.utf8) })
    {
      return LocalizedText(zh: "当时的 yaosu.yaml 与现在不同", en: "yaosu.yaml said other things then")
    }
    if let by = record.erasedBy {
      return LocalizedText(zh: "第 \(by) 批已永久删除其内容", en: "batch \(by) removed what it made for good")
    }
    return result.inputs.count < record.inputs.count
      ? LocalizedText(zh: "缺少同批的其他文件", en: "other files of the batch are missing") : nil
  }

  /// Holds what becomes of the rows of an input against what the warehouse says.
  private func compare(
    _ plan: LoadPlan, _ place: Int, _ own: BatchRecord.Input, _ input: InputResult, _ report: inout Report
  ) throws {
    var rows = try warehouse.recordedRows(batch: batch, own)
    let file = PrintableText.escape(input.path)
    func differ(_ row: Int, _ message: LocalizedText) {
      let difference = Difference(subject: "\(file) row \(row)", message: message)
      if report.excuse == nil { report.differences.append(difference) } else { report.unproved.append(difference) }
    }
    try plan.forEachRow(of: place) { note, action in
      let (written, waiting) = (rows.take(note.row), rows.takeWaiting(note.row))
      if let message = SourceProof.difference(action, note.content, written, waiting: waiting) {
        differ(note.row, message)
      } else {
        report.proved += 1
      }
    }
    for row in Set(rows.written.keys).union(rows.waiting.keys).sorted() {
      differ(row, LocalizedText(zh: "台账库有这一行，文件中没有", en: "the warehouse has this row, and the file has not"))
    }
    if input.blankLines != own.blankLines {
      differ(0, LocalizedText(zh: "空行数与入库时不同", en: "there are other blank lines than when it was loaded"))
    }
  }

  /// What is wrong with a row of which the plan says one thing and the warehouse another; nil for nothing.
  private static func difference(_ action: RowAction, _ content: UInt64, _ written: UInt64?, waiting: String?) -> LocalizedText?
  {
    switch action {
    case .wait where waiting == nil:
      LocalizedText(zh: "按规则应待更正，台账库中不是", en: "the row waits by the rules, and does not in the warehouse")
    // Of a row that is joined to a stored one at once nothing is kept but that.
    case .create where written == nil, .update where written == nil:
      LocalizedText(zh: "应已写入的记录，台账库中没有", en: "the row makes a record that the warehouse has not")
    case .create where written != content, .update where written != content:
      LocalizedText(zh: "写入的内容与文件不同", en: "the record that was written says something else")
    case .unchanged where written != nil && written != content, .duplicate where written != nil:
      LocalizedText(zh: "不应改动的记录被改动", en: "the row changes nothing, and the warehouse has a record of it")
    default:
      action != .wait && waiting != nil
        ? LocalizedText(zh: "按规则应入库，台账库中待更正", en: "the row goes in by the rules, and waits in the warehouse") : nil
    }
  }

  // MARK: What a batch keeps of how its files were read

  /// Which heading held which field.
  private static func mapping(_ inputs: [BatchRecord.Input]) -> [String: String] {
    var mapping: [String: String] = [:]
    for input in inputs {
      let fields = input.mapping.split(separator: ",").filter { $0.contains(":") }.map { $0.split(separator: ":").last ?? "" }
      for (heading, field) in zip(input.headings, fields) where !heading.isEmpty { mapping[heading] = String(field) }
    }
    return mapping
  }

  /// Which version of a code set was used.
  private static func codeSets(_ inputs: [BatchRecord.Input]) -> [String: String] {
    var sets: [String: String] = [:]
    for part in inputs.flatMap({ $0.mapping.split(separator: ",") }) {
      let pair = part.split(separator: "=").map(String.init)
      if pair.count == 2 { sets[pair[0]] = pair[1] }
    }
    return sets
  }
}
