import ElementCore
package import ElementExchange
package import ElementSchema
import Foundation

/// The export profiles of a site: those that are shipped, those of its schema folder, and single files.
package struct ProfileLibrary: Sendable {
  private let files: [PackFile]
  private let reader: ProfileReader

  private static let folder = "profiles/"

  /// The profiles among the files of a pack.
  package init(_ files: [PackFile], _ pack: SchemaPack) {
    // Of two files with one path the later counts.
    let own = Dictionary(
      files.filter { $0.path.hasPrefix(Self.folder) && $0.path.hasSuffix(".yaml") }.map { ($0.path, $0) },
      uniquingKeysWith: { $1 })
    self.files = own.values.sorted { $0.path < $1.path }
    reader = ProfileReader(pack)
  }

  /// The names of the profiles, sorted.
  package var names: [String] { files.map(\.stem) }

  /// All profiles, sorted by name.
  ///
  /// - Throws: `SchemaError` where one is wrong.
  package func all() throws(SchemaError) -> [ExportProfile] {
    var profiles: [ExportProfile] = []
    for file in files { profiles.append(try reader.profile(text: file.text, file: file.origin)) }
    return profiles
  }

  /// The text of a profile by its name, or in a file; `origin` is what errors call it.
  ///
  /// - Throws: `SchemaError` where there is none.
  package func text(_ name: String) throws(SchemaError) -> (text: String, origin: String) {
    if let file = files.first(where: { $0.stem.utf8.elementsEqual(name.utf8) }) { return (file.text, file.origin) }
    guard name.contains("/") || name.hasSuffix(".yaml") else {
      let near = NearMiss.best(for: name, among: names) { [$0] }
      let all = names.joined(separator: ", ")
      throw SchemaError(
        file: name, zh: "没有导出方案 \(name)" + (near.map { "，是否为 \($0)" } ?? "，可用：\(all)"),
        en: "there is no export profile of this name; " + (near.map { "did you mean \($0)" } ?? "use one of \(all), or a file"))
    }
    guard let data = FileManager.default.contents(atPath: name), let text = String(validating: data, as: UTF8.self) else {
      throw SchemaError(file: name, zh: "无法读取，或不是 UTF-8", en: "cannot be read, or is not UTF-8")
    }
    return (text, name)
  }

  /// The profile of a name, or in a file.
  ///
  /// - Throws: `SchemaError` where there is none, or it is wrong.
  package func profile(_ name: String) throws(SchemaError) -> ExportProfile {
    let (text, origin) = try text(name)
    return try reader.profile(text: text, file: origin)
  }
}
