import ElementCore
import ElementExchange
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// What a receiver holds after full packages and deltas is what stands, whatever was lost, came twice or was answered late on the way.
struct PackageHistoryTests {
  private let roster: Roster
  private static let grids = ["01000032069900100101", "01000032069900100102", "01000032069900100103"]
  private static let people = (0..<8).map { place -> String in
    // Numbers of the example county with sound check characters.
    [
      "320699197001010018", "320699197001010026", "320699197001010034", "320699197001010042", "320699197001010050",
      "320699197001010069", "320699197001010077", "320699197001010085",
    ][place]
  }

  init() throws { roster = try Roster() }

  /// A kind of target: how it is told of changes.
  enum Target: String, CaseIterable, CustomTestStringConvertible {
    /// A table that is only added to.
    case marked
    /// One that takes deletions in a file of their own and keeps what is not said.
    case apart
    /// One that takes records anew where something was emptied.
    case record

    var testDescription: String { rawValue }

    var text: String {
      let (deletions, empty) =
        switch self {
        case .marked: ("marked", "blank")
        case .apart: ("apart", "{word: <清空>}")
        case .record: ("marked", "record")
        }
      let operation = self == .apart ? "" : "\n      - {name: OP, value: operation, words: {kept: I, deleted: D}}"
      return """
        profile: target-\(rawValue)
        title: {zh: 试, en: test}
        target: {zh: 试, en: test}
        source: test
        legalBasis: test
        purpose: test
        audience: own
        format: csv
        fileName: "{table}-{kind}-{part}.csv"
        recordsPerFile: 3
        deletions: \(deletions)
        empty: \(empty)
        receipt: {silent: accepted, file: FILE, row: ROW, key: [ID], reason: REASON, otherwise: theirs}
        datasets:
          - dataset: registeredResident
            table: people
            where: gridCode in ['\(PackageHistoryTests.grids[0])', '\(PackageHistoryTests.grids[1])']
            columns:\(operation)
              - {name: ID, field: identityNum, required: true}
              - {name: NAME, field: personName}
              - {name: PLACE, field: servicePlaceName, length: 3}
              - {name: PHONE, field: contact}
              - {name: GRID, field: gridCode}

        """
    }
  }

  /// A receiver that has what it was sent, and nothing else.
  private struct Receiver {
    let target: Target
    private(set) var rows: [String: [String]] = [:]
    private(set) var last = 0

    init(_ target: Target) { self.target = target }

    /// Takes a package, but for some records of it by their file and row; one that is older than the last is passed over.
    mutating func take(_ folder: String, refusing: Set<String> = []) throws {
      let manifest = try #require(
        PackageManifest([UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/manifest.json")))))
      if manifest.number <= last { return }
      last = manifest.number
      var named: Set<String> = []
      // What goes, goes before what comes.
      for file in manifest.files.filter({ $0.kind == "deletions" }) + manifest.files.filter({ $0.kind != "deletions" }) {
        let text = try String(contentsOfFile: folder + "/" + file.name, encoding: .utf8)
        for (place, line) in text.split(separator: "\n").dropFirst().enumerated()
        where !refusing.contains("\(file.name) \(place + 1)") {
          var values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
          let isGone = target == .apart ? file.kind == "deletions" : values.removeFirst() == "D"
          let key = values[0]
          named.insert(key)
          if isGone { rows[key] = nil } else { rows[key] = merged(rows[key], values) }
        }
      }
      if manifest.kind == "full", target == .apart { rows = rows.filter { named.contains($0.key) } }
    }

    private func merged(_ old: [String]?, _ new: [String]) -> [String] {
      guard target == .apart else { return new }
      return new.enumerated().map { place, value in
        value == "<清空>" ? "" : value.isEmpty ? old?[place] ?? "" : value
      }
    }
  }

  /// What is loaded, as a person's row: a blank phone is no word about it.
  private func text(_ draw: inout HistoryTests.Draw) -> String {
    var out = "公民身份号码,姓名,服务处所,联系方式,网格编码\n"
    for (place, person) in Self.people.enumerated() where draw.below(3) > 0 {
      let phone = draw.pick(["13800000001", "13800000002", "", "<清空>"])
      let work = draw.pick(["甲", "乙厂", "很长的处所", "<清空>"])
      out += "\(person),示例\(["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"][place]),\(work),\(phone),\(draw.pick(Self.grids))\n"
    }
    return out
  }

  /// What the target should hold, by the rows themselves: the rows that lie in its grids; those that it would not take, by their keys.
  private func truth() throws -> (rows: [String: [String]], behind: Set<String>) {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset("registeredResident"))
    let selection = RowSelection(.all, pack, try pack.gridScheme(nil), asOf: roster.today.text)
    let reader = try #require(try WarehouseReader(try Warehouse(path: roster.warehouse, mode: .read), selection))
    let fields = try ["identityNum", "personName", "servicePlaceName", "contact", "gridCode"].map {
      try #require(dataset.index(of: $0))
    }
    var (rows, behind): ([String: [String]], Set<String>) = ([:], [])
    _ = try reader.forEach(dataset, fields) { found in
      for place in found.ids.indices {
        let values = fields.indices.map { String(decoding: found.records.copy(found.records.range(place, $0)), as: UTF8.self) }
        guard Self.grids.prefix(2).contains(values[4]) else { continue }
        if values[2].count > 3 { behind.insert(values[0]) } else { rows[values[0]] = values }
      }
    }
    return (rows, behind)
  }

