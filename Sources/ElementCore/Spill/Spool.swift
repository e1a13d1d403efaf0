/// Bytes that are written one behind another and read again in the same order: in memory up to a limit, beyond it in a file without
/// a name.
package struct Spool {
  private var buffer: [UInt8] = []
  private var file: SpillFile?
  private let paths: [String]
  private let limit: Int
  private static let pieceSize = 1 << 16

  /// A spool that keeps up to `limit` bytes in memory, and more in a file beside the first of `paths` that has room for one.
  package init(beside paths: [String], limit: Int = 1 << 20) {
    (self.paths, self.limit) = (paths, limit)
  }

  /// Whether nothing was written.
  package var isEmpty: Bool { buffer.isEmpty && file == nil }

  /// Appends eight bytes, the lowest first.
  package mutating func append(word: UInt64) { buffer.append(integer: word) }

  /// Takes bytes up behind those before; they reach the file when the buffer is full.
  package mutating func append(_ bytes: Span<UInt8>) { buffer.append(span: bytes) }

  /// Lets go of what is too much for memory; called behind a record, so that appending cannot fail.
  package mutating func settle() throws(SpillError) {
    guard buffer.count >= limit else { return }
    if file == nil { file = try SpillFile.beside(firstOf: paths) }
    try file?.append(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Reads what was written, from its beginning.
  package func reader() -> Reader { Reader(file: file, tail: buffer) }

  /// Reads a spool, piece by piece.
  package struct Reader {
    private let file: SpillFile?
    /// The part of the file that was not read yet.
    private var rest: Range<Int>
    /// What was still in memory: it stands behind the file.
    private var tail: [UInt8]
    private var piece: [UInt8] = []
    private var place = 0

    fileprivate init(file: SpillFile?, tail: [UInt8]) {
      (self.file, self.tail) = (file, tail)
      rest = 0..<(file?.size ?? 0)
    }

    /// Whether all was read.
    package var isAtEnd: Bool { place == piece.count && rest.isEmpty && tail.isEmpty }

    /// Reads eight bytes as a number, the first one lowest.
    package mutating func nextWord() throws(SpillError) -> UInt64 {
      try fill(8)
      defer { place += 8 }
      return piece.span.word(at: place)
    }

    /// Reads so many bytes.
    package mutating func next(_ count: Int) throws(SpillError) -> [UInt8] {
      try fill(count)
      defer { place += count }
      return Array(piece[place..<place + count])
    }

    /// Makes sure that so many bytes are at hand.
    private mutating func fill(_ count: Int) throws(SpillError) {
      while piece.count - place < count {
        piece.removeSubrange(..<place)
        place = 0
        if let file, !rest.isEmpty {
          let (start, size) = (piece.count, min(rest.count, Spool.pieceSize))
          piece.append(contentsOf: repeatElement(0, count: size))
          try file.read(into: &piece, from: start, count: size, at: rest.lowerBound)
          rest = rest.lowerBound + size..<rest.upperBound
        } else if !tail.isEmpty {
          piece += tail
          tail = []
        } else {
          bug("a spool is read behind its end")
        }
      }
    }
  }
}
