import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import Foundation
import Testing

/// A delivery that a rule fails which no single CSV file in UTF-8 can show, as a test argument.
struct RuleFile: Sendable, CustomTestStringConvertible {
  let code: String
  let severity: Severity
  /// The data row of the finding, from 1; 0 for the file as a whole.
  let row: Int
  /// The files of the delivery by name; those in folders are the site's schemas.
  let files: [(name: String, bytes: [UInt8])]
  var dataset: String? = "registeredResident"
  var change: @Sendable (inout DeliveryOptions) -> Void = { _ in }

  var testDescription: String { code }

  init(
    _ code: String, _ severity: Severity, row: Int, _ files: [(String, [UInt8])], dataset: String? = "registeredResident",
    _ change: @escaping @Sendable (inout DeliveryOptions) -> Void = { _ in }
  ) {
    (self.code, self.severity, self.row, self.dataset, self.change) = (code, severity, row, dataset, change)
    self.files = files.map { (name: $0.0, bytes: $0.1) }
  }

  private static let number = "11010519491231002X"
  private static func text(_ name: String, _ text: String) -> (String, [UInt8]) { (name, Array(text.utf8)) }

  /// A sheet of residents whose rows behind the header are given as XML.
  private static func sheet(_ rows: String, before: String = "", behind: String = "") -> [(String, [UInt8])] {
    let styles =
      "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/></cellXfs></styleSheet>"
    func cell(_ text: String) -> String { "<c t='inlineStr'><is><t>\(text)</t></is></c>" }
    let header = "<row r='1'>\(["公民身份号码", "姓名", "出生日期", "现住址"].map(cell).joined())</row>"
    let first = "<row r='2'>\([number, "示例甲", "1949-12-31"].map(cell).joined())</row>"
    let xml = "\(before)<sheetData>\(header)\(first)\(rows)</sheetData>\(behind)"
    let bytes = (try? TestWorkbook.pack([("名册", "visible", xml)], styles: styles)) ?? []
    return [("r.xlsx", bytes)]
  }

  private static func name(_ row: Int, _ more: String = "") -> String {
    "<c r='A\(row)' t='inlineStr'><is><t>320622190001010020</t></is></c><c r='B\(row)' t='inlineStr'><is><t>示例乙</t></is></c>"
      + more
  }

  /// A dataset of a site that has fields of some types.
  private static let site = text(
    "datasets/thing/car.yaml",
    """
    dataset: car
    element: thing
    title: {zh: 车辆, en: Car}
    key: [code]
    source: test
    fields:
      - {name: code, title: 车辆编号, english: Code, type: text, content: code, length: 9, duty: key, sensitivity: open, source: s, confidence: A}
      - {name: plate, title: 车牌号, english: Plate, type: plate, sensitivity: open, source: s, confidence: A}
      - {name: postcode, title: 邮政编码, english: Postcode, type: postcode, sensitivity: open, source: s, confidence: A}

    """)

