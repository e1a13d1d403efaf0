import ElementCore

/// What is taken of an array or an object that is the value of a member; it is known to be well-formed.
enum JSONNested {
  /// What is odd about the texts and names in it, however deep.
  static func flags(_ bytes: Span<UInt8>) -> RecordFlags {
    var flags: RecordFlags = []
    // The names in each bracket that is open; those of arrays have none.
    var open: [Set<[UInt8]>] = []
    var scanner = JSONScanner(at: 0, depth: .max)
    while scanner.place < bytes.count {
      switch bytes[scanner.place] {
      case 0x7B, 0x5B: open.append([])
      case 0x7D, 0x5D: open.removeLast()
      case 0x22:
        guard let text = try? scanner.string(bytes) else { return flags }
        var content: [UInt8] = []
        if !JSONText.unescape(bytes.extracting(text.content.indices), into: &content) { flags.insert(.loneSurrogate) }
        if content.contains(0) { flags.insert(.nul) }
        scanner.skipSpace(bytes)
        let isName = scanner.place < bytes.count && bytes[scanner.place] == 0x3A
        if isName, !open[open.count - 1].insert(content).inserted { flags.insert(.duplicateKey) }
        continue
      default: break
      }
      scanner.place += 1
    }
    return flags
  }

  /// Appends the texts and numbers of an array, with semicolons between, and says how many there are and whether one is a number;
  /// nil where it holds anything else.
  static func list(_ bytes: Span<UInt8>, into out: inout [UInt8]) -> (count: Int, hasNumber: Bool)? {
    var scanner = JSONScanner(at: 1, depth: .max)
    var list = (count: 0, hasNumber: false)
    while true {
      scanner.skipSpace(bytes)
      if bytes[scanner.place] == 0x5D { return list }
      if list.count > 0 {
        scanner.place += 1
        scanner.skipSpace(bytes)
        out.append(0x3B)
      }
      list.count += 1
      guard let value = try? scanner.value(bytes, atEnd: true) else { return nil }
      switch value.kind {
      // Half a character was told before.
      case .text: _ = JSONText.unescape(bytes.extracting(value.range.indices), into: &out)
      case .number:
        list.hasNumber = true
        out.append(span: bytes.extracting(value.range.indices))
      default: return nil
      }
    }
  }
}
