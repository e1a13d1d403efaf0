import ElementCore
import ElementFormats
import ElementSchema
import Foundation

/// Looks at the beginning of the files of a delivery for headings, before anything is known of how they are written.
enum HeaderPeek {
  private static let length = 1 << 16

  /// All cells near the top of the files, as `HeaderText` keys, whatever the delimiter; nil where a file cannot be looked at
  /// twice or its beginning is neither UTF-8 nor GB 18030.
  static func headings(_ paths: [String]) -> Set<String>? {
    var out: Set<String> = []
    for path in paths {
      guard let text = beginning(path) else { return nil }
      // Headings in quotes may hold line ends: the second time they are no borders.
      for borders in text.utf8.contains(0x22) ? [",;|\t\"\r\n", ",;|\t\""] : [",;|\t\r\n"] {
        let cells = text.unicodeScalars.split { borders.unicodeScalars.contains($0) }.prefix(2_000)
        for cell in cells where cell.count <= 64 {
          out.formUnion([HeaderText.key(String(cell)), HeaderText.keyWithoutNotes(String(cell))])
        }
      }
    }
    return out
  }

  private static func beginning(_ path: String) -> String? {
    guard let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType, kind == .typeRegular,
      let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: length)
    else { return nil }
    let bytes = [UInt8](data)
    // What is no lines of text says its headings elsewhere.
    if FileFormat(bytes) != .delimited { return nil }
    // The last line may be cut within a character.
    let whole = bytes.count < length ? bytes[...] : bytes[..<(bytes.lastIndex(of: 0x0A) ?? 0)]
    if let text = String(validating: whole, as: UTF8.self) { return text }
    var decoded: [UInt8] = []
    guard GB18030.shared.decode(Array(whole).span, into: &decoded) else { return nil }
    return String(validating: decoded, as: UTF8.self)
  }
}
