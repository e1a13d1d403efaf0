import ElementCore
import ElementFormats
import ElementGenerator
import ElementLinkage
import ElementPipeline
import ElementSchema
import ElementTestSupport
import Foundation
import Testing

/// The same person twice in files, before anything is loaded.
struct FileLinkageTests {
  private let linked: LinkedRoster

  init() throws { linked = try LinkedRoster() }

  private func search(_ path: String, jobs: Int = 2, bestGuess: Bool = false) throws -> FileLinkageResult {
    var request = LinkageRequest(model: linked.model, jobs: jobs)
    request.isBestGuess = bestGuess
    return try FileLinkage(DeliveryOptions(verb: .check, paths: [path], today: linked.roster.today)).run(request)
  }

  private func comparison(_ result: FileLinkageResult, _ truth: [Int]) -> GroupComparison {
    GroupComparison(truth: truth, found: result.outcome.groups.map(Int.init))
  }

  /// The bars of the design, §7.3: three seeds of 50,000 rows; a part of that size in every run.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `people in a generated roster are found again`(_ seed: UInt64) throws {
    let isWhole = ProcessInfo.processInfo.environment["YAOSU_LOOPS"] == "all"
    let (path, truth) = try linked.generated(isWhole ? 50_000 : 8_000, seed: seed)
    let guess = comparison(try search(path, bestGuess: true), truth)
    #expect(guess.f1 >= 0.98)
    let result = try search(path)
    let sure = comparison(result, truth)
    #expect(sure.precision >= 0.999)
    #expect(sure.recall >= 0.85)
    #expect(sure.mixedGroups <= (isWhole ? 5 : 1))
    let asked = Set(
      result.outcome.pairs.filter { $0.tier == .ask }.map { pair in
        Set([result.outcome.groups[Int(pair.left)], result.outcome.groups[Int(pair.right)]])
      }
    ).count { $0.count == 2 }
    #expect(Double(asked) <= 25 * Double(truth.count) / 1_000)
  }

  @Test func `the lists are the same bytes for any number of jobs`() throws {
    let (path, _) = try linked.generated(5_000, seed: 4)
    let lists = try [1, 2, 8].map { jobs -> [UInt8] in
      let lists = LinkageLists(try search(path, jobs: jobs))
      var bytes: [UInt8] = []
      try lists.writePairs { bytes += $0 }
      try lists.writeEntities { bytes += $0 }
      return bytes
    }
    #expect(lists[0].count > 100_000)
    #expect(lists[0] == lists[1])
    #expect(lists[0] == lists[2])
  }

  @Test func `the lists hold nothing of anybody`() throws {
    let (path, _) = try linked.generated(800, seed: 5)
    let result = try search(path)
    var text = ""
    try LinkageLists(result).writePairs { text += String(decoding: $0, as: UTF8.self) }
    try LinkageLists(result).writeEntities { text += String(decoding: $0, as: UTF8.self) }
    #expect(text.contains("certain"))
    var generator = LinkageGenerator(LinkageGenerator.Options(rows: 800, seed: 5))
    for row in generator.rows() {
      for value in [row.cells[0], row.cells[1], row.cells[5]] where value.count > 1 { #expect(!text.contains(value)) }
    }
  }

  @Test func `a roster of something else cannot be compared`() throws {
    let path = try linked.roster.file("grids.csv", "网格编码,网格名称\n01000032069900100507,第一网格\n")
    let error = #expect(throws: InputError.self) { try search(path) }
    #expect(error?.message.zh.contains("不能查重") ?? false)
  }

  /// A roster in which one man stands twice, the second time behind rows whose values nobody can tell apart.
  private func broken() throws -> String {
    let header = Array("公民身份号码,姓名,性别,出生日期\n".utf8)
    let man = Array("\(try linked.numbers().man),王建国,1,1970-02-03\n".utf8)
    let undecodable = Array("\(try linked.numbers().brother),".utf8) + [0xFF, 0x80] + Array(",1,1973-05-06\n".utf8)
    let path = try linked.roster.file("broken.csv", "")
    let ragged = Array("a,b,c,d,e,f,g\n".utf8)
    try Data(header + man + undecodable + ragged + man).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func `rows that cannot be read are not compared, are told, and the others keep their numbers`() throws {
    let result = try search(try broken())
    #expect(result.rows.unreadableCount == 2)
    #expect(LinkageText(result, .zh).summary.contains("2 条记录无法读出"))
    #expect(LinkageText(result, .en).summary.contains("2 records cannot be read"))
    var text = ""
    try LinkageLists(result).writeEntities { text += String(decoding: $0, as: UTF8.self) }
    #expect(
      text.split(separator: "\n").map { $0.split(separator: ",").suffix(2).joined(separator: ",") } == [
        "row,entity", "1,1", "4,1",
      ])
  }

  private func evaluate(_ truth: String, _ entities: String, _ pairs: String? = nil) throws -> LinkageEvaluation {
    let roster = linked.roster
    let options = DeliveryOptions(verb: .check, paths: [], today: roster.today)
    return try LinkageEvaluator(options, linked.pack).evaluate(
      truth: try roster.file("truth.csv", truth), entities: try roster.file("entities.csv", entities),
      pairs: try pairs.map { try roster.file("pairs.csv", $0) })
  }

  /// Five rows of two people; the search joined two of each, and a third of the first is asked about.
  @Test(
    arguments: [
      "row,entity\n1,a\n2,a\n3,a\n4,b\n5,b\n", "entity,row\nb,5\na,2\nb,4\na,3\na,1\n", "entity\na\na\na\nb\nb\n",
      "row,cluster\n1,甲\n2,甲\n3,甲\n4,乙\n5,乙\n",
    ])
  func `a search is measured by the numbers of rows, in whatever order they stand`(_ truth: String) throws {
    let pairs = """
      left_file,left,right_file,right,weight,probability,tier,guard
      f,1,f,2,20.0,1.0000,auto,
      f,4,f,5,20.0,1.0000,certain,
      f,1,f,3,4.0,0.9412,ask,

      """
    let found = try evaluate(truth, "file,row,entity\nf,1,1\nf,2,1\nf,4,2\nf,5,2\nf,3,3\n", pairs)
    #expect((found.groups.truePairs, found.groups.foundPairs, found.groups.rightPairs) == (4, 2, 2))
    #expect(found.answered?.f1 == 1)
    #expect(found.linked.map { [$0.count, $0.right] } == [2, 2])
    #expect(found.questions.map { [$0.count, $0.yes] } == [1, 1])
  }

  @Test func `a row that was not compared is found with nobody`() throws {
    let found = try evaluate("row,entity\n1,a\n2,a\n3,a\n", "file,row,entity\nf,1,1\nf,3,1\n")
    #expect((found.groups.count, found.groups.truePairs, found.groups.rightPairs) == (3, 3, 1))
  }

  @Test(
    arguments: [
      ("row,entity\n1,a\n", "file,row,entity\nf,1,1\nf,2,1\n"), ("row,entity\n1,a\n1,b\n", "file,row,entity\nf,1,1\n"),
      ("row,entity\n1,a\n", "file,row,entity\nf,1,1\ng,1,2\n"), ("row,entity\none,a\n", "file,row,entity\nf,1,1\n"),
      ("row,person\n1,a\n", "file,row,entity\nf,1,1\n"),
    ])
  func `lists that are not about one file are refused`(_ truth: String, _ entities: String) throws {
    #expect(throws: InputError.self) { try evaluate(truth, entities) }
  }

  @Test func `rows of foreign columns are numbered without their heading`() throws {
    let foreign = try LinkageModel(text: try Repository.text("samples/linkage/febrl.yaml"), file: "febrl.yaml")
    let request = LinkageRequest(model: foreign, jobs: 1)
    let titles = "given_name,surname,date_of_birth,soc_sec_id,street_number,address_1,address_2,suburb,postcode,state\n"
    let path = try linked.roster.file("foreign.csv", titles + "aaa,bbb,19000101,1234567,1,ccc,,ddd,1000,eee\n")
    let result = try FileLinkage(DeliveryOptions(verb: .check, paths: [path], today: linked.roster.today)).run(request)
    #expect(result.rows.place(0).row == 1)
  }

  private func lists(_ result: FileLinkageResult) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try LinkageLists(result).writePairs { bytes += $0 }
    try LinkageLists(result).writeEntities { bytes += $0 }
    return bytes
  }

  private func shards(_ path: String, _ count: Int, into name: String) throws -> (LinkageRequest, FileLinkage, ShardFolder) {
    let place = linked.roster.scratch.path + "/" + name
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let request = LinkageRequest(model: linked.model, jobs: 2)
    let search = FileLinkage(DeliveryOptions(verb: .check, paths: [path], today: linked.roster.today))
    let folder = ShardFolder(place)
    for number in 1...count {
      let found = try search.run(request, .shard(KeyShare(number: number, count: count), folder, replaces: false))
      #expect(found.shard?.share.number == number)
      #expect(LinkageText(found, .en).summary.contains("Share \(number) of \(count)"))
    }
    return (request, search, folder)
  }

  @Test(arguments: [1, 2, 7])
  func `processes that share the work find what one finds, byte for byte`(_ count: Int) throws {
    let (path, _) = try linked.generated(5_000, seed: 4)
    let (request, search, folder) = try shards(path, count, into: "of-\(count)")
    let (joined, whole) = (try search.run(request, .shards(folder)), try search.run(request))
    #expect(try lists(joined) == lists(whole))
    #expect(joined.outcome.rules == whole.outcome.rules)
    #expect(LinkageText(joined, .zh).balance == LinkageText(whole, .zh).balance)
  }

  @Test func `shares that are missing, cut, or of another search are refused`() throws {
    let (path, _) = try linked.generated(600, seed: 4)
    let (request, search, folder) = try shards(path, 3, into: "broken")
    let second = folder.file(KeyShare(number: 2, count: 3))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: second))
    func message() throws -> String? {
      #expect(throws: InputError.self) { try search.run(request, .shards(folder)) }?.message.en
    }
    for count in [0, 10, bytes.count / 2, bytes.count - 1] {
      try bytes.prefix(count).write(to: URL(fileURLWithPath: second))
      #expect(try message() == "is not a whole shard")
    }
    // A weight that was changed, and a count.
    for (from, to) in [(",1\n", ",0\n"), ("rule ", "rule 9")] {
      let text = String(decoding: bytes, as: UTF8.self)
      let place = try #require(text.range(of: from))
      try text.replacingCharacters(in: place, with: to).write(toFile: second, atomically: true, encoding: .utf8)
      #expect(try message() == "is not a whole shard")
    }
    try FileManager.default.removeItem(atPath: second)
    #expect(try message() == "shard 2 is missing, or there are two")
    try bytes.write(to: URL(fileURLWithPath: second))
    var other = request
    other.model.auto += 1
    #expect(throws: InputError.self) { try search.run(other, .shards(folder)) }
    #expect(throws: InputError.self) { try search.run(request, .shards(ShardFolder(linked.roster.scratch.path + "/nothing"))) }
    #expect(try search.run(request, .shards(folder)).outcome.compared == search.run(request).outcome.compared)
  }
}
