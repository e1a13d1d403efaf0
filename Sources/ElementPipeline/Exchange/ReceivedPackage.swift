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
  package static func rosters(
    in folder: String, closes: Bool, replaces: Bool
  ) throws(InputError) -> [(path: String, dataset: String)]? {
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
    if replaces, manifest.kind != "full" {
      throw InputError(
        .usage, path: folder, message: LocalizedText(zh: "是增量包，不能替换整个范围", en: "is a delta, which replaces no part as a whole"),
        hint: LocalizedText(zh: "去掉 --mode replace", en: "Leave --mode replace out"))
    }
    if manifest.files.contains(where: { $0.kind != "deletions" && $0.deletions > 0 }) {
      throw InputError(
        .usage, path: folder,
        message: LocalizedText(
          zh: "同一个文件里既有记录又有删除，是给其他系统的格式", en: "holds records and deletions in one file, as other systems take them"),
        hint: LocalizedText(zh: "请对方改用 yaosu-exchange 方案", en: "Ask for a package by the profile yaosu-exchange"))
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

  /// Refuses the archive of a package, whose files are loaded when they are unpacked.
  ///
  /// - Throws: `InputError` of kind `usage` where the file is one.
  package static func refuseArchive(_ path: String) throws(InputError) {
    guard path.lowercased().hasSuffix(".zip"), let source = try? PackageSource(path),
      source.names.contains(where: { $0.utf8.elementsEqual(PackageManifest.fileName.utf8) })
    else { return }
    throw InputError(
      .usage, path: path, message: LocalizedText(zh: "是压缩的数据包", en: "is a package in an archive"),
      hint: LocalizedText(zh: "先解压，再导入解压出的文件夹", en: "Unpack it, then load the folder"))
  }
}
