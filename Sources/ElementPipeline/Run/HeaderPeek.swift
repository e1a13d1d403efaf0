import ElementCore
import ElementFormats
import ElementSchema
import Foundation

/// Looks at the beginning of the files of a delivery for headings, before anything is known of how they are written.
enum HeaderPeek {
  private static let length = 1 << 16
  /// In JSON names stand in every record.
  private static let namedLength = 1 << 14

  /// All texts near the top of each file that may be headings, as `HeaderText` keys, whatever the delimiter; none of a file that
  /// cannot be looked at twice, or whose beginning is neither UTF-8 nor GB 18030 or does not show all headings as they are.
  ///
  /// A file may turn out to have others too.
  static func headings(_ paths: [String]) -> [Set<String>] {
    paths.map { path in
      guard let (text, format) = beginning(path) else { return [] }
      var out: Set<String> = []
      for borders in borders(format, text) {
        let cells = text.unicodeScalars.split { borders.unicodeScalars.contains($0) }
        let texts = cells.prefix(format == .delimited ? 2_000 : cells.count).map(String.init)
        for cell in Set(texts) where cell.unicodeScalars.count <= 64 { out.formUnion(keys(cell)) }
      }
      return out
    }
  }

  /// The keys that a heading may be found by.
  static func keys(_ heading: String) -> [String] { [HeaderText.key(heading), HeaderText.keyWithoutNotes(heading)] }

  /// The characters beside which headings stand, one set for each way to look at the text.
  private static func borders(_ format: FileFormat, _ text: String) -> [String] {
    switch format {
    // Headings in quotes may hold line ends: the second time they are no borders.
    case .delimited: text.utf8.contains(0x22) ? [",;|\t\"\r\n", ",;|\t\""] : [",;|\t\r\n"]
    // A name with an escape is another text here.
    case .json: text.utf8.contains(0x5C) ? [] : ["\""]
    case .xml: ["<>/=:\"' \t\r\n"]
    case .workbook, .table: []
    }
  }

  private static func beginning(_ path: String) -> (text: String, format: FileFormat)? {
    guard let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType, kind == .typeRegular,
      let file = try? InputFile(path: path, mustBeRegular: true), let bytes = try? file.beginning(length)
    else { return nil }
    let format = FileFormat(bytes)
    let beginning = bytes.prefix(format == .json ? namedLength : length)
    let isCut = bytes.count == length || beginning.count < bytes.count
    // Another kind of records may follow that fits better.
    if format == .xml, isCut { return nil }
    // Of a character that the end cuts no byte looks like these.
    let end = isCut ? beginning.lastIndex { $0 == 0x0A || $0 == 0x22 || $0 == 0x3E } ?? 0 : beginning.endIndex
    let whole = beginning[..<end]
    if let text = String(validating: whole, as: UTF8.self) { return (text, format) }
    var decoded: [UInt8] = []
    guard GB18030.shared.decode(Array(whole).span, into: &decoded) else { return nil }
    return String(validating: decoded, as: UTF8.self).map { ($0, format) }
  }
}
