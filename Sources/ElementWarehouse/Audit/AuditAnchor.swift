import ElementCore
import ElementFormats

/// A file to which the head of a chain is appended each time: what shows that a chain was cut off, or an old copy put back. It may tell of
/// several warehouses, each known by the hash of its first entry.
struct AuditAnchor {
  private let heads: [(line: Int, first: Substring, sequence: Int, hash: Substring)]

  /// The line that tells of a head: the hash of the first entry, the number and the hash of the last.
  static func line(_ first: String, _ sequence: Int, _ hash: String) -> String { "\(first) \(sequence) \(hash)\n" }

  /// Reads the heads of an anchor; a line that was torn by a power cut is none.
  ///
  /// - Throws: `InputError` where no line is one of an anchor.
  init(_ file: InputFile) throws {
    let content = try file.content()
    let lines = (String(validating: try content.bytes(0..<content.size), as: UTF8.self) ?? "").split(separator: "\n")
    heads = lines.enumerated().compactMap { place, line in
      let parts = line.split(separator: " ")
      guard parts.count == 3, let sequence = Int(parts[1]), parts[0].utf8.count == 64, parts[2].utf8.count == 64 else {
        return nil
      }
      return (place + 1, parts[0], sequence, parts[2])
    }
    guard !heads.isEmpty || content.size == 0 else {
      throw InputError(
        .header, path: file.path,
        message: LocalizedText(zh: "不是审计链的锚点文件", en: "is no anchor of an audit chain"),
        hint: LocalizedText(
          zh: "锚点文件由 load 和 undo 追加，默认是 <台账库>.anchor", en: "load and undo append to it; by default it is <warehouse>.anchor"))
    }
  }

  /// The first head that the chain does not have.
  func differences(_ entries: [AuditEntry]) -> [Difference] {
    guard let first = entries.first else { return heads.isEmpty ? [] : [alien] }
    let own = heads.filter { $0.first.utf8.elementsEqual(first.hash.utf8) }
    // A first load that was cut off before its head was told leaves an anchor without it.
    if own.isEmpty { return entries.count > 1 ? [alien] : [] }
    for head in own {
      let isThere =
        entries.indices.contains(head.sequence - 1) && head.hash.utf8.elementsEqual(entries[head.sequence - 1].hash.utf8)
      if isThere { continue }
      return [
        Difference(
          subject: "anchor \(head.line)",
          message: LocalizedText(
            zh: "锚点第 \(head.line) 行记的第 \(head.sequence) 条与审计链不符：审计链被截断或改写，或放回了旧的台账库；若是有意恢复备份，请把锚点文件改名存档",
            en:
              "line \(head.line) tells of entry \(head.sequence), which the chain does not have so: it was cut off or written anew, or an old copy was put back; where a backup was restored on purpose, put the anchor away under another name"
          ))
      ]
    }
    return []
  }

  private var alien: Difference {
    Difference(
      subject: "anchor",
      message: LocalizedText(
        zh: "锚点文件没有提到这个台账库：用错了文件，或台账库被整个替换",
        en: "does not tell of this warehouse: it is that of another, or the warehouse was replaced whole"))
  }
}
