import ElementCore
import ElementExchange
import ElementFormats
package import ElementWarehouse
import Foundation

/// Where packages stand: what became of those whose run was broken off.
package enum PackagePlace {
  /// A path from the root on.
  static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

  /// Refuses a place where something stands: a package is never replaced.
  static func refuseTaken(_ path: String) throws(OutputError) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    throw OutputError(
      .usage, path: path, message: LocalizedText(zh: "已存在，数据包不覆盖已有的文件", en: "exists, and a package replaces nothing"),
      hint: LocalizedText(zh: "请换一个名称", en: "Choose another name"))
  }

  /// Finds out what became of packages whose run was broken off, and removes what they left beside their place. Returns the lost ones.
  package static func settle(_ warehouse: Warehouse) throws -> [StoredPackage] {
    let open = try warehouse.packages().filter { $0.state == .begun || $0.state == .written }
    let lost = try warehouse.settlePackages(isThere)
    // Of one that is in its place the temporary name may still be there.
    for package in open { removeRemains(beside: package.place) }
    return lost
  }

  /// Whether the files of a package stand in their place: by the manifest of a folder; an archive is put there whole.
  static func isThere(_ package: StoredPackage) -> Bool {
    guard FileManager.default.fileExists(atPath: package.place) else { return false }
    // What is encrypted is put there whole, and cannot be read.
    guard FileManager.default.fileExists(atPath: package.place + "/.") || package.place.hasSuffix(".zip") else { return true }
    guard let source = try? PackageSource(package.place), let manifest = try? source.bytes(PackageManifest.fileName) else {
      return false
    }
    return package.manifestSha256.map { FileDigests.of(manifest).sha256.utf8.elementsEqual($0.utf8) } ?? false
  }

  /// Removes files and folders that were to become a package: personal data lies in them.
  private static func removeRemains(beside place: String) {
    let url = URL(fileURLWithPath: place)
    let folder = url.deletingLastPathComponent().path
    let stem = url.lastPathComponent + "."
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(stem) && name.hasSuffix(".tmp") {
      let process = name.dropFirst(stem.count).dropLast(4)
      guard !process.isEmpty, process.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { continue }
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }
}
