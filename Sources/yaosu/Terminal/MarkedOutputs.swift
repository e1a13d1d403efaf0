import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import Foundation

/// Where the marked copies of a delivery's files go, decided before any is read: one file, or a folder with a copy of each.
struct MarkedOutputs {
  private let pairs: [(path: String, output: String)]
  private let replaces: Bool
  private let isFolder: Bool
  /// The folder that is to be made; nil where it is there, or none is wanted.
  private let folder: String?

  /// The copies of some files.
  ///
  /// - Throws: `OutputError` where one may not be written, or a file cannot be marked faithfully.
  init(_ paths: [String], _ target: String, replaces: Bool, _ limits: ReadingLimits) throws {
    let kind = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
    isFolder = paths.count > 1 || target.hasSuffix("/") || kind == .typeDirectory
    self.replaces = replaces
    let base = target.hasSuffix("/") ? String(target.dropLast()) : target
    pairs = isFolder ? paths.map { ($0, base + "/" + ($0.split(separator: "/").last ?? "")) } : paths.map { ($0, target) }
    folder = isFolder && kind == nil ? base : nil
    try MarkedCopy.confirm(paths, outputs: isFolder ? [] : [target], limits: limits)
    if Set(pairs.map(\.output)).count < pairs.count {
      throw ValidationError(say("有两个文件同名，不能放进同一文件夹", "Two files have the same name and cannot go into one folder"))
    }
    for pair in pairs { try PrivateFile.confirm(pair.output, replaces) }
  }

  /// The paths of all copies.
  var outputs: [String] { pairs.map(\.output) }

  /// Writes the copies, and tells where they are; in a folder, which files have none.
  func write(_ copy: MarkedCopy, _ language: Language) throws {
    if let folder {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      } catch {
        throw OutputError(
          .output, path: folder, message: LocalizedText(zh: "不能建文件夹", en: "cannot be made"),
          hint: LocalizedText(zh: "请检查路径和权限", en: "Check the path and the permissions"))
      }
    }
    for (path, output) in pairs {
      if isFolder, !copy.canMark(path) {
        Console.talk(
          say("没有标注（只标注 .xlsx 和 .csv）：", "Not marked (.xlsx and .csv are): ") + PrintableText.escape(path) + "\n")
        continue
      }
      try copy.write(path, to: output, replaces: replaces)
      Console.talk(say("已标注：", "Marked: ") + PrintableText.escape(output) + "\n")
    }
  }
}
