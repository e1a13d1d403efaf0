import ElementCore
import ElementFormats
package import ElementLinkage
import ElementSchema
import Foundation

/// A folder in which several processes put what they found in their shares of one search, a file each; it holds rows and weights, no value of a person.
package struct ShardFolder: Sendable {
  private let path: String

  /// The folder at a path; it is there already.
  package init(_ path: String) { self.path = path }

  /// Where a process puts what it found.
  package func file(_ share: KeyShare) -> String { path + "/shard-\(share.number)-of-\(share.count).txt" }

  /// Refuses, before anything is compared, a folder that is not there, and a file of the share that is unless `replaces`.
  ///
  /// - Throws: `InputError`, or `OutputError`.
  package func confirm(_ share: KeyShare?, replaces: Bool) throws {
    guard (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil else {
      throw trouble(
        path, LocalizedText(zh: "没有这个目录", en: "is no folder"),
        LocalizedText(zh: "先建好各份共用的目录", en: "Make the folder that all shares use first"))
    }
    if let share { try PrivateFile.confirm(file(share), replaces) }
  }

  /// Writes what was found in a share, all of it or nothing.
  ///
  /// - Throws: `OutputError`.
  func write(_ shard: LinkageShard, replaces: Bool) throws {
    let output = try PrivateFile(file(shard.share), replaces: replaces)
    try shard.write { try output.append($0) }
    try output.finish()
  }

  /// What all shares found.
  ///
  /// - Throws: `InputError` where there is no share, or a file of one is not whole.
  func shards() throws(InputError) -> [LinkageShard] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted().filter {
      $0.hasPrefix("shard-") && $0.hasSuffix(".txt")
    }
    guard !names.isEmpty else {
      throw trouble(path, LocalizedText(zh: "没有分片", en: "holds no shard"), again)
    }
    var shards: [LinkageShard] = []
    for name in names {
      let file = path + "/" + name
      guard let data = FileManager.default.contents(atPath: file), let shard = LinkageShard(Array(data)) else {
        throw trouble(file, LocalizedText(zh: "不是完整的分片", en: "is not a whole shard"), again)
      }
      shards.append(shard)
    }
    return shards
  }

  /// Why shares do not make one search, for people.
  func text(_ mismatch: LinkageShard.Mismatch) -> InputError {
    switch mismatch {
    case .number(let number):
      trouble(
        path, LocalizedText(zh: "第 \(number) 个分片不在，或有两个", en: "shard \(number) is missing, or there are two"),
        LocalizedText(
          zh: "补做这一份；别的分法留下的 shard-*.txt 请移走", en: "Run that share; move away shard-*.txt files of another division"))
    case .search(let number):
      trouble(
        path,
        LocalizedText(
          zh: "第 \(number) 个分片的记录、模型或门槛与现在的不同",
          en: "shard \(number) is of other records, another model or other thresholds than these"), again)
    }
  }

  private let again = LocalizedText(
    zh: "用同样的文件和参数重新运行 yaosu dedupe find --shard K/N --shards 目录",
    en: "Run yaosu dedupe find --shard K/N --shards DIR again, with the same files and options")

  private func trouble(_ path: String, _ message: LocalizedText, _ hint: LocalizedText) -> InputError {
    InputError(.unreadable, path: path, message: message, hint: hint)
  }
}
