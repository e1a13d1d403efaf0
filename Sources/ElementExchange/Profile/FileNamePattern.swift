import ElementCore

/// How the files of a package are named: a text with `{…}` for what differs.
package struct FileNamePattern: Sendable, Hashable {
  /// What differs from file to file, and from package to package.
  package enum Part: String, Sendable, CaseIterable {
    /// The code of the office that sends.
    case sender
    /// Our name of the dataset.
    case dataset
    /// The target's name of it.
    case table
    /// When the package was made, `yyyyMMddHHmmss`.
    case time
    /// The day of it, `yyyyMMdd`.
    case date
    /// The number of the package, six digits.
    case package
    /// The number of the file among those of a dataset, from 0001.
    case part
    /// `records` of a full package; `changes` and `deletions` of a delta.
    case kind
    /// The ending of the format.
    case format
  }

  private enum Piece: Sendable, Hashable {
    case text(String)
    case part(Part)
  }

  private let pieces: [Piece]

  /// A pattern as written; nil where braces do not match, a name is unknown, or it could lead to another folder.
  package init?(_ text: String) {
    var pieces: [Piece] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}"),
        let part = Part(rawValue: String(rest[rest.index(after: open)..<close]))
      else { return nil }
      if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
      pieces.append(.part(part))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    let isPlain = text.utf8.allSatisfy { $0 > 0x1F && $0 != 0x2F && $0 != 0x5C && $0 != 0x7F }
    guard isPlain, !text.isEmpty, !text.hasPrefix(".") else { return nil }
    self.pieces = pieces
  }

  /// Whether something that differs stands in it.
  package func has(_ part: Part) -> Bool { pieces.contains(.part(part)) }

  /// The name with its parts filled in.
  package func name(_ value: (Part) -> String) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .part(let part): value(part)
      }
    }.joined()
  }
}
