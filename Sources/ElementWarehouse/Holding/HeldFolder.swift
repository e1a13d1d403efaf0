import ElementCore
package import ElementFormats
package import Foundation

/// What a held load was asked for, so that it can be gone on with.
package struct HeldDelivery: Sendable {
  /// The arguments of the command, without its own name.
  package let arguments: [String]
  /// The folder that relative paths start from.
  package let folder: String
  /// The files, as they were read.
  package let files: [InputFile]

  /// A delivery to be held.
  package init(arguments: [String], folder: String, files: [InputFile]) {
    (self.arguments, self.folder, self.files) = (arguments, folder, files)
  }
}

/// The folder `W.held/ID` beside a warehouse with the files of a held load, until somebody goes on with it or gives it up: the one place
/// where columns rest that no field is known for. Only its owner can look into it.
package struct HeldFolder: Sendable {
  /// What the folder tells of its files.
  package struct Manifest: Codable, Sendable {
    /// A file: its name in the folder, and the path as it was given.
    package struct File: Codable, Sendable {
      /// The name here.
      package let name: String
      /// The path in the command.
      package let path: String
    }

    /// The arguments of the command, without its own name.
    package let arguments: [String]
    /// The folder that relative paths start from.
    package let folder: String
    /// The files in the order of the delivery.
    package let files: [File]
  }

  /// After so many days files are removed that nobody asked for.
  package static let days = 14
  private let path: String
  private static let (manifest, pieceSize) = ("load.json", 1 << 20)

  /// The folder of a batch of the warehouse at a path.
  package init(warehouse: String, batch: Int) { self.init(path: Self.all(warehouse) + "/\(batch)") }

  private init(path: String) { self.path = path }

  private static func all(_ warehouse: String) -> String { warehouse + ".held" }

  /// The folder of all held loads of the warehouse.
  private var all: String { (path as NSString).deletingLastPathComponent }

  /// Where a file of the manifest stands.
  package func path(of file: Manifest.File) -> String { path + "/" + file.name }

  /// Keeps a delivery, in the place of what a load that was cut off may have left.
  ///
  /// - Throws: `OutputError`, `InputError`; nothing is left then.
  func write(_ delivery: HeldDelivery) throws {
    guard !WarehouseFile.isLink(all) else {
      throw OutputError(
        .output, path: all, message: LocalizedText(zh: "是符号链接", en: "is a symbolic link"),
        hint: LocalizedText(zh: "请换成目录，或删去它", en: "Make it a folder, or remove it"))
    }
    erase()
    do {
      for folder in [all, path] where !WarehouseFile.exists(folder) {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      }
      var files: [Manifest.File] = []
      for file in delivery.files {
        let given = file.path == "-" ? "stdin" : (file.path as NSString).lastPathComponent
        let kept = Manifest.File(name: "\(files.count + 1)-" + HeldFolder.end(of: given), path: file.path)
        try HeldFolder.copy(file, to: path(of: kept))
        files.append(kept)
      }
      let told = Manifest(arguments: delivery.arguments, folder: delivery.folder, files: files)
      let text = String(decoding: try JSONEncoder().encode(told), as: UTF8.self)
      try PrivateFile.write(text, to: path + "/" + HeldFolder.manifest, replaces: false)
    } catch {
      erase()
      if error is OutputError || error is InputError { throw error }
      throw OutputError(
        .output, path: path, message: LocalizedText(zh: "无法建立目录", en: "cannot be made"),
        hint: LocalizedText(zh: "请检查目录权限和磁盘空间", en: "Check the folder's permissions and the free space"))
    }
  }

  /// The end of a name, as much as a file's name has room for.
  private static func end(of name: String) -> String {
    var end = Substring(name)
    while end.utf8.count > 180 { end.removeFirst() }
    return String(end)
  }

  private static func copy(_ file: InputFile, to target: String) throws {
    let out = try PrivateFile(target, replaces: false)
    var offset = 0
    while true {
      let piece = try file.window(keeping: [], count: pieceSize, at: offset)
      if piece.isEmpty { return try out.finish() }
      try out.append(piece)
      offset += piece.count
    }
  }

  /// What is kept; nil where nothing is, any more.
  package func read() -> Manifest? {
    FileManager.default.contents(atPath: path + "/" + HeldFolder.manifest).flatMap {
      try? JSONDecoder().decode(Manifest.self, from: $0)
    }
  }

  /// Overwrites the files and removes them.
  package func erase() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
      HeldFolder.overwrite(path + "/" + name)
      try? FileManager.default.removeItem(atPath: path + "/" + name)
    }
    try? FileManager.default.removeItem(atPath: path)
    // The last one takes the folder of all with it.
    if (try? FileManager.default.contentsOfDirectory(atPath: all))?.isEmpty == true {
      try? FileManager.default.removeItem(atPath: all)
    }
  }

  private static func overwrite(_ path: String) {
    guard !WarehouseFile.isLink(path), let handle = FileHandle(forUpdatingAtPath: path), let size = try? handle.seekToEnd()
    else {
      return
    }
    try? handle.seek(toOffset: 0)
    for start in stride(from: 0, to: Int(size), by: pieceSize) {
      try? handle.write(contentsOf: Data(count: min(pieceSize, Int(size) - start)))
    }
    try? handle.synchronize()
    try? handle.close()
  }

  /// The folders beside a warehouse: how many, and how many bytes their files have.
  static func held(beside warehouse: String) -> (folders: [HeldFolder], bytes: Int) {
    // What lies behind a link, or tells of no load, is nobody's of ours.
    let isLink = WarehouseFile.isLink(all(warehouse))
    let names = isLink ? [] : (try? FileManager.default.contentsOfDirectory(atPath: all(warehouse))) ?? []
    let folders = names.filter { Int($0) != nil }.sorted().map { HeldFolder(path: all(warehouse) + "/" + $0) }
      .filter { !WarehouseFile.isLink($0.path) && WarehouseFile.exists($0.path + "/" + manifest) }
    let bytes = folders.reduce(0) { sum, folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).reduce(sum) {
        $0 + ((try? WarehouseFile.size(folder.path + "/" + $1)) ?? 0)
      }
    }
    return (folders, bytes)
  }

  /// Removes what has been kept beside a warehouse for more than `days`, as of a moment.
  package static func expire(beside warehouse: String, at now: Date = .now) {
    for folder in held(beside: warehouse).folders {
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path)
      guard let made = attributes?[.modificationDate] as? Date else { continue }
      if now.timeIntervalSince(made) > Double(days) * 86_400 { folder.erase() }
    }
  }
}
