import ElementCore
import ElementFormats
import ElementGenerator
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// Workbooks to be filled in: what they ask for, and that they come back clean.
struct TemplateTests {
  let roster: Roster
  private static let pack = try? SchemaPack.shipped()

  init() throws { roster = try Roster() }

  private func template(_ names: [String], _ pack: SchemaPack) throws -> String {
    let datasets = try names.map { try #require(pack.dataset($0)) }
    let bytes = TemplateWorkbook(datasets, pack, known: .init(), language: .zh, version: "1").bytes
    return try roster.scratch.file("t.xlsx", bytes)
  }

  /// Fills generated rows into a template by Python's own means: the XML of the sheet gets rows.
  private func fill(_ path: String, sheet: Int, _ rows: [[String]]) throws {
    let script = """
      import sys,zipfile,json,shutil,xml.sax.saxutils as x
      rows=json.load(sys.stdin); src=zipfile.ZipFile('\(path)'); out=zipfile.ZipFile('\(path).new','w')
      def col(n):
        s=''
        while n: n,r=divmod(n-1,26); s=chr(65+r)+s
        return s
      for n in src.namelist():
        data=src.read(n).decode()
        if n=='xl/worksheets/sheet\(sheet).xml':
          more=''.join('<row r="%d">'%(i+2)+''.join('<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>'%(col(j+1),i+2,x.escape(v)) for j,v in enumerate(r) if v)+'</row>' for i,r in enumerate(rows))
          data=data.replace('</sheetData>',more+'</sheetData>')
        out.writestr(n,data)
      out.close(); shutil.move('\(path).new','\(path)')
      """
    _ = try Python.run(script, input: Array(try JSONEncoder().encode(rows)))
  }

  @Test(arguments: ["registeredResident", "house", "grid"]) func `a template that is filled with sound rows checks clean`(
    _ name: String
  ) throws {
    let pack = try #require(Self.pack)
    let dataset = try #require(pack.dataset(name))
    var options = DeliveryGenerator.Options(rows: 50, seed: 3)
    options.usesLabels = true
    options.fields = dataset.fields.map(\.name)
    var generator = DeliveryGenerator(dataset, pack: pack, options: options)
    var bytes: [UInt8] = []
    generator.generate(write: { bytes += $0 }, tell: { _ in })
    let source = try roster.scratch.file("d.csv", bytes)
    var records = RawRecords(
      path: source, options: DeliveryOptions(verb: .check, paths: [source], today: roster.today), pack: pack)
    var rows: [[String]] = []
    try records.eachRecord({ _ in }) { headings, values, _ in
      let places = RawRecords.places(of: dataset.fields.map(\.title), in: headings)
      rows.append(places.map { $0.map { values[$0] } ?? "" })
    }
    let path = try template([name], pack)
    try fill(path, sheet: 1, rows)
    let result = try roster.run(.check, [path])
    #expect(result.counts.read == 50)
    #expect(result.inputs.map(\.map.dataset.name) == [name])
    let errors = result.allFindings.filter { $0.severity == .error }.map { "\($0.code) \($0.value) \($0.facts)" }
    #expect(errors == [])
    #expect(!result.findings.counts.keys.contains { ["F0101", "F0109", "F0126"].contains($0.code.description) })
  }

  @Test func `every sheet of a template that was filled in is read, and no other`() throws {
    let pack = try #require(Self.pack)
    let path = try template(["registeredResident", "house", "grid"], pack)
    try fill(path, sheet: 3, [["01000032069900100101", "第一网格"]])
    try fill(path, sheet: 1, [["11010519491231002X", "示例甲"]])
    let result = try roster.run(.check, [path])
    #expect(Set(result.inputs.map(\.map.dataset.name)) == ["registeredResident", "grid"])
    #expect(result.counts.read == 2)
  }

  @Test func `codes, numbers and dates are text, and what must be filled in is told`() throws {
    let pack = try #require(Self.pack)
    let path = try template(["registeredResident"], pack)
    let sheet = String(
      decoding: try Python.run(
        "import sys,zipfile;sys.stdout.buffer.write(zipfile.ZipFile('\(path)').read('xl/worksheets/sheet1.xml'))", input: []),
      as: UTF8.self)
    #expect(sheet.contains("<c r=\"A1\" s=\"\(11)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">公民身份号码</t>"))
    #expect(sheet.contains("prompt=\"必填；18 位公民身份号码，按文本填写"))
    #expect(sheet.contains("<formula>ISNUMBER(A2)</formula>"))
    #expect(sheet.contains("<dataValidation type=\"list\" errorStyle=\"warning\""))
  }

  @Test func `a template of another version is read by its headings, and says what changed`() throws {
    let pack = try #require(Self.pack)
    let path = try template(["registeredResident"], pack)
    // The overlay of a town asks for more than the template knew of.
    try roster.overlay("name: contact, duty: required")
    try fill(path, sheet: 1, [["11010519491231002X", "示例甲"]])
    let same = try roster.run(.check, [path])
    #expect(!same.allFindings.contains { $0.code == RuleCode("F0126") })
    let result = try roster.run(.check, [path]) {
      $0.schemas = roster.scratch.path + "/schemas"
      $0.overlays = ["town"]
    }
    #expect(result.allFindings.contains { $0.code == RuleCode("F0126") && $0.facts["version"] == "1" })
  }
}
