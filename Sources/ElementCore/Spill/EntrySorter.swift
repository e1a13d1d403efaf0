/// Sorts entries that compare as their bytes do, of which each is another: runs are sorted in memory and kept in a file without a name
/// until they are merged. Entries that come in order already form one run, whatever their number.
package struct EntrySorter: Sendable {
  /// The fewest bytes of an entry: those that are compared first.
  package static let leastLength = 16
  private static let pieceSize = 1 << 16

  private let paths: [String]
  private var runSize: Int
  private var file: SpillFile?
  /// The runs in the file; entries there begin with their length, four bytes, the lowest first.
  private var runs: [Range<Int>] = []
  /// The last entry of the last run.
  private var last: [UInt8] = []
  private var bytes: [UInt8] = []
  private var places: [Place] = []
  /// What did not fill a run, sorted, in the form of a run.
  private var tail: [UInt8] = []

  /// Where an entry of the run stands, and the words that it begins with.
  private struct Place: Sendable {
    let head: UInt64
    let next: UInt64
    let start: UInt32
    let count: UInt32
    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
  }

  /// A sorter that keeps up to `runSize` bytes in memory, and more in a file beside the first of `paths` that has room for one.
  package init(beside paths: [String], runSize: Int) {
    (self.paths, self.runSize) = (paths, runSize)
  }

  /// How many bytes the entries have, and their lengths with them, as far as runs were ended.
  package var byteCount: Int { (file?.size ?? 0) + tail.count }

  /// Adds an entry of `leastLength` bytes at least.
  package mutating func add(_ entry: Span<UInt8>) {
    if !tail.isEmpty { reopen() }
    let place = Place(
      head: SortedRun.word(entry, 0), next: SortedRun.word(entry, 8), start: UInt32(bytes.count), count: UInt32(entry.count))
    bytes.append(span: entry)
    places.append(place)
  }

  /// Lets go of what is too much for memory; called behind entries, so that adding cannot fail.
  package mutating func settle() throws(SpillError) {
    if bytes.count >= runSize { try spill() }
  }

  /// Keeps all that comes in memory: for who can do without a disk, where that has no room.
  package mutating func stayInMemory() { runSize = .max }

  /// All entries in order; may be asked again, and entries may be added in between.
  package mutating func sorted() throws(SpillError) -> SortedEntries {
    if !places.isEmpty {
      tail = sortedRun()
      forgetRun(capacity: 0)
    }
    var found: [SortedRun] = []
    if let file { for run in runs { found.append(try SortedRun(file, run)) } }
    if !tail.isEmpty { found.append(try SortedRun(tail)) }
    return SortedEntries(found)
  }

  // MARK: Runs

  /// Takes up again what was sorted too early.
  private mutating func reopen() {
    var rest = tail[...]
    tail = []
    while !rest.isEmpty {
      let count = Int(rest.span.word(at: 0, count: 4))
      let entry = Array(rest.dropFirst(4).prefix(count))
      rest = rest.dropFirst(4 + count)
      add(entry.span)
    }
  }

  private func isBefore(_ left: Place, _ right: Place) -> Bool {
    if left.head != right.head { return left.head < right.head }
    if left.next != right.next { return left.next < right.next }
    return SortedRun.isBefore(bytes, left.range, bytes, right.range)
  }

  private mutating func sort() {
    let isSorted = places.indices.dropFirst().allSatisfy { isBefore(places[$0 - 1], places[$0]) }
    if isSorted { return }
    // A copy: the places are being moved meanwhile.
    let (entries, unsorted) = (self, places)
    places = []
    places = unsorted.sorted { entries.isBefore($0, $1) }
  }

  /// The entries of the run that is open, in the form of a run.
  private mutating func sortedRun() -> [UInt8] {
    sort()
    var run: [UInt8] = []
    run.reserveCapacity(bytes.count + 4 * places.count)
    for place in places { append(place, to: &run) }
    return run
  }

  private func append(_ place: Place, to run: inout [UInt8]) {
    run.append(integer: place.count)
    run.append(span: bytes.span.extracting(place.range))
  }

  private mutating func forgetRun(capacity: Int) {
    bytes = []
    bytes.reserveCapacity(capacity)
    places.removeAll(keepingCapacity: capacity > 0)
  }

  private mutating func spill() throws(SpillError) {
    sort()
    if file == nil { file = try SpillFile.beside(firstOf: paths) }
    guard let file else { bug("a file that was made is not there") }
    let start = file.size
    var piece: [UInt8] = []
    piece.reserveCapacity(Self.pieceSize)
    for place in places {
      append(place, to: &piece)
      if piece.count >= Self.pieceSize {
        try file.append(piece)
        piece.removeAll(keepingCapacity: true)
      }
    }
    try file.append(piece)
    if let run = runs.last, let first = places.first, SortedRun.isBefore(last, 0..<last.count, bytes, first.range, from: 0) {
      runs[runs.count - 1] = run.lowerBound..<file.size
    } else {
      runs.append(start..<file.size)
    }
    if let place = places.last { last = Array(bytes[place.range]) }
    forgetRun(capacity: min(runSize, bytes.count))
  }
}
