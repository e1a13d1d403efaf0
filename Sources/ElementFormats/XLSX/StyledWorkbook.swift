import Deflate
import ElementCore

/// A workbook of sheets that people read (ECMA-376, transitional), for lists of some thousands of rows: it is held whole.
package struct StyledWorkbook: Sendable {
  private let sheets: [StyledSheet]

  /// A workbook of sheets, in their order; at least one.
  package init(_ sheets: [StyledSheet]) { self.sheets = sheets }

  /// The file. The same sheets make the same bytes.
  ///
  /// - Throws: `UnwritableValue` where a text is too long for a cell.
  package func bytes() throws(UnwritableValue) -> [UInt8] {
    for sheet in sheets {
      for row in sheet.preface + sheet.rows {
        for (column, cell) in row.enumerated() where cell.text.utf16.count > XLSXWriter.textLimit {
          throw UnwritableValue(column: column, .tooLong(limit: XLSXWriter.textLimit))
        }
      }
    }
    var archive = ZipWriter()
    do throws(DeflateError) {
      for (place, sheet) in sheets.enumerated() {
        try archive.begin("xl/worksheets/sheet\(place + 1).xml")
        archive.append(StyledSheetXML(sheet).bytes, ends: true)
      }
      for (name, content) in members { try archive.add(name, content) }
    } catch {
      bug("there is no memory for a deflater")
    }
    guard archive.finish() else { throw UnwritableValue(column: -1, .tooLarge) }
    return archive.take()
  }

  private var members: [(name: String, content: String)] {
    let names = SheetTitles(sheets.map(\.name)).names
    return [
      ("xl/workbook.xml", workbook(names)), ("xl/_rels/workbook.xml.rels", XLSXParts.workbookRelations(sheets.count)),
      ("xl/styles.xml", SheetStyles.part), ("[Content_Types].xml", XLSXParts.contentTypes(sheets.count)),
      ("_rels/.rels", XLSXParts.rootRelations),
    ]
  }

  /// The sheets, each with its headings repeated on every page of paper.
  private func workbook(_ names: [String]) -> String {
    let entries = names.enumerated().map { place, name in
      "<sheet name=\"\(MarkupText.escape(name))\" sheetId=\"\(place + 1)\" r:id=\"rId\(place + 1)\"/>"
    }
    let titles = names.enumerated().map { place, name in
      let quoted = "'" + name.replacing("'", with: "''") + "'"
      let row = sheets[place].preface.count + 1
      return
        "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"\(place)\">\(MarkupText.escape(quoted))!$\(row):$\(row)</definedName>"
    }
    return XLSXParts.head
      + "<workbook xmlns=\"\(XLSXParts.main)\" xmlns:r=\"\(XLSXParts.relations)\"><sheets>\(entries.joined())</sheets>"
      + "<definedNames>\(titles.joined())</definedNames></workbook>"
  }
}

/// Names of sheets as workbooks allow them: at most 31 characters, without some marks, each once.
struct SheetTitles {
  let names: [String]

  /// The names for some titles.
  init(_ titles: [String]) {
    var names: [String] = []
    for title in titles {
      let allowed = title.filter { !"[]:*?/\\'".contains($0) }
      let base = allowed.isEmpty ? "Sheet" : String(allowed.prefix(31))
      var (name, number) = (base, 2)
      while names.contains(where: { $0.lowercased().utf8.elementsEqual(name.lowercased().utf8) }) {
        name = base.prefix(27) + " \(number)"
        number += 1
      }
      names.append(name)
    }
    self.names = names
  }
}
