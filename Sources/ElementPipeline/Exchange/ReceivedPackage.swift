import ElementCore
import ElementExchange
package import ElementFormats
import Foundation

/// A package that is loaded: its manifest says which file holds what.
package enum ReceivedPackage {
  /// Where the records of a JSON file of a package stand, as a JSON Pointer (RFC 6901).
  package static let recordsPointer = "/records"

  /// The data files of the package in a folder, with the names of their datasets: those of records and changes, or, where a load closes what it
  /// lists, those of deletions. Files without records are left out. Nil where the folder is no package.
  ///
  /// - Throws: `InputError` of kind `unreadable` where a file is not what the manifest says, of kind `usage` where no file is of that kind.
  package static func rosters(in folder: String, closes: Bool) throws(InputError) -> [(path: String, dataset: String)]? {
    guard FileManager.default.fileExists(atPath: folder + "/" + PackageManifest.fileName) else { return nil }
    let found = try PackageVerification(try PackageSource(folder), signers: nil, previous: nil)
    // Something else may be called so.
    guard let manifest = found.manifest else { return nil }
    if let difference = found.differences.first {
      throw InputError(
        .unreadable, path: folder + "/" + difference.file, message: difference.message,
        hint: LocalizedText(
          zh: "数据包不完整或被改动，没有导入；请让对方重发，用 yaosu package verify 查看全部",
          en: "The package is not as it was made, and nothing was loaded; ask for it again, and see yaosu package verify"))
    }
    let files = manifest.files.filter { ($0.kind == "deletions") == closes && $0.records > 0 && !$0.dataset.isEmpty }
    if files.isEmpty {
      throw InputError(
        .usage, path: folder,
        message: closes
          ? LocalizedText(zh: "数据包没有删除的记录", en: "holds no deletions")
          : LocalizedText(zh: "数据包没有新增或修改的记录", en: "holds no records that were added or changed"),
        hint: closes
          ? LocalizedText(zh: "去掉 --mode close", en: "Leave --mode close out")
          : LocalizedText(zh: "有删除时用 --mode close", en: "Deletions are loaded with --mode close"))
    }
    return files.map { (folder + "/" + $0.name, $0.dataset) }
  }
}
