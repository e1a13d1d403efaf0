import ElementCore
import ElementTestSupport
import Testing

@testable import ElementFormats

@Suite("Excel workbooks")
struct WorkbookTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func open(_ bytes: [UInt8]) throws -> Workbook {
    try Workbook(try InputFile(path: try scratch.file("w.xlsx", bytes)))
  }

  /// The rows of the first sheet as `row number: cells`, and the notes of the reader.
  private func read(
    _ workbook: Workbook, from line: Int = 1, columns: Int? = nil, chunk: Int = 1 << 18
  ) throws -> (rows: [String], notes: [SourceNote], numbers: [Int]) {
    let sheet = try #require(workbook.sheets.first)
    var reader = try SheetReader(
      workbook, sheet, from: RecordStart(byte: 0, line: line, row: 0), columnCount: columns, chunkSize: chunk)
    var rows: [String] = []
    var numbers: [Int] = []
    while let batch = try reader.nextBatch() {
      for (record, cells) in batch.texts(.max).enumerated() {
        rows.append("\(batch.spots[record].line): \(cells.joined(separator: "|"))")
      }
      numbers += batch.numbers
    }
    return (rows, reader.notes, numbers)
  }

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let styles = """
    <styleSheet xmlns='\(main)'><numFmts><numFmt numFmtId='170' formatCode='yyyy"年"m"月"d"日"'/>\
    <numFmt numFmtId='173' formatCode='000'/><numFmt numFmtId='171' formatCode='[h]:mm'/><numFmt numFmtId='172' formatCode='0.00_ '/></numFmts>\
    <cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/>\
    <xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='172'/><xf numFmtId='31'/><xf numFmtId='49'/><xf numFmtId='173'/><xf numFmtId='9'/></cellXfs></styleSheet>
    """

  @Test("cells of every type come as the texts that a spreadsheet shows", arguments: [1, 7, 1 << 18])
  func cellTypes(chunk: Int) throws {
    let sheet = """
      <cols><col min='2' max='2' hidden='1'/></cols><sheetData>
      <row r='3'><c r='A3' t='s'><v>0</v></c><c r='C3' t='s'><v>1</v></c></row>
      <row r='5' hidden='1'><c r='A5' t='b'><v>1</v></c><c r='B5' t='e'><v>#N/A</v></c><c r='C5' t='str'><f>A1&amp;B1</f><v>x&amp;y</v></c></row>
      <row r='6'><c><v>13912345678</v></c><c t='inlineStr'><is><r><t>甲</t></r><r><t xml:space='preserve"> 乙</t></r><rPh><t>jia</t></rPh></is></c></row>
      <row r='7'/><row r='8'><c r='B8'><v></v></c><c r='C8'><f>A1</f></c><c r='D8' t='str'><f>A1</f><v></v></c></row>
      <row r='9'><c t='d'><v>2024-02-29</v></c><c s='7'><v>3.20699199001010E+17</v></c></row>
      </sheetData><mergeCells><mergeCell ref='A1:C1'/><mergeCell ref='A5:A6'/></mergeCells>
      """.replacing("preserve\"", with: "preserve'")
    let bytes = try TestWorkbook.pack(
      [("表", "visible", sheet)], strings: ["<t>姓名</t>", "<r><t>张</t></r><r><t>三_x000D__x+00D_</t></r><rPh><t>zs</t></rPh>"],
      styles: Self.styles)
    let found = try read(try open(bytes), from: 3, chunk: chunk)
    #expect(
      found.rows == ["3: 姓名||张三\r_x+00D_", "5: TRUE|#N/A|x&y", "6: 13912345678|甲 乙", "9: 2024-02-29|320699199001010000"])
    let notes = found.notes.map { "\($0.kind) \($0.count) \($0.place)" }
    #expect(
      notes == [
        "formulas 2 C5", "emptyFormulas 1 C8", "errorCells 1 B5", "hiddenRows 1 5", "hiddenColumns 1 ", "mergedCells 1 A5:A6",
      ])
    #expect(found.numbers.count == 2)
  }

  @Test("a cell that names a shared text that is not there damages the workbook", arguments: ["1", "99999999999", "x"])
  func danglingText(number: String) throws {
    let sheet = "<sheetData><row><c t='s'><v>0</v></c><c t='s'><v>\(number)</v></c></row></sheetData>"
    let bytes = try TestWorkbook.pack([("表", "visible", sheet)], strings: ["<t>姓名</t>"])
    let error = #expect(throws: InputError.self) { try read(try open(bytes), from: 1, chunk: 1 << 18) }
    #expect(error?.message.en.contains("B1") == true)
  }

  @Test(
    "a number is a date where its style says so (ECMA-376 part 1, 18.17.4)",
    arguments: [
      ("1", 1, false, "1900-01-01"), ("59", 1, false, "1900-02-28"), ("60", 1, false, "1900-02-29"),
      ("61", 1, false, "1900-03-01"),
      ("38980", 1, false, "2006-09-20"), ("39448.5", 2, false, "2008-01-01 12:00"), ("0", 1, true, "1904-01-01"),
      ("37518", 1, true, "2006-09-20"), ("39448", 3, false, "2008-01-01"), ("0.3958333333333333", 4, false, "09:30"),
      ("39448.000011574074", 2, false, "2008-01-01 00:00:01"), ("12.5", 5, false, "12.5"), ("39448", 6, false, "2008-01-01"),
      ("7", 8, false, "007"), ("1234", 8, false, "1234"), ("-7", 8, false, "-7"), ("0.5", 8, false, "0.5"),
      ("0.5", 9, false, "50%"),
      ("39448", 0, false, "39448"), ("-1", 1, false, "-1"), ("2958466", 1, false, "2958466"),
    ])
  func dates(serial: String, style: Int, is1904: Bool, expected: String) throws {
    let bytes = try TestWorkbook.pack(
      [("表", "visible", "<sheetData><row><c s='\(style)'><v>\(serial)</v></c></row></sheetData>")],
      workbook: is1904 ? "<workbookPr date1904='1'/>" : "", styles: Self.styles)
    #expect(try read(try open(bytes)).rows == ["1: \(expected)"])
  }

  // What LibreOffice shows for the same numbers and formats, by Tests/Interop/check.sh, and what it rounds or hides: there the number stays.
  @Test(
    "a number comes with what its format adds, but for quantities",
    arguments: [
      ("0%", "0.5", "50%"), ("0.00%", "0.125", "12.5%"), ("0%", "1.1000000000000001", "110%"), ("0%", "-3", "-300%"),
      ("0%", "0", "0%"), ("00000", "7", "00007"), ("000", "1234", "1234"), ("0\"号\"", "3", "3号"), ("\"A\"000", "5", "A005"),
      ("0号", "12", "12号"), ("0000-0000", "1234567", "0123-4567"), ("000\\-00", "1234567", "12345-67"),
      ("##\"-\"00", "5", "-05"), ("0##", "5", "05"), ("\"第\"0\"栋\"", "10", "第10栋"), ("[$-804]000", "5", "005"),
      ("[Red]000;[Blue]-000", "5", "005"), ("0\"号\"", "3.5", "3.5"), ("0\"号\"", "-3", "-3"), ("#,##0", "1234", "1234"),
      ("0.00\"元\"", "1.5", "1.5"), ("[DBNum1]0\"号\"", "3", "3"), ("[>9]00;000", "3", "3"), ("0;-0", "3", "3"),
      ("0_ ", "3", "3"), ("¥0", "3", "3"), ("General\"元\"", "3", "3"), ("0.00E+00", "1200", "1200"), ("# ?/?", "3", "3"),
      ("@", "3", "3"), ("\"x\"", "3", "3"), ("\"¥\"0", "3", "3"), ("000;;\"无\"", "0", "0"), ("000;;\"无\"", "7", "007"),
      ("000", "5.0", "005"), ("0000", "1E+2", "0100"), ("0!号", "3", "3"),
    ])
  func numberFormats(format: String, written: String, expected: String) throws {
    let quoted = format.replacing("\"", with: "&quot;").replacing(">", with: "&gt;")
    let styles =
      "<styleSheet><numFmts><numFmt numFmtId='170' formatCode=\"\(quoted)\"/></numFmts><cellXfs><xf numFmtId='170'/></cellXfs></styleSheet>"
    let cells = "<row><c s='0'><v>\(written)</v></c><c s='0'><v>\(written)</v></c></row>"
    let workbook = try open(
      try TestWorkbook.pack([("表", "visible", "<sheetData>\(cells)</sheetData>")], styles: styles))
    var quantities = SheetUse()
    quantities.quantities = [1]
    var reader = try SheetReader(
      workbook, workbook.sheets[0], from: RecordStart(byte: 0, line: 1, row: 0), columnCount: 2, use: quantities)
    let batch = try #require(try reader.nextBatch())
    let number = CellNumber.text(Array(written.utf8).span) ?? []
    #expect(batch.texts(.max) == [[expected, String(decoding: number, as: UTF8.self)]])
    #expect(batch.numbers.count == 2)
  }

  @Test(
    "a number is written without an exponent and without the machine's last digits",
    arguments: [
      ("0.1", "0.1"), ("1E3", "1000"), ("120.85431199999999", "120.854312"), ("1.5E-3", "0.0015"), ("-0.50", "-0.5"),
      ("00012", "12"),
      ("0", "0"), ("0.0", "0"), ("9.9999999999999999E-1", "1"), ("1e400", nil), ("abc", nil), ("", nil), ("1.2.3", nil),
      ("12E", nil),
      ("123456789012345678", "123456789012345678"),
    ] as [(String, String?)])
  func numbers(written: String, expected: String?) {
    let bytes = Array(written.utf8)
    let text = CellNumber.text(bytes.span).map { String(decoding: $0, as: UTF8.self) }
    #expect(text == expected)
  }

  @Test("rows behind the header are records whatever their numbers are, and a cell that stands twice makes its row wait")
  func order() throws {
    func row(_ number: Int, _ text: String) -> String {
      "<row r='\(number)'><c r='A\(number)' t='str'><v>\(text)</v></c></row>"
    }
    let rows = [row(1, "名册"), row(2, "姓名"), row(2, "甲"), row(7, "乙"), row(3, "丙"), row(0, "丁"), row(1, "戊")]
    let bytes = try TestWorkbook.pack([("表", "visible", "<sheetData>\(rows.joined())</sheetData>")])
    #expect(try read(try open(bytes), from: 3).rows == ["2: 甲", "7: 乙", "3: 丙", "4: 丁", "1: 戊"])
    let cells =
      "<row r='2'><c r='b2'><v>1</v></c><c r='A2'><v>2</v></c></row><row r='3'><c r='B3'><v>1</v></c><c r='b3'><v>2</v></c></row>"
    let workbook = try open(try TestWorkbook.pack([("表", "visible", "<sheetData>\(cells)</sheetData>")]))
    #expect(try read(workbook).rows == ["2: 2|1", "3: |2"])
    var reader = try SheetReader(workbook, workbook.sheets[0], from: RecordStart(byte: 0, line: 1, row: 0), columnCount: 2)
    #expect(try reader.nextBatch()?.spots.map(\.flags) == [[], .duplicateKey])
  }

  @Test("a row and a shared text beyond their limits make the row wait, and nothing of them is kept")
  func limits() throws {
    let long = "<row><c t='s'><v>0</v></c></row>"
    let wide = "<row>\(String(repeating: "<c r='B2' t='s'><v>1</v></c>", count: 5_000))</row>"
    let bytes = try TestWorkbook.pack(
      [("表", "visible", "<sheetData>\(long)\(wide)<row><c><v>1</v></c></row></sheetData>")],
      strings: ["<t>\(String(repeating: "x", count: 70_000))</t>", "<t>\(String(repeating: "y", count: 60_000))</t>"])
    let workbook = try open(bytes)
    var reader = try SheetReader(workbook, workbook.sheets[0], from: RecordStart(byte: 0, line: 1, row: 0), columnCount: 2)
    var flags: [RecordFlags] = []
    while let batch = try reader.nextBatch() {
      flags += batch.spots.map(\.flags)
      #expect(batch.bytes.count <= 3 << 20)
    }
    #expect(flags == [.fieldTooLong, [.duplicateKey, .tooLong], []])
  }

  @Test("an archive that says that all of it together is too much is refused, and sheets that share a part are")
  func together() throws {
    let blank = String(repeating: " ", count: 40 << 20)
    let sheets = (1...2).map { ("s\($0)", "visible", "<sheetData>\(blank)</sheetData>") }
    #expect(#expect(throws: InputError.self) { try open(try TestWorkbook.pack(sheets)) }?.limit == .inflation)
    var limits = ReadingLimits()
    limits[.fileBytes] = 4_000
    let small = try scratch.file(
      "w.xlsx", try TestWorkbook.pack([("s", "visible", "<sheetData>\(blank.prefix(5_000))</sheetData>")]))
    #expect(#expect(throws: InputError.self) { try Workbook(try InputFile(path: small, limits: limits)) }?.limit == .fileBytes)
    let shared = try Zip.pack([
      ("[Content_Types].xml", "<Types/>"),
      (
        "xl/workbook.xml",
        "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='x'/><sheet name='b' r:id='x'/></sheets></workbook>"
      ),
      ("xl/_rels/workbook.xml.rels", "<R><R Id='x' Type='/worksheet' Target='s.xml'/></R>"), ("xl/s.xml", "<worksheet/>"),
    ])
    #expect(#expect(throws: InputError.self) { try open(shared) }?.message.en.contains("one part") == true)
  }

  @Test("a cell at the end of the widest row takes no memory for those before it, and is told")
  func sparse() throws {
    let sheet =
      "<dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>2</v></c><c r='XFD1048576'><v>9</v></c></row></sheetData>"
    let found = try read(try open(try TestWorkbook.pack([("表", "visible", sheet)])), columns: 2)
    #expect(found.rows == ["1: 1|", "1048576: 2|"])
    #expect(found.notes == [SourceNote(.strayCells, count: 1, line: 1_048_576, place: "XFD1048576")])
  }

  @Test("sheets are found by name and by number, hidden ones are known, and what leads outside is not followed")
  func sheets() throws {
    let bytes = try TestWorkbook.pack(
      [("居民", "visible", "<sheetData/>"), ("bean", "veryHidden", "<sheetData/>"), ("3", "hidden", "<sheetData/>")])
    let workbook = try open(bytes)
    #expect(workbook.sheets.map(\.name) == ["居民", "bean", "3"])
    #expect(workbook.sheets.map(\.isHidden) == [false, true, true])
    #expect(workbook.sheet("2")?.name == "bean")
    #expect(workbook.sheet("3")?.number == 3)
    #expect(workbook.sheet("4") == nil)
    let outside = try Zip.pack([
      ("[Content_Types].xml", "<Types/>"),
      ("xl/workbook.xml", "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='x'/></sheets></workbook>"),
      ("xl/_rels/workbook.xml.rels", "<R><R Id='x' Type='/worksheet' TargetMode='External' Target='file:///etc/passwd'/></R>"),
    ])
    #expect(#expect(throws: InputError.self) { try open(outside) }?.message.en.contains("without sheets") == true)
  }

  @Test(
    "what is no workbook is refused by its real name",
    arguments: [
      (["content.xml", "mimetype"], ".ods"), (["[Content_Types].xml", "xl/workbook.bin"], ".xlsb"),
      (["[Content_Types].xml", "word/document.xml"], ".docx"), (["a.csv"], "ZIP archive"),
    ])
  func foreign(members: [String], name: String) throws {
    let error = #expect(throws: InputError.self) { try open(try Zip.pack(members.map { ($0, "<x/>") })) }
    #expect(error?.kind == .foreignFormat)
    #expect(error?.message.en.contains(name) == true)
  }

  @Test("a workbook with a document type is refused before anything is expanded")
  func doctype() throws {
    let bomb = "<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><sst><si><t>&b;</t></si></sst>"
    let bytes = try Zip.pack([
      ("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"),
      ("xl/_rels/workbook.xml.rels", "<R><R Id='x' Type='/sharedStrings' Target='s.xml'/></R>"), ("xl/s.xml", bomb),
    ])
    #expect(#expect(throws: InputError.self) { try open(bytes) }?.message.en.contains("DOCTYPE") == true)
  }
}

