import ElementCore
import ElementFormats
import ElementGenerator
import ElementLinkage
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// Lists of questions about people: what they show, and how answers are read.
struct ReviewListTests {
  private let linked: LinkedRoster

  init() throws { linked = try LinkedRoster() }

  private func list(_ language: Language = .zh) throws -> (csv: String, workbook: [UInt8], items: [ReviewList.Item]) {
    let list = try Warehouse(path: linked.roster.warehouse, mode: .read).readingLinkage(kind: "person") {
      try ReviewList($0, linked.pack, ReviewList.Options(linked.model, language: language), today: linked.roster.today)
    }
    var csv = ""
    try list.csv { csv += String(decoding: $0, as: UTF8.self) }
    return (csv, try list.workbook(stamp: ""), list.items)
  }

  private func read(_ text: String) throws -> ReviewReading {
    let path = try linked.roster.file("answers-\(abs(text.hashValue)).csv", text)
    return try Warehouse(path: linked.roster.warehouse, mode: .read).readingLinkage(kind: "person") {
      try ReviewReading(path: path, $0, DeliveryOptions(verb: .check, paths: [path], today: linked.roster.today), linked.pack)
    }
  }

  /// The rows of a list, with the answer of each that `answer` gives by its place among the rows of its question.
  private func answered(_ csv: String, _ answer: (_ question: String, _ place: Int) -> String) -> [[String]] {
    var seen: [String: Int] = [:]
    return csv.split(separator: "\r\n").map { line in
      var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      cells[1] = answer(cells[0], seen[cells[0], default: 0])
      seen[cells[0], default: 0] += 1
      return cells
    }
  }

  private func text(_ rows: [[String]]) -> String { rows.map { $0.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n" }

  @Test(arguments: [Language.zh, .en])
  func `answers are read by their questions, whatever the order of the rows`(_ language: Language) throws {
    try linked.loadGenerated(1_500, seed: 8)
    try linked.find()
    let (csv, workbook, items) = try list(language)
    #expect(workbook.count > 2_000)
    let words = ReviewAnswer.words(language, .person)
    var rows = answered(csv.replacing("\u{FEFF}", with: "")) { question, place in
      question == ReviewColumn.question.title(language, .person)
        ? ReviewColumn.answer.title(language, .person) : place == 1 ? words[1] : ""
    }
    let head = rows.removeFirst()
    rows.sort { $0[7] > $1[7] }
    let reading = try read(text([head] + rows))
    #expect(reading.objections.isEmpty, "\(reading.objections)")
    #expect(reading.decisions.count == items.count)
    #expect(reading.decisions.allSatisfy { $0.answer == .notSame })
    try linked.find(says: { _ in reading.decisions })
    // The same list twice changes nothing.
    let again = try read(text([head] + rows))
    #expect(again.decisions.isEmpty)
    #expect(again.known == items.count)
    #expect(again.objections.isEmpty)
  }

  @Test func `answers that contradict each other, are no answers, or belong elsewhere are told by their rows`() throws {
    try linked.loadGenerated(1_500, seed: 9)
    try linked.find()
    let (csv, _, items) = try list()
    let id = "\(items[0].question.id)"
    let plain = csv.replacing("\u{FEFF}", with: "")
    let contradicting = answered(plain) { question, place in
      question == "题号" ? "判定" : question == id ? ["同一人", "不是同一人"][place] : ""
    }
    #expect(try read(text(contradicting)).objections.count == 1)
    let odd = answered(plain) { question, place in question == "题号" ? "判定" : question == id && place == 0 ? "大概是" : "" }
    let objection = try #require(try read(text(odd)).objections.first)
    #expect(objection.message.zh.contains("大概是"))
    var unknown = answered(plain) { question, _ in question == "题号" ? "判定" : question == id ? "同一人" : "" }
    for place in unknown.indices where unknown[place][0] == id { unknown[place][0] = "999999" }
    #expect(try read(text(unknown)).objections.count == 1)
    var foreign = answered(plain) { question, _ in question == "题号" ? "判定" : question == id ? "同一人" : "" }
    for place in foreign.indices where foreign[place][0] == id { foreign[place][15] = "000000-0000000000" }
    let reading = try read(text(foreign))
    #expect(reading.isForeign)
    #expect(reading.decisions.isEmpty)
    #expect(try read("姓名,年龄\r\n示例甲,3\r\n").isForeign)
  }

  @Test func `a list shows of numbers no more than where they differ, and of children no names`() throws {
    try linked.loadGenerated(2_000, seed: 10)
    try linked.find()
    let (csv, _, items) = try list()
    #expect(items.count > 5)
    var generator = LinkageGenerator(LinkageGenerator.Options(rows: 2_000, seed: 10))
    for row in generator.rows() where row.cells[0].utf8.count == 18 && !row.cells[0].contains("*") {
      #expect(!csv.contains(row.cells[0]))
      if row.cells[4] > "2012-02-01", row.cells[1].count > 2 {
        let isShown = csv.contains("," + row.cells[1] + ",")
        #expect(!isShown)
      }
    }
  }
}
