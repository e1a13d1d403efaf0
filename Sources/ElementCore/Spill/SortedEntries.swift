/// The entries of sorted runs in one order: runs stand in a heap, the one whose entry is first at the top, and are gone when they
/// were read to their end.
package struct SortedEntries {
  private var runs: [SortedRun]
  private var nodes: [Node]

  /// A run, and the words that its entry begins with: most entries differ in them.
  private struct Node {
    let head: UInt64
    let next: UInt64
    let run: Int
  }

  /// The entries of runs.
  init(_ runs: [SortedRun]) {
    self.runs = runs
    nodes = runs.indices.map { Node(head: runs[$0].head, next: runs[$0].next, run: $0) }
    for place in stride(from: nodes.count / 2 - 1, through: 0, by: -1) { sink(place) }
  }

  /// The entry that is first, as bytes and its place among them; nil where all were read.
  package var first: (bytes: [UInt8], place: Range<Int>)? { nodes.first.map { (runs[$0.run].piece, runs[$0.run].place) } }

  /// Goes to the next entry.
  package mutating func advance() throws(SpillError) {
    let run = nodes[0].run
    if try runs[run].advance() {
      nodes[0] = Node(head: runs[run].head, next: runs[run].next, run: run)
    } else {
      nodes[0] = nodes[nodes.count - 1]
      nodes.removeLast()
    }
    sink(0)
  }

  private mutating func sink(_ start: Int) {
    var place = start
    while true {
      var least = place
      for child in 2 * place + 1...2 * place + 2 where child < nodes.count && isBefore(nodes[child], nodes[least]) {
        least = child
      }
      if least == place { return }
      nodes.swapAt(place, least)
      place = least
    }
  }

  private func isBefore(_ left: Node, _ right: Node) -> Bool {
    if left.head != right.head { return left.head < right.head }
    if left.next != right.next { return left.next < right.next }
    return runs[left.run].isBefore(runs[right.run])
  }
}

/// A sorted run that is read again, piece by piece.
struct SortedRun {
  /// Ten million keys lie in 360 runs, of each of which a piece is in memory.
  private static let pieceSize = 16_384
  private let file: SpillFile?
  private var rest: Range<Int>
  /// Bytes of the run.
  private(set) var piece: [UInt8] = []
  /// Where in the piece the entry stands that is first.
  private(set) var place: Range<Int> = 0..<0
  /// The words that the entry begins with.
  private(set) var (head, next): (UInt64, UInt64) = (0, 0)

  /// A run that lies in a range of the file and has an entry at least.
  init(_ file: SpillFile, _ range: Range<Int>) throws(SpillError) {
    (self.file, rest) = (file, range)
    _ = try advance()
  }

  /// A run in memory that has an entry at least.
  init(_ bytes: [UInt8]) throws(SpillError) {
    (file, rest, piece) = (nil, 0..<0, bytes)
    _ = try advance()
  }

  /// Goes to the next entry; false behind the last.
  mutating func advance() throws(SpillError) -> Bool {
    var start = place.upperBound
    if piece.count - start < 4, !rest.isEmpty { start = try refill(start, least: 4) }
    guard start < piece.count else { return false }
    let count = Int(piece.span.word(at: start, count: 4))
    if piece.count - start < 4 + count { start = try refill(start, least: 4 + count) }
    place = start + 4..<start + 4 + count
    head = SortedRun.word(piece.span, place.lowerBound)
    next = SortedRun.word(piece.span, place.lowerBound + 8)
    return true
  }

  /// Reads on behind what is left from `start` on, which moves to the front, so that `least` bytes are there.
  private mutating func refill(_ start: Int, least: Int) throws(SpillError) -> Int {
    guard let file else { bug("a run in memory ends within an entry") }
    piece.removeSubrange(..<start)
    let (kept, count) = (piece.count, min(rest.count, max(Self.pieceSize, least) - piece.count))
    piece.append(contentsOf: repeatElement(0, count: count))
    try file.read(into: &piece, from: kept, count: count, at: rest.lowerBound)
    rest = rest.lowerBound + count..<rest.upperBound
    return 0
  }

  /// Whether the entry stands before that of another run, which begins with the same words.
  func isBefore(_ other: SortedRun) -> Bool { Self.isBefore(piece, place, other.piece, other.place) }

  /// The eight bytes from `offset` on as a number that compares as they do.
  static func word(_ bytes: Span<UInt8>, _ offset: Int) -> UInt64 { bytes.word(at: offset).byteSwapped }

  /// Whether an entry stands before another; both have the same bytes before `from`.
  static func isBefore(
    _ left: [UInt8], _ leftRange: Range<Int>, _ right: [UInt8], _ rightRange: Range<Int>, from start: Int = 16
  ) -> Bool {
    let (left, right) = (left.span.extracting(leftRange), right.span.extracting(rightRange))
    let common = min(left.count, right.count)
    var index = start
    while index + 8 <= common {
      let (one, other) = (word(left, index), word(right, index))
      if one != other { return one < other }
      index += 8
    }
    while index < common {
      if left[index] != right[index] { return left[index] < right[index] }
      index += 1
    }
    return left.count < right.count
  }
}
