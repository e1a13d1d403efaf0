import ElementTestSupport
import Testing

@Suite("check and load with --xsd")
struct XSDCommandTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private static let schema = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="records"><xs:complexType><xs:sequence>
    <xs:element name="record" maxOccurs="unbounded"><xs:complexType><xs:sequence>
    <xs:element name="身份证号"/><xs:element name="姓名"/></xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element></xs:schema>
    """

  private func run(_ arguments: String...) throws -> Program.Result { try Program.run(arguments, in: scratch.path) }

  @Test("a record that the schema does not allow waits, and a valid one with the same values is loaded", arguments: ["1", "2"])
  func sameValues(jobs: String) throws {
    let record = "<身份证号>11010519491231002X</身份证号><姓名>示例甲</姓名>"
    _ = try scratch.file("s.xsd", Self.schema)
    _ = try scratch.file("a.xml", "<records><record id='1'>\(record)</record>\n<record>\(record)</record></records>")
    let result = try run(
      "load", "a.xml", "--xsd", "s.xsd", "--dataset", "registeredResident", "--warehouse", "w\(jobs).db", "--jobs", jobs,
      "--lang", "en")
    #expect(result.code == 1, "\(result.talk)")
    #expect(result.output.contains("S0112"))
    #expect(!result.output.contains("G2006"))
    #expect(result.talk.contains("created 1") && result.talk.contains("quarantined 1"), "\(result.talk)")
  }

  @Test("a schema is for XML files, and must be one")
  func usage() throws {
    _ = try scratch.file("s.xsd", Self.schema)
    _ = try scratch.file("a.csv", "姓名,身份证号\n示例甲,11010519491231002X\n")
    #expect(try run("check", "a.csv", "--xsd", "s.xsd").code == 2)
    _ = try scratch.file("a.xml", "<records><record><姓名>示例甲</姓名><身份证号>11010519491231002X</身份证号></record></records>")
    #expect(try run("check", "a.xml", "--xsd", "a.csv").code == 3)
  }
}
