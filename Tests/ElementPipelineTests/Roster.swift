import ElementCore
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// Rosters in a folder of their own, and runs over them.
struct Roster {
  let scratch: ScratchFolder
  let today: CalendarDate

  init() throws {
    scratch = try ScratchFolder()
    today = try #require(CalendarDate(year: 2026, month: 1, day: 1))
  }

  var warehouse: String { scratch.path + "/w.db" }

  func file(_ name: String, _ text: String) throws -> String { try scratch.file(name, text) }

  /// Writes a layer `town` into the folder `schemas` here, with what it says of fields of residents, and returns that folder.
  @discardableResult func overlay(_ fields: String...) throws -> String {
    let folder = scratch.path + "/schemas/overlays"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let head =
      "overlay: town\ntitle: {zh: 镇, en: Town}\nlevel: city\nsource: test\ndatasets:\n  registeredResident:\n    fields:\n"
    let text = head + fields.map { "      - {\($0)}\n" }.joined()
    try text.write(toFile: folder + "/town.yaml", atomically: true, encoding: .utf8)
    return scratch.path + "/schemas"
  }

  func run(_ verb: DeliveryOptions.Verb, _ paths: [String], _ change: (inout DeliveryOptions) -> Void = { _ in }) throws
    -> RunResult
  {
    var options = DeliveryOptions(verb: verb, paths: paths, today: today)
    options.warehouse = verb == .load ? warehouse : nil
    options.operatorName = "test"
    options.keepsAllFindings = true
    change(&options)
    return try Run(options).run()
  }

  /// Loads rosters in one delivery, and confirms that a check beside the warehouse says the same and that the warehouse is sound.
  func load(_ texts: [String], _ change: (inout DeliveryOptions) -> Void) throws -> RunResult {
    let files = try texts.enumerated().map { try file("r\($0)-\(abs($1.hashValue)).csv", $1) }
    func both(_ options: inout DeliveryOptions) {
      change(&options)
      if options.verb == .load || FileManager.default.fileExists(atPath: warehouse) { options.warehouse = warehouse }
    }
    let checked = try run(.check, files, both)
    let loaded = try run(.load, files, both)
    #expect(checked.counts == loaded.counts)
    #expect(checked.findings.counts == loaded.findings.counts)
    for input in files.indices { #expect(errors(checked, input: input) == errors(loaded, input: input)) }
    #expect(loaded.counts.balances)
    #expect(try Warehouse(path: warehouse, mode: .read).verify().differences.isEmpty)
    return loaded
  }

  /// Confirms that each state of the past that a batch recorded can be made up from history.
  func confirmPast(_ comment: Comment? = nil) throws {
    let warehouse = try Warehouse(path: warehouse, mode: .read)
    for batch in try warehouse.batches() where !batch.digest.isEmpty {
      let state = try #require(try warehouse.state(at: .batch(batch.id)))
      #expect(state.isProved, "batch \(batch.id) \(comment?.description ?? "")")
    }
  }

  /// The codes of the findings of a run, of one severity or of all.
  func codes(_ result: RunResult, _ severity: Severity? = nil) -> Set<String> {
    Set(result.findings.counts.keys.filter { severity == nil || $0.severity == severity }.map { $0.code.description })
  }

  /// The sentences of the findings of a run.
  func messages(_ result: RunResult, language: Language) -> [String] {
    result.inputs.flatMap { input in
      let text = FindingText(book: result.book, map: input.map, language: language)
      return input.findings.findings.map(text.message)
    }
  }

  /// The errors of a run as `row code` of the first input.
  func errors(_ result: RunResult, input: Int = 0) -> [String] {
    result.inputs[input].findings.findings.filter { $0.severity == .error }.map { "\($0.row) \($0.code)" }.sorted()
  }
}

extension FindingLog {
  /// The same without fingerprints, which each warehouse makes with a secret of its own.
  var anonymous: [Finding] {
    findings.map { finding in
      var finding = finding
      finding.fingerprint = nil
      return finding
    }
  }

  /// The findings that were kept, in their order; a disk that fails fails the test.
  var findings: [Finding] {
    var all: [Finding] = []
    do { try forEach { all.append($0) } } catch { Issue.record(error) }
    return all
  }
}

extension RunResult {
  /// The findings of all inputs that were kept.
  var allFindings: [Finding] { inputs.flatMap(\.findings.findings) }
}

extension Warehouse {
  /// Some fields of all current rows of a dataset, sorted.
  func rows(of dataset: String, fields: [String]) throws -> [[String]] {
    var rows: [[String]] = []
    try comparing([]) { _, visit in
      try visit(dataset, fields) { values in rows.append(values.map { String(decoding: $0, as: UTF8.self) }) }
    }
    return rows.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
