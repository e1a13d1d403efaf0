import ElementCore
import Synchronization

/// What a file of a pack holds, as far as it is understood without the others.
enum PackContent: Sendable {
  /// A code set.
  case table(CodeTable)
  /// A document: datasets, overlays, schemes, what is left out.
  case node(YAMLNode)
  /// Nothing that a pack needs.
  case nothing

  /// What a process that reads many packs, such as the tests, knows of shipped files: one that reads one pack keeps nothing.
  private static let known = Mutex<(packCount: Int, contents: [String: PackContent])>((0, [:]))

  /// What some files hold, in their order.
  static func contents(of files: [PackFile]) throws(SchemaError) -> [PackContent] {
    let (isFirst, known) = known.withLock { known in
      known.packCount += 1
      return (known.packCount == 1, known.contents)
    }
    let found = try files.concurrentMap { (file) throws(SchemaError) in
      // Shipped files have no other text under their paths.
      if file.isShipped, let content = known[file.path] { return content }
      return try PackContent(file)
    }
    if !isFirst {
      let shipped = zip(files, found).filter { $0.0.isShipped }.map { ($0.0.path, $0.1) }
      Self.known.withLock { $0.contents.merge(shipped) { first, _ in first } }
    }
    return found
  }

  private init(_ file: PackFile) throws(SchemaError) {
    switch file.path.split(separator: "/").first {
    case "codes" where file.path.hasSuffix(".csv"):
      let table = try CodeSetReader.table(name: file.stem, text: file.text, file: file.origin, isShipped: file.isShipped)
      self = .table(table)
    case "grid-codes", "datasets", "overlays", "lists", "left-out.yaml":
      self = .node(try YAMLNode(text: file.text, file: file.origin))
    default: self = .nothing
    }
  }
}
