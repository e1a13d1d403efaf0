import Foundation

extension SchemaPack {
  /// The shipped pack, embedded in the program; files of `directory` (laid out like `schemas/`) replace and add.
  ///
  /// - Throws: `SchemaError` where a file of the overlay cannot be read or is wrong.
  package static func shipped(
    directory: String? = nil, overlays: [String] = [], need: PackNeed = .all
  ) throws(SchemaError) -> SchemaPack {
    // A site's files and layers may name what the index does not know.
    let isShipped = directory == nil && overlays.isEmpty
    let all = try files(directory: directory)
    return try SchemaPack(isShipped ? need.files(all) : all, of: all, overlays: overlays)
  }

  /// The files of the shipped pack, and of a directory laid out like `schemas/` behind them.
  ///
  /// - Throws: `SchemaError` where a file cannot be read, or the directory holds no schemas.
  package static func files(directory: String?) throws(SchemaError) -> [PackFile] {
    var files = EmbeddedPack.files.map(PackFile.init(shipped:))
    if let folder = directory {
      let own = try self.directory(folder)
      guard
        own.contains(where: {
          ["codes/", "datasets/", "grid-codes/", "linkage/", "lists/", "overlays/", "profiles/", "left-out.yaml"].contains(
            where: $0.path.hasPrefix)
        })
      else {
        throw SchemaError(
          file: folder, zh: "目录中没有 datasets/、codes/、grid-codes/、linkage/、lists/、overlays/ 或 profiles/",
          en: "the directory has no datasets/, codes/, grid-codes/, linkage/, lists/, overlays/ or profiles/"
        )
      }
      files += own
    }
    return files
  }

  /// The YAML and CSV files of a directory that is laid out like `schemas/`, sorted by path.
  ///
  /// - Throws: `SchemaError` where the directory or a file of it cannot be read.
  package static func directory(_ path: String) throws(SchemaError) -> [PackFile] {
    let root = URL(fileURLWithPath: path, isDirectory: true)
    guard FileManager.default.fileExists(atPath: root.path), let walk = FileManager.default.enumerator(atPath: root.path) else {
      throw SchemaError(file: path, zh: "无法读取目录", en: "the directory cannot be read")
    }
    var files: [PackFile] = []
    for case let name as String in walk where name.hasSuffix(".yaml") || name.hasSuffix(".csv") {
      guard let data = try? Data(contentsOf: root.appendingPathComponent(name)),
        let text = String(validating: data, as: UTF8.self)
      else {
        throw SchemaError(file: name, zh: "无法读取，或不是 UTF-8", en: "cannot be read, or is not UTF-8")
      }
      files.append(PackFile(path: name, text: text, origin: path + "/" + name))
    }
    return files.sorted { $0.path < $1.path }
  }
}
