package import Foundation

/// Where the fixtures, samples and schemas of the repository stand.
package enum Repository {
  /// The root of the repository.
  package static let root: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()

  /// A file below the root.
  package static func url(_ path: String) -> URL { root.appendingPathComponent(path) }

  /// The path of a file below the root.
  package static func path(_ path: String) -> String { url(path).path }

  /// The text of a file below the root.
  package static func text(_ path: String) throws -> String { try String(contentsOf: url(path), encoding: .utf8) }

  /// The files of a folder below the root with an extension, sorted.
  package static func files(_ folder: String, extension ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url(folder).path).filter { $0.hasSuffix("." + ending) }.sorted().map {
      folder + "/" + $0
    }
  }
}

/// A folder of its own for one test, removed with it.
package final class ScratchFolder: Sendable {
  /// The folder's path.
  package let path: String

  /// A new empty folder.
  package init() throws {
    path = NSTemporaryDirectory() + "yaosu-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file into the folder and returns its path.
  package func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    return path + "/" + name
  }

  /// Writes a text into the folder and returns its path.
  package func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }
}
