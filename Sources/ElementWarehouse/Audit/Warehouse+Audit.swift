import ElementCore
package import ElementFormats
import Foundation
import GRDB

extension Warehouse {
  /// The file that the heads of a warehouse's chain are appended to where nobody names another.
  package static func anchor(of path: String) -> String { path + ".anchor" }

  /// The entries of the audit chain, oldest first.
  package func auditEntries() throws -> [AuditEntry] {
    try translatingErrors(path) { try queue.read { try AuditTrail.entries($0) } }
  }

  /// Verifies the audit chain, and that what an anchor file says of it stands there: an old copy that was put back, or a chain that was cut
  /// off, is shorter than that.
  package func verifyAudit(anchor: InputFile?) throws -> (differences: [Difference], entries: Int, head: String?) {
    try translatingErrors(path) {
      try queue.read { db in
        let entries = try AuditTrail.entries(db)
        var differences = try AuditTrail.differences(db)
        if let anchor { differences += try AuditAnchor(anchor).differences(entries) }
        return (differences, entries.count, entries.last?.hash)
      }
    }
  }

  /// Appends the head of the chain to its anchor, when what it tells of is in the file.
  func appendAnchor(_ origin: AuditOrigin) throws {
    guard let head = try translatingErrors(path, { try queue.read { try AuditTrail.head($0) } }) else { return }
    let target = origin.anchor ?? Warehouse.anchor(of: path)
    do {
      try WarehouseFile.append(AuditAnchor.line(head.sequence, head.hash), to: target)
    } catch {
      throw WarehouseError(
        .inputOutput, path: target,
        message: LocalizedText(zh: "审计链的锚点没有写成；台账库本身已写入", en: "could not be appended to; the warehouse itself is written"),
        hint: LocalizedText(
          zh: "请检查磁盘和权限；下一次写入会再次追加", en: "Check the disk and the permissions; the next run appends to it again"))
    }
  }
}

/// A file to which the head of a chain is appended each time: what shows that a chain was cut off, or an old copy put back.
struct AuditAnchor {
  private let heads: [(line: Int, sequence: Int, hash: String)]

  /// The line that tells of a head.
  static func line(_ sequence: Int, _ hash: String) -> String { "\(sequence) \(hash)\n" }

  /// Reads the heads of an anchor; lines that are none count as heads that nothing fits.
  init(_ file: InputFile) throws {
    let content = try file.content()
    let text = String(decoding: try content.bytes(0..<content.size), as: UTF8.self)
    heads = text.split(separator: "\n").enumerated().map { place, line in
      let parts = line.split(separator: " ")
      return (place + 1, parts.first.flatMap { Int($0) } ?? 0, parts.count == 2 ? String(parts[1]) : "")
    }
  }

  /// The first head that the chain does not have.
  func differences(_ entries: [AuditEntry]) -> [Difference] {
    for head in heads {
      let isThere =
        entries.indices.contains(head.sequence - 1) && entries[head.sequence - 1].hash.utf8.elementsEqual(head.hash.utf8)
      if isThere { continue }
      return [
        Difference(
          subject: "anchor \(head.line)",
          message: LocalizedText(
            zh: "锚点第 \(head.line) 行记的第 \(head.sequence) 条与审计链不符：审计链被截断或改写，或放回了旧的台账库",
            en:
              "line \(head.line) tells of entry \(head.sequence), which the chain does not have so: it was cut off or written anew, or an old copy was put back"
          ))
      ]
    }
    return []
  }
}