@Suite("ZIP archives that contradict themselves")
struct ZipArchiveTests {
  private static func archive() throws -> [UInt8] {
    try Zip.pack([("a.xml", String(repeating: "甲乙丙", count: 400)), ("b.xml", "x")])
  }

  private func read(_ bytes: [UInt8], _ name: String = "a.xml") throws -> [UInt8] {
    let scratch = try ScratchFolder()
    let archive = try ZipArchive(try InputFile(path: try scratch.file("a.zip", bytes)))
    var reader = try archive.reader(of: try #require(archive.member(name)))
    var out: [UInt8] = []
    while let piece = try reader.next() { out += piece }
    return out
  }

  @Test("members come out as they went in, stored or deflated", arguments: [true, false])
  func sound(isStored: Bool) throws {
    let text = String(repeating: "甲乙丙", count: 100_000)
    let bytes = try Zip.pack([("x", "1"), ("a.xml", text)], isStored: isStored)
    #expect(try read(bytes).elementsEqual(text.utf8))
  }

  /// Where the directory entry of the first member stands.
  private static func directory(_ bytes: [UInt8]) -> Int {
    (0..<bytes.count - 4).first { bytes[$0...].starts(with: [0x50, 0x4B, 0x01, 0x02]) } ?? 0
  }

  @Test(
    "every lie of the directory is refused",
    arguments: [
      "crc", "size", "smaller", "offset", "overlap", "name", "localName", "method", "encrypted", "cut", "count", "traversal",
      "twice",
    ])
  func lies(kind: String) throws {
    var bytes = try Self.archive()
    let entry = Self.directory(bytes)
    switch kind {
    case "crc": bytes[entry + 16] ^= 1
    case "size": bytes[entry + 24] ^= 1
    case "smaller": bytes[entry + 25] = 0
    case "offset": bytes[entry + 45] = 0x7F
    // The second member's header is said to be the first one's.
    case "overlap": for place in 0..<4 { bytes[entry + 51 + 42 + place] = 0 }
    case "name": bytes[entry + 46] = 0xFF
    case "localName": bytes[30] ^= 0x20
    case "method": bytes[entry + 10] = 9
    case "encrypted": bytes[entry + 8] |= 1
    case "cut": bytes.removeLast(3)
    case "count": bytes[bytes.count - 12] = 200
    case "traversal": bytes = try Zip.pack([("a.xml", "1"), ("../b", "2")])
    default: bytes = try Zip.pack([("a.xml", "1"), ("A.xml", "2")])
    }
    #expect(throws: InputError.self) { try read(bytes) }
  }

  @Test("no single changed byte of an archive makes the reader crash or give other content")
  func flips() throws {
    let bytes = try Self.archive()
    let content = try read(bytes)
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 0xFF
      if let found = try? read(changed) { #expect(found == content, "byte \(place)") }
    }
  }

  @Test("an archive that grows two hundred times is a bomb")
  func bomb() throws {
    let bytes = try Python.run(
      "import zipfile,io,sys\nb=io.BytesIO()\nz=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED)\nz.writestr('a.xml',b'a'*(80<<20))\nz.close()\nsys.stdout.buffer.write(b.getvalue())",
      input: [])
    #expect(#expect(throws: InputError.self) { try read(bytes) }?.kind == .limit)
  }
}
