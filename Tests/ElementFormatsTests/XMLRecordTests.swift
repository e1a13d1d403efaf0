import ElementCore
import ElementTestSupport
import Testing

@testable import ElementFormats

@Suite("XML records")
struct XMLRecordTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func survey(_ bytes: [UInt8]) throws -> FileSurvey {
    try FileSurvey(try InputFile(path: try scratch.file("r.xml", bytes)), encoding: nil)
  }

  private func read(_ text: String, records: String? = nil, chunk: Int = 1 << 18) throws -> (
    header: [String], rows: [String], notes: [SourceNote]
  ) {
    try read(try survey(Array(text.utf8)), records: records, chunk: chunk)
  }

  private func read(
    _ survey: FileSurvey, records: String? = nil, chunk: Int = 1 << 18
  ) throws -> (header: [String], rows: [String], notes: [SourceNote]) {
    let layout = try XMLSniffer(survey, records: records).layout { _ in 1 }
    var source = try layout.source(survey, columnCount: layout.header.count, chunkSize: chunk)
    var rows: [String] = []
    while let batch = try source.nextBatch() {
      for (record, values) in batch.texts(.max).enumerated() {
        rows.append("\(batch.spots[record].line): \(values.joined(separator: "|"))")
      }
    }
    return (layout.header, rows, source.notes)
  }

  static let layouts: [(String, [String], [String])] = [
    ("<rs><r><a>1</a><b>x&amp;y</b></r>\n<r><b>2</b><c/></r></rs>", ["a", "b", "c"], ["1: 1|x&y|", "2: |2|"]),
    ("<rs><r a='1' b='&lt;&#x5f20;'/><r b='2'/></rs>", ["a", "b"], ["1: 1|<张", "1: |2"]),
    (
      "<p:d xmlns:p='u'><h><s>1</s><t>2</t></h><p:rs>\n<p:r><p:a>1</p:a></p:r>\n<p:r><p:a>2</p:a></p:r></p:rs></p:d>", ["a"],
      ["2: 1", "3: 2"]
    ),
    (
      "<rs><r><field name='姓名'>甲</field><field name='x'>1</field></r><r><field name='姓名'><![CDATA[<乙>]]></field></r></rs>",
      ["姓名", "x"], ["1: 甲|1", "1: <乙>|"]
    ),
    (
      "<rs><r><n><a>1</a><b>2</b></n><c>3</c></r><r><n><a>4</a><b>5</b></n><c>6</c></r></rs>", ["n/a", "n/b", "c"],
      ["1: 1|2|3", "1: 4|5|6"]
    ),
    ("<rs><r><a>1</a><a>2</a></r><r><a> 3 </a></r></rs>", ["a"], ["1: 1;2", "1:  3 "]),
    ("<rs><r><a>1</a><b>x</b><a>2</a><b>y</b><a>3</a></r><r><b>z</b></r></rs>", ["a", "b"], ["1: 1;2;3|x;y", "1: |z"]),
    (
      "<rs><r><a value='1'/><b value='x'>y</b></r><r><a value='&#x5f20;'></a><b value=''/></r></rs>", ["a", "b"],
      ["1: 1|y", "1: 张|"]
    ),
    (
      "<rs><r><field name='姓名' value='甲'/><k>1</k></r><r><field name='姓名' value='乙'/></r></rs>", ["姓名", "k"],
      ["1: 甲|1", "1: 乙|"]
    ),
    ("<?xml version='1.0'?><!-- c --><rs>\n\n<r>\n<a>1</a>\n</r></rs>\n<!-- end -->", ["a"], ["3: 1"]),
  ]

  @Test("elements, attributes and named fields are columns, in any pieces", arguments: layouts)
  func columns(text: String, header: [String], rows: [String]) throws {
    for chunk in [1, 2, 3, 5, 8, 64, 1 << 18] {
      let found = try read(text, chunk: chunk)
      #expect(found.header == header)
      #expect(found.rows == rows, "pieces of \(chunk)")
    }
  }

  @Test("elements beside the records are told, and read where they are asked for")
  func strays() throws {
    let text = "<rs><r><a>1</a></r><x><b>2</b></x><r><a>3</a></r><y/></rs>"
    let found = try read(text)
    #expect(found.rows == ["1: 1", "1: 3"])
    #expect(found.notes == [SourceNote(.strayElements, count: 2, line: 1, place: "<x>")])
    #expect(try read(text, records: "/rs/x").rows == ["1: 2"])
    #expect(#expect(throws: InputError.self) { try read(text, records: "rs") }?.kind == .usage)
  }

  @Test("records in another place are told, and a name from two places is two columns")
  func places() throws {
    let apart = try read("<rs><a><r><k>1</k></r></a><b><r><k>2</k></r><r><k>3</k></r></b></rs>")
    #expect(apart.notes.first?.kind == .strayElements && apart.rows.count + (apart.notes.first?.count ?? 0) == 3)
    let survey = try survey(Array("<rs><r><n>1</n><h><n>2</n></h></r><r><n>3</n><n>4</n></r></rs>".utf8))
    let layout = try XMLSniffer(survey, records: "/rs/r").layout { _ in 1 }
    #expect(layout.header == ["n", "h/n"])
    var source = try layout.source(survey, columnCount: 2)
    #expect(try source.nextBatch()?.texts(2) == [["1", "2"], ["3;4", ""]])
  }

  @Test(
    "attributes inside records are columns below their elements, those around records are told, those of schemas say nothing")
  func attributes() throws {
    let text =
      "<g code='第一网格'><r><地址 省='江苏' xml:lang='zh'>南通</地址><f name='姓名' type='s'>甲</f></r>"
      + "<r xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><地址 省='上海' xsi:nil='true'/></r></g>"
    let found = try read(text)
    #expect(found.header == ["地址", "地址/省", "姓名", "姓名/type"])
    #expect(found.rows == ["1: 南通|江苏|甲|s", "1: |上海||"])
    #expect(found.notes == [SourceNote(.strayElements, count: 1, line: 1, place: "<g code>")])
  }

  @Test("a value that comes again is told, and costs no more than its bytes, up to the limit of a value")
  func lists() throws {
    let many = String(repeating: "<a>1</a>", count: 20_000)
    let survey = try survey(Array("<rs><r><b>x</b><a>1</a><a>2</a></r><r><a>3</a></r><r><a>4</a><b>y</b>\(many)</r></rs>".utf8))
    let layout = try XMLSniffer(survey, records: "/rs/r").layout { _ in 1 }
    var source = try layout.source(survey, columnCount: 2)
    let batch = try #require(try source.nextBatch())
    #expect(batch.spots.map(\.flags) == [[], [], []] && batch.lists == [1, 5])
    #expect(batch.texts(2)[0].sorted() == ["1;2", "x"])
    #expect(batch.bytes.count < 100_000)
    let wide = "<rs><r><a>1</a></r><r><a>4</a>\(String(repeating: many, count: 3))</r></rs>"
    let second = try self.survey(Array(wide.utf8))
    var reader = try XMLSniffer(second, records: "/rs/r").layout { _ in 1 }.source(second, columnCount: 1)
    #expect(try reader.nextBatch()?.spots.map(\.flags) == [[], .fieldTooLong])
  }

  @Test("a start tag over several lines is where it begins, behind a byte order mark too")
  func spreadTag() throws {
    let text = "<rs>\n<r\na='1'\nb='2'/><r a='3'/></rs>"
    let survey = try survey([0xEF, 0xBB, 0xBF] + Array(text.utf8))
    let layout = try XMLSniffer(survey, records: nil).layout { _ in 1 }
    var source = try layout.source(survey, columnCount: 2)
    let spots = try #require(try source.nextBatch()).spots
    #expect(spots.map(\.line) == [2, 4])
    #expect(spots[0].byteStart == 8)
    let start = RecordStart(byte: Int(spots[1].byteStart), line: 4, row: 1)
    var again = try layout.source(survey, columnCount: 2, from: start)
    #expect(try again.nextBatch()?.spots.map(\.byteStart) == [spots[1].byteStart])
  }

  @Test("a reader starts at any record that another one gave, with its line and place")
  func restarts() throws {
    let text =
      "<?xml version='1.0'?>\n<p:rs xmlns:p='u'><head/>\n" + (1...50).map { "<p:r>\n<p:a>\($0)</p:a></p:r>\n" }.joined()
      + "</p:rs>"
    let survey = try survey(Array(text.utf8))
    let layout = try XMLSniffer(survey, records: nil).layout { _ in 1 }
    var whole = try layout.source(survey, columnCount: 1)
    let batch = try #require(try whole.nextBatch())
    for spot in batch.spots {
      let bytes = Array(text.utf8)[Int(spot.byteStart)..<Int(spot.byteStart) + Int(spot.byteLength)]
      #expect(bytes.starts(with: "<p:r>".utf8) && bytes.suffix(6).elementsEqual("</p:r>".utf8))
      let start = RecordStart(byte: Int(spot.byteStart), line: Int(spot.line), row: Int(spot.row) - 1)
      var reader = try layout.source(survey, columnCount: 1, from: start, chunkSize: 16)
      let first = try #require(try reader.nextBatch())
      #expect(first.spots[0].row == spot.row && first.spots[0].line == spot.line && first.spots[0].byteStart == spot.byteStart)
      #expect(first.texts(1) == [[String(spot.row)]])
    }
  }

  /// A document in an encoding that says it is in another one.
  private static func document(_ declared: String, in encoding: String) throws -> [UInt8] {
    let text = "<?xml version=\"1.0\" encoding=\"\(declared)\"?><rs><r><a>张三丰</a></r><r><a>示例甲</a></r></rs>"
    return try Python.run(
      "import sys;sys.stdout.buffer.write(sys.stdin.buffer.read().decode().encode('\(encoding)'))", input: Array(text.utf8))
  }

  @Test(
    "a document is read in the encoding that it declares",
    arguments: [
      ("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig"), ("GB18030", "gb18030"), ("gbk", "gbk"), ("GB2312", "gb2312"),
      ("UTF-16", "utf-16"), ("UTF-16BE", "utf-16-be"), ("utf-16", "utf-16-be"), ("UTF-16LE", "utf-16-le"),
    ])
  func encodings(declared: String, encoding: String) throws {
    #expect(try read(try survey(try Self.document(declared, in: encoding))).rows == ["1: 张三丰", "1: 示例甲"])
  }

  @Test(
    "a declaration that the content contradicts is refused with both names",
    arguments: [
      ("GB2312", "utf-8", "utf-8"), ("UTF-8", "gbk", "gb18030"), ("GBK", "utf-8-sig", "utf-8"), ("UTF-8", "utf-16", "utf-16le"),
      ("UTF-16BE", "utf-16", "utf-16le"), ("UTF-16LE", "utf-16-be", "utf-16be"), ("UTF-8", "utf-16-be", "utf-16be"),
      ("Big5", "utf-8", "Big5"),
    ])
  func conflicts(declared: String, encoding: String, named: String) throws {
    let bytes = try Self.document(declared, in: encoding)
    let error = #expect(throws: InputError.self) { try survey(bytes) }
    #expect(error?.kind == .encoding)
    #expect(error?.message.en.contains(declared) == true && error?.message.en.contains(named) == true)
  }

  @Test("what is no rosters' XML is refused by what it is")
  func refusals() throws {
    for text in ["<!DOCTYPE r SYSTEM 'http://127.0.0.1/x'><r><a>1</a></r>", "<rs><r><a>1</a></r>", "<rs/>", "<rs>text</rs>"] {
      #expect(throws: InputError.self) { try read(text) }
    }
    let spreadsheet =
      "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"
    #expect(#expect(throws: InputError.self) { try survey(Array(spreadsheet.utf8)) }?.message.en.contains("Excel 2003") == true)
  }
}