  private func export(_ profile: ExportProfile, _ number: Int, _ extent: ExportOptions.Extent) throws -> ExportResult {
    let head = BatchHead(
      operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "", deliveryDigest: "",
      asOf: roster.today.text)
    var options = ExportOptions(
      warehouse: roster.warehouse, output: roster.scratch.path + "/p\(number)", head: head,
      now: Date(timeIntervalSince1970: 1_800_000_000 + Double(number)), today: roster.today, zone: .shanghai, sender: "320699",
      toolVersion: "0")
    options.extent = extent
    return try ExportRun(options, try SchemaPack.shipped(), .en).run(profile)
  }

  private func answer(_ package: String, _ text: String) throws {
    let path = try roster.file("answer-\(package).csv", text)
    let head = BatchHead(
      operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "", deliveryDigest: "",
      asOf: roster.today.text)
    var options = ReceiptRun.Options(path: path, head: head)
    options.package = package
    _ = try ReceiptRun(options, try SchemaPack.shipped()).run(try Warehouse(path: roster.warehouse, mode: .write))
  }

  /// Something that happens to the records.
  private func change(_ draw: inout HistoryTests.Draw) throws {
    let warehouse =
      FileManager.default.fileExists(atPath: roster.warehouse) ? try Warehouse(path: roster.warehouse, mode: .read) : nil
    let standing = try warehouse?.batches().filter { $0.state == "loaded" && $0.undoneBy == nil && $0.id > 1 }.map(\.id) ?? []
    switch draw.below(7) {
    case 0 where standing.count > 1:
      let order = Warehouse.UndoOrder(batch: draw.pick(standing), keepsLater: true, isDryRun: false, reason: "test")
      _ = try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today)
        .run(roster.warehouse)
    case 6 where warehouse != nil: try regrid(&draw)
    case 1 where warehouse != nil:
      let configuration = try SiteConfiguration(path: try roster.file("yaosu.yaml", "limits: {all: {maxRemoved: 100%}}\n"))
      let path = try roster.file("replace.csv", text(&draw))
      _ = try roster.run(.load, [path]) {
        ($0.dataset, $0.mode, $0.scope, $0.again, $0.configuration) = (
          "registeredResident", .replace, .all, true, configuration
        )
      }
    default:
      let path = try roster.file("load.csv", text(&draw))
      _ = try roster.run(.load, [path]) { ($0.dataset, $0.again) = ("registeredResident", true) }
    }
  }

  /// Records of one grid move to another; where that cannot be, nothing happens.
  private func regrid(_ draw: inout HistoryTests.Draw) throws {
    let (old, new) = (draw.pick(Self.grids), draw.pick(Self.grids))
    let path = try roster.file("map.csv", "old,new\n\(old),\(new)\n")
    var options = DeliveryOptions(verb: .load, paths: [], today: roster.today)
    (options.warehouse, options.operatorName) = (roster.warehouse, "test")
    let pack = try SchemaPack.shipped()
    let scheme = try pack.gridScheme(nil)
    guard old != new, let map = try? RegridMap(path: path, options: options, pack: pack, scheme: scheme) else { return }
    _ = try? RegridRun(map, effective: roster.today, options, pack, scheme).run()
  }

  @Test(arguments: LongLoop.part(Target.allCases.flatMap { target in (0..<120).map { (target, $0) } }, of: 40))
  func `full packages and deltas come to what stands`(_ target: Target, _ seed: Int) throws {
    var draw = HistoryTests.Draw(seed &* 31 &+ target.rawValue.utf8.count)
    let pack = try SchemaPack.shipped()
    let library = ProfileLibrary([PackFile(path: "profiles/target-\(target.rawValue).yaml", text: target.text)], pack)
    let profile = try library.profile("target-\(target.rawValue)")
    var receiver = Receiver(target)
    var late: [String] = []
    let gridRoster = try roster.file(
      "grids.csv", "网格编码,网格名称\n" + Self.grids.map { "\($0),第\($0.suffix(1))网格\n" }.joined())
    _ = try roster.run(.load, [gridRoster]) { $0.dataset = "grid" }
    try change(&draw)
    for step in 1...8 {
      for _ in 0..<draw.below(3) { try change(&draw) }
      let result = try export(profile, step, draw.below(4) == 0 ? .full : .due)
      let folder = roster.scratch.path + "/p\(step)"
      let fate = draw.below(4)
      // A package that is lost is never answered.
      if fate == 0 { continue }
      var refused: [(file: String, row: Int, key: String)] = []
      if fate == 1, let file = result.manifest.files.first(where: { $0.records > 0 && $0.kind != "deletions" }) {
        let line = try String(contentsOfFile: folder + "/" + file.name, encoding: .utf8).split(separator: "\n")[1]
        let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        refused.append((file.name, 1, target == .apart ? values[0] : values[1]))
      }
      try receiver.take(folder, refusing: Set(refused.map { "\($0.file) \($0.row)" }))
      if draw.below(3) == 0 { try receiver.take(folder) }
      let (rows, behind) = try truth()
      let left = behind.union(refused.map(\.key))
      #expect(
        receiver.rows.filter { !left.contains($0.key) } == rows.filter { !left.contains($0.key) },
        "seed \(seed) step \(step) \(result.package.kind)")
      let header = "FILE,ROW,REASON\n"
      if !refused.isEmpty {
        try answer(result.package.identity, header + refused.map { "\($0.file),\($0.row),超时\n" }.joined())
        let again = try export(profile, 100 + step, .resend(.theirs))
        try receiver.take(roster.scratch.path + "/p\(100 + step)")
        try answer(again.package.identity, header)
        let left = try truth().behind
        #expect(
          receiver.rows.filter { !left.contains($0.key) } == rows.filter { !left.contains($0.key) },
          "seed \(seed) step \(step) again")
      } else if draw.below(2) == 0 {
        late.append(result.package.identity)
      } else {
        try answer(result.package.identity, header + "")
      }
      if !late.isEmpty, draw.below(2) == 0 { try answer(late.removeFirst(), header) }
    }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }
}
