import ElementCore
package import ElementLinkage
package import ElementSchema
import Foundation

/// The linkage models of a site: those that are shipped, those of its schema folder, and single files.
package struct ModelLibrary: Sendable {
  private let files: [PackFile]
  private static let folder = "linkage/"
  /// The shipped model of people, and the setting that names another.
  package static let (usual, setting) = ("person", "linkage_model")

  /// The models among the files of a pack.
  package init(_ files: [PackFile]) {
    // Of two files with one path the later counts.
    self.files = Dictionary(
      files.filter { $0.path.hasPrefix(Self.folder) && $0.path.hasSuffix(".yaml") }.map { ($0.path, $0) },
      uniquingKeysWith: { $1 }
    ).values.sorted { $0.path < $1.path }
  }

  /// The model of a name, or in a file.
  ///
  /// - Throws: `SchemaError` where there is none, or it is wrong.
  package func model(_ name: String) throws(SchemaError) -> LinkageModel {
    if let file = files.first(where: { $0.stem.utf8.elementsEqual(name.utf8) }) {
      return try LinkageModel(text: file.text, file: file.origin)
    }
    guard name.contains("/") || name.hasSuffix(".yaml") else {
      let names = files.map(\.stem).joined(separator: ", ")
      throw SchemaError(
        file: name, zh: "没有比对模型 \(name)，可用：\(names)",
        en: "there is no linkage model of this name; use one of \(names), or a file")
    }
    guard let data = FileManager.default.contents(atPath: name), let text = String(validating: data, as: UTF8.self) else {
      throw SchemaError(file: name, zh: "无法读取，或不是 UTF-8", en: "cannot be read, or is not UTF-8")
    }
    return try LinkageModel(text: text, file: name)
  }
}
