package import Foundation

/// The folder with a folder for each sender, into which rosters are put and from which they are taken.
package struct Inbox: Sendable {
  /// Where what was taken stands, in each sender's folder.
  static let done = "done"
  /// What stands in this folder of a sender is only checked.
  static let checkOnly = "只校验"

  private let path: String

  /// The inbox at a path.
  package init(_ path: String) { self.path = path }

  /// The senders that have a folder, in the order of their names' bytes.
  var senders: [String] { Self.folders(in: path) }

  /// What is there to be taken, sender by sender: the files of each folder, those that still change too.
  package func deliveries() -> [InboxDelivery] {
    senders.flatMap { sender -> [InboxDelivery] in
      let own = path + "/" + sender
      let inner = Self.folders(in: own).filter { $0 != Self.done && $0 != Self.checkOnly }
      let checked = own + "/" + Self.checkOnly
      return
        ([InboxDelivery(sender: sender, folder: own, name: "", isCheckOnly: false)]
        + inner.map { InboxDelivery(sender: sender, folder: own + "/" + $0, name: $0, isCheckOnly: false) }
        + [InboxDelivery(sender: sender, folder: checked, name: Self.checkOnly, isCheckOnly: true)]
        + Self.folders(in: checked).map {
          InboxDelivery(sender: sender, folder: checked + "/" + $0, name: Self.checkOnly + "/" + $0, isCheckOnly: true)
        }).compactMap { $0 }
    }
  }

  /// Puts the files of a delivery away under a name; an inner folder that is empty then goes.
  func putAway(_ delivery: InboxDelivery, as name: String) throws {
    let manager = FileManager.default
    let target = Self.free(path + "/" + delivery.sender + "/" + Self.done + "/" + name)
    try manager.createDirectory(
      atPath: target, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for file in delivery.files {
      try manager.moveItem(atPath: file, toPath: target + "/" + (file as NSString).lastPathComponent)
    }
    let isInner = !delivery.name.isEmpty && delivery.name != Self.checkOnly
    if isInner, (try? manager.contentsOfDirectory(atPath: delivery.folder))?.isEmpty ?? false {
      try manager.removeItem(atPath: delivery.folder)
    }
  }

  /// Removes what was put away, or answered, more than so many days ago: both are personal data.
  package static func expire(_ folder: String, days: Int, now: Date) {
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] {
      let item = folder + "/" + name
      let date = (try? manager.attributesOfItem(atPath: item))?[.modificationDate] as? Date
      if let date, now.timeIntervalSince(date) > Double(days) * 86_400 { try? manager.removeItem(atPath: item) }
    }
  }

  /// Removes what was put away more than so many days ago.
  func expire(days: Int, now: Date) {
    for sender in senders { Self.expire(path + "/" + sender + "/" + Self.done, days: days, now: now) }
  }

  /// A path, or the first one with a number behind it, where with its ending nothing stands yet.
  static func free(_ path: String, ending: String = "") -> String {
    var (candidate, number) = (path, 1)
    while FileManager.default.fileExists(atPath: candidate + ending) {
      number += 1
      candidate = "\(path)-\(number)"
    }
    return candidate
  }

  private static func folders(in path: String) -> [String] {
    let manager = FileManager.default
    return ((try? manager.contentsOfDirectory(atPath: path)) ?? []).filter { name in
      !name.hasPrefix(".")
        && (try? manager.attributesOfItem(atPath: path + "/" + name))?[.type] as? FileAttributeType == .typeDirectory
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
