import ElementCore

/// A compound file (MS-CFB), as old Office programs write, and newer ones around what they encrypt: only what it holds is told.
enum CompoundFile {
  /// What every compound file begins with.
  static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  /// What a compound file holds.
  enum Kind {
    /// A workbook of Excel 97 to 2003, or older.
    case workbook
    /// A document of Word.
    case document
    case presentation
    /// An encrypted file of today (MS-OFFCRYPTO).
    case encrypted
    /// Something else.
    case other

    /// What it is called.
    var name: LocalizedText {
      switch self {
      case .workbook: LocalizedText(zh: "旧版 Excel 工作簿（.xls）", en: "an old Excel workbook (.xls)")
      case .document: LocalizedText(zh: "旧版 Word 文档（.doc）", en: "an old Word document (.doc)")
      case .presentation: LocalizedText(zh: "旧版演示文稿（.ppt）", en: "an old presentation (.ppt)")
      case .encrypted: LocalizedText(zh: "加密的 Office 文件", en: "an encrypted Office file")
      case .other: LocalizedText(zh: "旧版 Office 文件", en: "an old Office file")
      }
    }
  }

  private static let streams: [(name: String, kind: Kind)] = [
    ("EncryptedPackage", .encrypted), ("Workbook", .workbook), ("Book", .workbook), ("WordDocument", .document),
    ("PowerPoint Document", .presentation),
  ]
  /// So much of the directory is looked at: programs write it in one piece.
  private static let directorySize = 1 << 14
  private static let entrySize = 128

  /// What a file holds, by the names in its directory.
  ///
  /// - Throws: `InputError` of kind `unreadable`.
  static func kind(_ file: InputFile) throws(InputError) -> Kind {
    let head = try file.bytes(0..<min(file.size, 512))
    guard head.count == 512 else { return .other }
    let shift = head.span.little16(at: 30)
    guard shift == 9 || shift == 12 else { return .other }
    let start = (head.span.little32(at: 48) + 1) << shift
    guard start < file.size else { return .other }
    let directory = try file.bytes(start..<min(file.size, start + directorySize))
    let names = stride(from: 0, to: directory.count - entrySize + 1, by: entrySize).map { name(directory.span, at: $0) }
    for (name, kind) in streams where names.contains(Array(name.utf8)) { return kind }
    return .other
  }

  /// The name of an entry, which is UTF-16 and ends with a zero; its other halves are left out.
  private static func name(_ bytes: Span<UInt8>, at place: Int) -> [UInt8] {
    let length = min(64, bytes.little16(at: place + 64)) - 2
    return length > 0 ? stride(from: place, to: place + length, by: 2).map { bytes[$0] } : []
  }
}
