import Foundation

/// ZIP archives by Python's `zipfile`, for readers that must understand other people's.
package enum Zip {
  /// An archive of some members; stored or deflated.
  package static func pack(_ members: [(name: String, content: String)], isStored: Bool = false) throws -> [UInt8] {
    let lines = members.map { "\(base64($0.name)) \(base64($0.content))" }.joined(separator: "\n")
    let script = """
      import sys,zipfile,io,base64
      b=io.BytesIO()
      with zipfile.ZipFile(b,'w',zipfile.ZIP_\(isStored ? "STORED" : "DEFLATED")) as z:
        for l in sys.stdin.read().split('\\n'):
          n,c=l.split(' ')
          z.writestr(base64.b64decode(n).decode(),base64.b64decode(c))
      sys.stdout.buffer.write(b.getvalue())
      """
    return try Python.run(script, input: Array(lines.utf8))
  }

  private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}

/// Small workbooks, their XML written by hand.
package enum TestWorkbook {
  /// A workbook whose sheets have this XML inside `<worksheet>`; `workbook` stands before the sheets, `styles` is the whole part.
  package static func pack(
    _ sheets: [(name: String, state: String, xml: String)], strings: [String] = [], workbook: String = "", styles: String = "",
    isStored: Bool = false
  ) throws -> [UInt8] {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    func relation(_ id: String, _ type: String, _ target: String) -> String {
      "<Relationship Id='\(id)' Type='\(office)/\(type)' Target='\(target)'/>"
    }
    let list = sheets.enumerated().map { "<sheet name='\($1.name)' sheetId='\($0 + 1)' state='\($1.state)' r:id='s\($0)'/>" }
    let relations =
      sheets.indices.map { relation("s\($0)", "worksheet", "worksheets/sheet\($0 + 1).xml") }
      + [relation("x1", "sharedStrings", "sharedStrings.xml"), relation("x2", "styles", "styles.xml")]
    var members = [
      ("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"),
      (
        "_rels/.rels",
        "<Relationships xmlns='\(package)'>\(relation("r1", "officeDocument", "xl/workbook.xml"))</Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns='\(main)' xmlns:r='\(office)'>\(workbook)<sheets>\(list.joined())</sheets></workbook>"
      ),
      ("xl/_rels/workbook.xml.rels", "<Relationships xmlns='\(package)'>\(relations.joined())</Relationships>"),
      ("xl/sharedStrings.xml", "<sst xmlns='\(main)'>\(strings.map { "<si>\($0)</si>" }.joined())</sst>"),
      ("xl/styles.xml", styles.isEmpty ? "<styleSheet xmlns='\(main)'/>" : styles),
    ]
    for (place, sheet) in sheets.enumerated() {
      members.append(("xl/worksheets/sheet\(place + 1).xml", "<worksheet xmlns='\(main)'>\(sheet.xml)</worksheet>"))
    }
    return try Zip.pack(members, isStored: isStored)
  }

  /// Rows of texts as the XML of a sheet.
  package static func rows(_ rows: [[String]]) -> String {
    let lines = rows.map { row in
      "<row>" + row.map { $0.isEmpty ? "<c/>" : "<c t='inlineStr'><is><t>\(escaped($0))</t></is></c>" }.joined() + "</row>"
    }
    return "<sheetData>\(lines.joined())</sheetData>"
  }

  /// A text with the five characters of XML as entities.
  package static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
      .replacing("'", with: "&apos;")
  }
}