  private static let xsd = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="rs"><xs:complexType><xs:sequence>
    <xs:element name="head"/><xs:element name="r" maxOccurs="unbounded"><xs:complexType><xs:sequence>
    <xs:element name="公民身份号码"/><xs:element name="姓名"/></xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element></xs:schema>
    """

  static let all: [RuleFile] = workbooks + documents + sites + deliveries

  private static let workbooks = [
    RuleFile("F0110", .info, row: 0, sheet("<row r='3'>\(name(3, "<c r='D3' t='str'><f>A1</f><v>x</v></c>"))</row>")),
    RuleFile("F0111", .warning, row: 0, sheet("<row r='3'>\(name(3, "<c r='D3' t='e'><v>#N/A</v></c>"))</row>")),
    RuleFile("F0112", .info, row: 0, sheet("<row r='3' hidden='1'>\(name(3))</row>")),
    RuleFile(
      "F0113", .info, row: 0, sheet("<row r='3'>\(name(3))</row>", before: "<cols><col min='2' max='2' hidden='1'/></cols>")),
    RuleFile(
      "F0114", .warning, row: 0,
      sheet("<row r='3'>\(name(3))</row>", behind: "<mergeCells><mergeCell ref='B2:B3'/></mergeCells>")),
    RuleFile("F0117", .warning, row: 0, sheet("<row r='3'>\(name(3, "<c r='D3'><f>A1</f></c>"))</row>")),
    RuleFile("V1321", .info, row: 2, sheet("<row r='3'>\(name(3, "<c r='C3' s='1'><v>36526.5</v></c>"))</row>")),
    RuleFile("V1126", .warning, row: 2, sheet("<row r='3'>\(name(3, "<c r='D3' s='1'><v>45000</v></c>"))</row>")),
  ]

  private static let documents = [
    // 叶透 in GB 18030, which is valid UTF-8 too: but no character has the number of the second.
    RuleFile(
      "F0107", .warning, row: 0,
      [
        (
          "r.csv",
          Array("identityNum,personName\n".utf8)
            + (10..<40).flatMap { Array("3206991970010100\($0),".utf8) + [0xD2, 0xB6, 0xCD, 0xB8, 0x0A] }
        )
      ]),
    RuleFile(
      "F0116", .warning, row: 0,
      [text("r.xml", "<rs><r><公民身份号码>\(number)</公民身份号码><姓名>示例甲</姓名></r><note>x</note></rs>")]),
    RuleFile(
      "S0106", .error, row: 1, [text("r.csv", "公民身份号码,姓名\n\(number),\(String(repeating: "示", count: 2_000))\n")],
      { $0.limits[.recordBytes] = 1_000 }),
    RuleFile("S0109", .error, row: 1, [text("r.ndjson", "{\"公民身份号码\":\"\(number)\",\"姓名\":\"示例甲\",\"姓名\":\"示例乙\"}\n")]),
    RuleFile("S0110", .error, row: 1, [text("r.ndjson", "{\"公民身份号码\":\"\(number)\",\"姓名\":\"示\\ud800\"}\n")]),
    RuleFile(
      "F0118", .error, row: 0,
      [text("r.xsd", xsd), text("r.xml", "<rs><head/><r><公民身份号码>\(number)</公民身份号码><姓名>示例甲</姓名></r><tail/></rs>")]),
    RuleFile(
      "S0114", .error, row: 2,
      [
        text(
          "r.ndjson",
          "{\"公民身份号码\":\"\(number)\",\"姓名\":\"示例甲\",\"现住址\":\"示例路1号\"}\n{\"公民身份号码\":\"320622190001010020\",\"姓名\":\"示例乙\",\"现住址\":{\"a\":1}}\n"
        )
      ]),
  ]

  private static let sites = [
    RuleFile("V1314", .error, row: 1, [site, text("r.csv", "车辆编号,车牌号\nC1,苏1\n")], dataset: "car"),
    RuleFile("V1315", .warning, row: 1, [site, text("r.csv", "车辆编号,车牌号\nC1,WJ12345\n")], dataset: "car"),
    RuleFile("V1316", .warning, row: 1, [site, text("r.csv", "车辆编号,邮政编码\nC1,10010\n")], dataset: "car"),
    RuleFile("V1121", .warning, row: 1, [site, text("r.csv", "车辆编号,邮政编码\nC1,000000\n")], dataset: "car"),
    RuleFile(
      "V1204", .error, row: 1, [text("r.csv", "网格编码,网格名称\n320682001001000,第一网格\n320682001001001,第二网格\n320682001001002,第三网格\n")],
      dataset: "grid", { $0.gridScheme = "unit15" }),
    RuleFile(
      "V1208", .warning, row: 1, [classes, text("r.csv", "网格编码,网格名称\n03000032068200100101,第一网格\n")], dataset: "grid"),
    RuleFile(
      "V1209", .warning, row: 1, [classes, text("r.csv", "网格编码,网格名称\n02010132068200100101,第一网格\n")], dataset: "grid"),
  ]

  private static let classes = text(
    "codes/objectClass.csv",
    "code,label,aliases,parent,validFrom,validTo,successor,source,confidence\n010000,大类,,,,,,s,C\n020101,小类,,,,,,s,C\n")

  private static let deliveries = [
    RuleFile(
      "G3204", .warning, row: 1,
      [
        text("b.csv", "楼栋编号,楼栋名称,户数\nB1,1幢,3\n"),
        text("h.csv", "户号,户主公民身份号码,楼栋编号,状态\nA1,\(number),B1,01\nA2,440524188001010014,B1,01\n"),
      ], dataset: nil),
    RuleFile(
      "G3207", .warning, row: 1,
      [
        text("h.csv", "房屋编号,出租用途,居住人数\nH1,01,3\n"),
        text("f.csv", "公民身份号码,姓名,流入原因,房屋编号,人员状态\n\(number),示例甲,01,H1,01\n"),
      ], dataset: nil),
    RuleFile(
      "G3208", .info, row: 1,
      [
        text("g.csv", "党组织编号,党组织名称,党员人数\nG1,示例党组织,3\n"),
        text("m.csv", "党组织编号,党员姓名,编入日期\nG1,示例甲,2000-01-01\n"),
      ], dataset: nil),
  ]
}

struct RuleFileTests {
  @Test(arguments: RuleFile.all) func `a delivery that no single roster in UTF-8 can show fails its rule at its row`(
    _ example: RuleFile
  ) throws {
    let roster = try Roster()
    var paths: [String] = []
    var xsd: XSDFile?
    for (name, bytes) in example.files {
      if let folder = name.lastIndex(of: "/").map({ name[..<$0] }) {
        try FileManager.default.createDirectory(
          atPath: roster.scratch.path + "/own/\(folder)", withIntermediateDirectories: true)
        _ = try roster.scratch.file("own/" + name, bytes)
      } else if name.hasSuffix(".xsd") {
        xsd = try XSDFile(path: try roster.scratch.file(name, bytes))
      } else {
        paths.append(try roster.scratch.file(name, bytes))
      }
    }
    let result = try roster.run(.check, paths) {
      $0.dataset = example.dataset
      if example.files.contains(where: { $0.name.contains("/") }) { $0.schemas = roster.scratch.path + "/own" }
      $0.xsd = xsd
      $0.allowsRestricted = true
      $0.purpose = "test"
      example.change(&$0)
    }
    let found = result.allFindings.filter { $0.code.description == example.code }
    #expect(
      found.contains { $0.row == example.row && $0.severity == example.severity },
      "\(found) of \(result.allFindings.map { "\($0.code) \($0.row)" })")
  }
}
