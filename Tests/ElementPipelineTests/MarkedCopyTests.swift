import ElementCore
import ElementFormats
import ElementPipeline
import ElementTestSupport
import Foundation
import Testing

/// A clerk's own file back with what was found marked in it.
struct MarkedCopyTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  private static let head = ["公民身份号码", "姓名", "性别", "备注"]
  private static let rows = [
    ["110105194912310021", "示例甲", "女", "一"], ["11010519491231002X", "示例乙", "女", ""], ["440524188001010014", "", "男", "三"],
  ]

  private func workbook(_ beside: String = "", rows: [[String]] = rows) throws -> [UInt8] {
    var xml = "<dimension ref='A1:D4'/><sheetViews><sheetView tabSelected='1' workbookViewId='0'/></sheetViews><sheetData>"
    for (line, row) in ([Self.head] + rows).enumerated() {
      xml += "<row r='\(line + 1)' spans='1:4'>"
      for (column, value) in row.enumerated() where !value.isEmpty {
        xml += "<c r='\("ABCD".map(String.init)[column])\(line + 1)' t='inlineStr'><is><t>\(value)</t></is></c>"
      }
      xml += "</row>"
    }
    return try TestWorkbook.pack([
      ("户籍", "visible", xml + "</sheetData>" + beside),
      ("说明", "visible", "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>说明</t></is></c></row></sheetData>"),
    ])
  }

  private func mark(_ path: String, to name: String, _ language: Language = .zh) throws -> (path: String, result: RunResult) {
    let result = try roster.run(.check, [path])
    var options = DeliveryOptions(verb: .check, paths: [path], today: roster.today)
    options.toolVersion = "1"
    let output = roster.scratch.path + "/" + name
    try MarkedCopy.confirm([path], limits: options.limits)
    try MarkedCopy(result, options, filter: FindingFilter(), language: language).write(path, to: output, replaces: true)
    return (output, result)
  }

  private func member(_ name: String, of path: String) throws -> String {
    String(
      decoding: try Python.run(
        "import sys,zipfile;sys.stdout.buffer.write(zipfile.ZipFile('\(path)').read('\(name)'))", input: []), as: UTF8.self)
  }

  @Test func `a workbook keeps what is not concerned, and has colours, notes, reasons and a summary`() throws {
    let path = try roster.scratch.file("a.xlsx", try workbook())
    let (marked, result) = try mark(path, to: "b.xlsx")
    #expect(try member("xl/worksheets/sheet2.xml", of: marked) == member("xl/worksheets/sheet2.xml", of: path))
    let sheet = try member("xl/worksheets/sheet1.xml", of: marked)
    let cells = Set(
      try (0..<1).flatMap { _ in
        var cells: [String] = []
        try result.inputs[0].findings.forEach {
          if $0.column > 0, $0.line > 0 { cells.append("ABCD".map(String.init)[$0.column - 1] + "\($0.line)") }
        }
        return cells
      })
    #expect(cells.contains("A2") && cells.contains("B4"))
    for cell in ["A", "B", "C", "D"].flatMap({ column in (1...4).map { column + String($0) } }) {
      let tag = sheet.split(separator: "<c ").first { $0.contains("r='\(cell)'") || $0.contains("r=\"\(cell)\"") }
      #expect((tag?.contains(" s=\"") ?? false || tag?.hasPrefix("s=\"") ?? false) == cells.contains(cell), "\(cell)")
    }
    #expect(sheet.contains("<dimension ref='A1:E4'/>"))
    #expect(sheet.contains("<autoFilter ref=\"A1:E4\"/>") && sheet.contains("tabSelected='0'"))
    let again = try Workbook(try InputFile(path: marked))
    #expect(again.sheets.map(\.name) == ["户籍", "说明", "校验汇总"])
    #expect(try member("xl/workbook.xml", of: marked).contains("activeTab=\"2\""))
  }

  @Test(arguments: ["xlsx", "csv", "utf16"]) func `marks of an earlier check are known again, and change nothing`(
    _ format: String
  ) throws {
    let text = ([Self.head] + Self.rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    let path =
      switch format {
      case "xlsx": try roster.scratch.file("a.xlsx", try workbook())
      case "utf16": try roster.scratch.file("a.csv", [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
      default: try roster.scratch.file("a.csv", text)
      }
    let ending = format == "xlsx" ? "xlsx" : "csv"
    let (first, plain) = try mark(path, to: "b.\(ending)")
    let (second, marked) = try mark(first, to: "c.\(ending)")
    #expect(plain.findings.counts == marked.findings.counts)
    #expect(plain.counts == marked.counts)
    if format == "xlsx" {
      for part in ["xl/worksheets/sheet1.xml", "xl/commentsY1.xml"] {
        #expect(try member(part, of: first) == member(part, of: second), "\(part)")
      }
      #expect(try Workbook(try InputFile(path: second)).sheets.count == 3)
    } else {
      #expect(try Data(contentsOf: URL(fileURLWithPath: first)) == Data(contentsOf: URL(fileURLWithPath: second)))
    }
  }

  @Test func `a text keeps its bytes behind two columns with the worst severity and the reasons`() throws {
    let text = "说明,,\r\n公民身份号码,姓名,备注\r\n\"110105194912310021\",示例甲,\"一\r\n二\"\r\n11010519491231002X,示例乙,三\r\n"
    let (marked, _) = try mark(try roster.file("a.csv", text), to: "b.csv")
    let lines = try String(contentsOfFile: marked, encoding: .utf8).split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "说明,,")
    #expect(lines[1] == "校验级别,校验结果,公民身份号码,姓名,备注")
    #expect(lines[2].hasPrefix("错误,错误：“公民身份号码”校验码不对") && lines[2].hasSuffix(",\"110105194912310021\",示例甲,\"一"))
    #expect(lines[3] == "二\"")
    #expect(lines[4].hasSuffix("11010519491231002X,示例乙,三"))
  }

  @Test(arguments: [
    ("<workbookProtection lockStructure='1'/>", "xl/x", "结构受保护"), ("", "xl/vbaProject.bin", "宏"),
    ("", "_xmlsignatures/sig1.xml", "签名"),
  ]) func `a workbook that would not be itself any more is refused before it is read`(
    _ inside: String, _ part: String, _ word: String
  ) throws {
    let bytes = try TestWorkbook.pack([("户籍", "visible", "<sheetData/>")], workbook: inside)
    let path = try roster.scratch.file("a.xlsx", bytes)
    _ = try Python.run("import zipfile;zipfile.ZipFile('\(path)','a').writestr('\(part)','x')", input: [])
    let error = #expect(throws: OutputError.self) { try MarkedCopy.confirm([path], limits: .standard) }
    #expect(error?.message.zh.contains(word) ?? false)
    #expect(error?.kind == .usage)
  }

  @Test func `what names an encrypted workbook names the way out`() throws {
    let path = try roster.scratch.file(
      "a.xlsx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 2_000))
    let error = #expect(throws: OutputError.self) { try MarkedCopy.confirm([path], limits: .standard) }
    #expect(error?.kind == .usage)
  }

  @Test func `no mark shows a number, a telephone or an address`() throws {
    let rows = [["110105194912310021", "示例甲", "女", "示例路12号"], ["11010519491231002X", "示例乙", "男", "13800000000"]]
    let (marked, _) = try mark(try roster.scratch.file("a.xlsx", try workbook(rows: rows)), to: "b.xlsx")
    let said = try member("xl/commentsY1.xml", of: marked) + member("xl/worksheets/sheetY1.xml", of: marked)
    for canary in ["110105194912310021", "11010519491231002X", "示例甲", "示例路12号"] { #expect(!said.contains(canary)) }
  }
}
