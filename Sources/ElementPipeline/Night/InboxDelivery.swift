import ElementCore
package import Foundation

/// What a sender put into its folder to be taken as one delivery: the files that stand there side by side, or those of a folder in it.
package struct InboxDelivery: Sendable {
  /// Who sent it: the name of the folder in the inbox.
  package let sender: String
  /// Where its files stand.
  let folder: String
  /// The name of that folder below the sender's; empty for the sender's own.
  package let name: String
  /// Its files, in the order of their names' bytes.
  package let files: [String]
  /// Whether it is only checked, and never loaded.
  package let isCheckOnly: Bool
  /// When the last of its files changed.
  let changed: Date

  /// So long nothing of it may have changed before it is taken: a copy over a slow line is not whole before.
  static let quiet: TimeInterval = 20

  /// Whether it has been left alone for long enough.
  package func isSettled(at now: Date) -> Bool { now.timeIntervalSince(changed) >= Self.quiet }

  /// The files of a folder that are taken for rosters, with the time of the last change; nil where there are none.
  init?(sender: String, folder: String, name: String, isCheckOnly: Bool) {
    let manager = FileManager.default
    let names = ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).filter(Self.isTaken)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var (files, changed): ([String], Date) = ([], .distantPast)
    for name in names {
      let path = folder + "/" + name
      guard let info = try? manager.attributesOfItem(atPath: path), info[.type] as? FileAttributeType == .typeRegular else {
        continue
      }
      files.append(path)
      // A copy that keeps the time of its original has been there since its own beginning.
      let keys: Set<URLResourceKey> = [.attributeModificationDateKey]
      let arrived = try? URL(fileURLWithPath: path).resourceValues(forKeys: keys).attributeModificationDate
      changed = max(changed, info[.modificationDate] as? Date ?? .distantPast, arrived ?? .distantPast)
    }
    if files.isEmpty { return nil }
    (self.sender, self.folder, self.name, self.isCheckOnly) = (sender, folder, name, isCheckOnly)
    (self.files, self.changed) = (files, changed)
  }

  /// Whether a file may be a roster: not what programs leave beside one that is open, or while they still write it.
  private static func isTaken(_ name: String) -> Bool {
    let ending = name.lowercased()
    return !name.hasPrefix(".") && !name.hasPrefix("~$")
      && ![".tmp", ".part", ".crdownload", ".download", ".partial", ".lock"].contains { ending.hasSuffix($0) }
  }

  /// What the load of it is called: the same files are never loaded twice, also where the machine stopped behind the load.
  var request: String {
    let parts = files.map { path -> String in
      let info = try? FileManager.default.attributesOfItem(atPath: path)
      let time = (info?[.modificationDate] as? Date).map { Int($0.timeIntervalSince1970 * 1_000) } ?? 0
      return "\(path.utf8.count):\(path):\(info?[.size] as? Int ?? 0):\(time)"
    }
    let bytes = Array(parts.joined(separator: "\n").utf8)
    return "inbox-\(String(XXH64.hash(bytes.span), radix: 16))"
  }
}
