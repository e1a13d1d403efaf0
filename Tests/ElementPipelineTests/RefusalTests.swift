import ElementCore
import ElementFormats
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

struct RefusalTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  static let headers: [(String, InputError.Kind, String)] = [
    ("姓名,联系电话\n示例甲,1\n", .dataset, "公民身份号码"), ("姓名,身份证号,公民身份号码\n示例甲,1,1\n", .header, "公民身份号码"), ("甲,乙\n1,2\n", .header, "表头"),
    ("code,severity,dataset,file,sheet,row\nV1103,error,x,y,,1\n", .foreignFormat, "问题清单"),
  ]

  @Test(arguments: headers) func `a header without its keys, with two of one, or none is refused before the first row`(
    _ text: String, _ kind: InputError.Kind, _ word: String
  ) throws {
    let file = try roster.file("r.csv", text)
    let error = #expect(throws: InputError.self) { try roster.run(.load, [file]) }
    #expect(error?.kind == kind)
    #expect(error?.message.zh.contains(word) == true)
    #expect(!FileManager.default.fileExists(atPath: roster.warehouse))
  }

  @Test func `a header that is mojibake is told as such`() throws {
    // 姓名 and 身份证号 as UTF-8 read as GBK.
    let file = try roster.file("r.csv", "濮撳悕,韬唤璇佸彿\n寮犱笁,11010519491231002X\n")
    let error = #expect(throws: InputError.self) { try roster.run(.check, [file]) }
    #expect(error?.kind == .encoding)
    #expect(error?.message.zh.contains("乱码") == true)
  }

  @Test func `a header that the pinned dataset does not know is refused as unread, a dataset that is none as wrong usage`()
    throws
  {
    let file = try roster.file("r.csv", "姓名,身份证号\n示例甲,11010519491231002X\n")
    #expect(#expect(throws: InputError.self) { try roster.run(.check, [file]) { $0.dataset = "grid" } }?.kind == .header)
    #expect(#expect(throws: InputError.self) { try roster.run(.check, [file]) { $0.dataset = "nix" } }?.kind == .usage)
  }

  @Test func `a file without an encoding is refused with both counts`() throws {
    let good = Array("示例甲,11010519491231002X\n".utf8)
    let bytes = Array("姓名,身份证号\n".utf8) + good + [0xFF, 0x0A, 0xFF, 0x0A, 0xFF, 0x0A]
    let error = #expect(throws: InputError.self) { try roster.run(.check, [try roster.scratch.file("r.csv", bytes)]) }
    #expect(error?.kind == .encoding)
    #expect(error?.message.en.contains("5 lines") == true)
  }

  @Test func `title lines above the header, odd line ends and a Ctrl-Z are taken`() throws {
    let text =
      "某街道户籍人口花名册,,\r\n填表说明：请勿改动,,\r\n*姓名,身份证号\n（18位）,备注\r\n".replacing("\n（", with: "（")
      + "示例甲,11010519491231002X,\r\r\n,,\n示例乙,440524188001010014,\n\u{1A}"
    let result = try roster.run(.check, [try roster.file("r.csv", text)])
    #expect(result.counts.read == 2)
    #expect(result.inputs[0].headerLine == 3)
  }

  @Test(arguments: [",", "\t", ";", "|"]) func `delimiters are found`(_ delimiter: String) throws {
    let text = "姓名,身份证号\n示例甲,11010519491231002X\n".replacing(",", with: delimiter)
    #expect(try roster.run(.check, [try roster.file("r.csv", text)]).counts.created == 1)
  }

  @Test func `UTF-16 and GB 18030 with a pipe between fields are read`() throws {
    let text = "姓名|身份证号\r\n示例甲|11010519491231002X\r\n"
    let utf16: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try roster.run(.load, [try roster.scratch.file("16.csv", utf16)]).counts.created == 1)
    let encoding = String.Encoding(rawValue: 0x8000_0632)
    let gb = try #require("姓名|身份证号\n东|11010519491231002X\n皘|440524188001010014\n".data(using: encoding))
    #expect(try roster.run(.check, [try roster.scratch.file("gb.csv", Array(gb))]).counts.created == 2)
  }

  @Test func `a busy, a foreign, a damaged and a newer warehouse are refused and left alone`() throws {
    let file = try roster.file("r.csv", "姓名,身份证号\n示例甲,11010519491231002X\n")
    _ = try roster.run(.load, [file])
    let before = try Data(contentsOf: URL(fileURLWithPath: roster.warehouse))
    do {
      let holder = try Warehouse(path: roster.warehouse, mode: .write)
      #expect(#expect(throws: WarehouseError.self) { try roster.run(.load, [file]) { $0.again = true } }?.kind == .busy)
      withExtendedLifetime(holder) {}
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: roster.warehouse)) == before)
    // Without the application identifier (bytes 68 to 71) it is somebody else's database.
    var stranger = [UInt8](before)
    stranger.replaceSubrange(68..<72, with: [0, 0, 0, 0])
    for (bytes, kind) in [(Array("no database at all, only text".utf8), WarehouseError.Kind.damaged), (stranger, .foreign)] {
      let path = try roster.scratch.file("x.db", bytes)
      let error = #expect(throws: WarehouseError.self) { try roster.run(.load, [file]) { $0.warehouse = path } }
      #expect(error?.kind == kind)
      #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
    }
  }

  @Test func `an empty file that an interrupted load left is taken for new`() throws {
    let file = try roster.file("r.csv", "姓名,身份证号\n示例甲,11010519491231002X\n")
    let path = try roster.file("x.db", "")
    let result = try roster.run(.load, [file]) { $0.warehouse = path }
    #expect(result.counts.created == 1 && result.batch == 1)
  }
}
