package import ElementFormats
import Foundation

/// A package that somebody has: a folder, or a ZIP archive.
package struct PackageSource {
  private enum Place {
    case folder(String)
    case archive(ZipArchive)
  }

  /// The path as given.
  package let path: String
  private let place: Place
  /// The names of its files, sorted by their bytes.
  package let names: [String]

  /// A package at a path.
  ///
  /// - Throws: `InputError` of kind `unreadable` where it is neither.
  package init(_ path: String) throws(InputError) {
    self.path = path
    if FileManager.default.fileExists(atPath: path + "/.") {
      place = .folder(path)
      let walk = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
      // What a link leads to is not in the package.
      let files = walk.filter { name in
        (try? FileManager.default.attributesOfItem(atPath: path + "/" + name))?[.type] as? FileAttributeType == .typeRegular
      }
      names = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } else {
      let archive = try ZipArchive(try InputFile(path: path))
      place = .archive(archive)
      names = archive.members.map(\.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  /// Hands the bytes of a file over, piece by piece; false where there is none of the name.
  ///
  /// - Throws: `InputError` where it cannot be read, or leads elsewhere.
  package func read(_ name: String, _ body: ([UInt8]) -> Void) throws(InputError) -> Bool {
    guard names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { return false }
    switch place {
    case .folder(let folder):
      let file = try InputFile(path: folder + "/" + name, limits: .unlimited, mustBeRegular: true)
      var offset = 0
      while !(try file.ends(at: offset)) {
        let bytes = try file.window(keeping: [], count: Self.pieceSize, at: offset)
        if bytes.isEmpty { break }
        body(bytes)
        offset += bytes.count
      }
    case .archive(let archive):
      guard let member = archive.members.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return false }
      var reader = try archive.reader(of: member)
      while let bytes = try reader.next() { body(bytes) }
    }
    return true
  }

  /// All bytes of a file; nil where there is none of the name, or it has more than so many.
  ///
  /// - Throws: `InputError` where it cannot be read.
  package func bytes(_ name: String, limit: Int = 16 << 20) throws(InputError) -> [UInt8]? {
    var all: [UInt8] = []
    let isThere = try read(name) { if all.count <= limit { all += $0 } }
    return isThere && all.count <= limit ? all : nil
  }

  private static let pieceSize = 1 << 18
}
