import ElementCore
import ElementTestSupport
import Testing

@testable import ElementFormats

@Suite("XML validated by a schema")
struct XSDTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private static let types = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:simpleType name="sex"><xs:restriction base="xs:string"><xs:enumeration value="1"/><xs:enumeration value="2"/>
      </xs:restriction></xs:simpleType>
    </xs:schema>
    """

  private static let schema = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:include schemaLocation="types.xsd"/>
      <xs:element name="rs"><xs:complexType><xs:sequence>
        <xs:element name="r" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element name="name"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction>
          </xs:simpleType></xs:element>
          <xs:element name="sex" type="sex" minOccurs="0"/>
        </xs:sequence><xs:attribute name="id" use="required"/></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
    </xs:schema>
    """

  private func schema() throws -> XSDFile {
    _ = try scratch.file("types.xsd", Array(Self.types.utf8))
    return try XSDFile(path: try scratch.file("r.xsd", Array(Self.schema.utf8)))
  }

  // Which records are wrong, and why, is what xmllint says of the same two files.
  private static let document = """
    <rs>
    <r id="1"><name>甲</name><sex>1</sex></r>
    <r id="2"><name>甲乙丙丁</name></r>
    <r><name>甲</name></r>
    <r id="4"><name>甲</name>
      <sex>7</sex></r>
    <r id="5"><sex>1</sex></r>
    <r id="6"><name>甲</name><more>1</more></r>
    <r id="7"/>
    <r id="8"><name>丙</name></r>
    <other/>
    </rs>
    """

  @Test("text in CDATA is text, validated or not", arguments: [false, true])
  func sections(isValidated: Bool) throws {
    let text = "<rs><r id=\"1\"><name><![CDATA[甲]]>乙</name><sex><![CDATA[2]]></sex></r></rs>"
    let survey = try FileSurvey(try InputFile(path: try scratch.file("r.xml", Array(text.utf8))), encoding: nil)
    var layout = try XMLSniffer(survey, records: "/rs/r").layout { _ in 1 }
    if isValidated { layout.xsd = try schema() }
    var source = try layout.source(survey, columnCount: layout.header.count)
    let batch = try #require(try source.nextBatch())
    #expect(batch.texts(1) == [["1", "甲乙", "2"]] && batch.violations.isEmpty)
  }

  @Test(
    "records that the schema does not allow are told by row, element and line", arguments: [1, 7, 64, 1 << 18], [false, true])
  func violations(chunk: Int, isAhead: Bool) throws {
    let xsd = try schema()
    let path = try scratch.file("r.xml", Array(Self.document.utf8))
    let survey = try FileSurvey(try InputFile(path: path), encoding: nil)
    var layout = try XMLSniffer(survey, records: "/rs/r").layout { _ in 1 }
    layout.xsd = xsd
    var source = try layout.source(survey, columnCount: layout.header.count, chunkSize: chunk, isAhead: isAhead)
    var (found, rows): ([String], Int) = ([], 0)
    while let batch = try source.nextBatch() {
      rows += batch.count
      found += batch.violations.map {
        "\($0.row) \($0.element) \($0.line) \($0.column.map { layout.header[$0] } ?? "-") \($0.reason.zh)"
      }
    }
    #expect(rows == 8)
    #expect(
      found == [
        "2 name 3 name 长度不符", "3 r 4 - 缺少必填的属性", "4 sex 6 sex 不在列举的取值中（enumeration）",
        "5 sex 7 sex 出现的位置或次数不对，或缺少必填的元素", "6 more 8 more 出现的位置或次数不对，或缺少必填的元素",
        "7 r 9 - 出现的位置或次数不对，或缺少必填的元素",
      ])
    let other = source.notes.first { $0.kind == .invalidElements }
    #expect([other?.count, other?.line] == [1, 11])
    #expect(other?.place == "other")
  }

  @Test("schemas include each other by the names they write, in a circle, and in their own encodings")
  func circle() throws {
    let head = "<?xml version='1.0' encoding='GB18030'?>\n<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
    let other =
      "\(head)<xs:include schemaLocation='main%20one.xsd'/><xs:simpleType name='码'><xs:restriction base='xs:string'/></xs:simpleType></xs:schema>"
    let main =
      "\(head)<xs:annotation><xs:documentation><include schemaLocation='http://x/y'/></xs:documentation></xs:annotation><xs:include schemaLocation='./other.xsd'/><xs:element name='rs' type='码'/></xs:schema>"
    for (name, text) in [("other.xsd", other), ("main one.xsd", main)] {
      let bytes = try Python.run(
        "import sys;sys.stdout.buffer.write(sys.stdin.buffer.read().decode('utf-8').encode('gb18030'))", input: Array(text.utf8)
      )
      _ = try scratch.file(name, bytes)
    }
    _ = try XSDFile(path: scratch.path + "/main one.xsd")
  }

  @Test(
    "a schema that cannot be used is refused, and nothing else is opened for it",
    arguments: [
      (
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='http://127.0.0.1/a.xsd'/></xs:schema>",
        "beside"
      ),
      (
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:import namespace='urn:x' schemaLocation='../a.xsd'/></xs:schema>",
        "beside"
      ),
      (
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='missing.xsd'/></xs:schema>",
        "cannot open"
      ),
      (
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a' type='nowhere'/></xs:schema>",
        "no valid XML schema"
      ),
      ("<records/>", "not an XML schema"), ("<!DOCTYPE a><a/>", "DOCTYPE"),
      ("<?xml version='1.0'?><!DOCTYPE a><a/>", "DOCTYPE"), ("name,sex", "not an XML schema"),
    ])
  func refusals(text: String, says: String) throws {
    let path = try scratch.file("bad.xsd", Array(text.utf8))
    let error = #expect(throws: InputError.self) { try XSDFile(path: path) }
    #expect(error?.description.contains(says) == true)
  }
}
