package import ElementCore

/// The features of all rows of a run, by their places from 0: in memory up to a bound, beyond it in a file without a name.
package struct FeatureStore: Sendable {
  /// Rows in memory, in pieces that are made whole: one that grows would be copied again and again.
  private var pieces: [[UInt64]] = []
  private var file: SpillFile?
  /// Rows in the file; those behind them are in memory.
  private(set) var spilled = 0
  /// How many rows there are.
  package private(set) var count = 0
  private let paths: [String]
  private let rowsInMemory: Int

  private static let (pieceBits, width): (Int, Int) = (13, PersonFeatures.wordCount)
  private static var pieceRows: Int { 1 << pieceBits }
  private static var rowBytes: Int { 8 * width }

  /// A store that keeps so many bytes in memory, and more in a file beside the first of `paths` that has room for one.
  package init(beside paths: [String], bytesInMemory: Int = 128 << 20) {
    (self.paths, rowsInMemory) = (paths, max(1, bytesInMemory / Self.rowBytes))
  }

  /// Adds a row.
  package mutating func append(_ features: PersonFeatures) {
    if pieces.last?.count ?? Self.pieceRows * Self.width == Self.pieceRows * Self.width {
      pieces.append([])
      pieces[pieces.count - 1].reserveCapacity(Self.pieceRows * Self.width)
    }
    let last = pieces.count - 1
    for place in 0..<Self.width { pieces[last].append(features.words[place]) }
    count += 1
  }

  /// Lets go of what is too much for memory; called behind rows, so that adding cannot fail.
  package mutating func settle() throws(SpillError) {
    guard count - spilled >= rowsInMemory else { return }
    if file == nil { file = try SpillFile.beside(firstOf: paths) }
    for piece in pieces {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(8 * piece.count)
      for word in piece { bytes.append(integer: word) }
      try file?.append(bytes)
    }
    spilled = count
    pieces = []
  }

  /// Changes the rows that are in memory.
  mutating func updateInMemory(_ change: (PersonFeatures) -> PersonFeatures) {
    for piece in pieces.indices {
      for start in stride(from: 0, to: pieces[piece].count, by: Self.width) {
        let changed = change(PersonFeatures(pieces[piece], at: start))
        for place in 0..<Self.width { pieces[piece][start + place] = changed.words[place] }
      }
    }
  }

  /// What a row is compared by, from memory or from the file.
  package func features(_ row: Int) throws(SpillError) -> PersonFeatures {
    if row >= spilled {
      let place = row - spilled
      return PersonFeatures(pieces[place >> Self.pieceBits], at: (place & (Self.pieceRows - 1)) * Self.width)
    }
    guard let file else { bug("rows are spilled and there is no file") }
    var bytes = [UInt8](repeating: 0, count: Self.rowBytes)
    try file.read(into: &bytes, from: 0, count: Self.rowBytes, at: row * Self.rowBytes)
    return PersonFeatures(Self.words(bytes), at: 0)
  }

  /// Visits all rows in their order.
  package func forEach(_ body: (Int, PersonFeatures) throws(SpillError) -> Void) throws(SpillError) {
    try forEach(in: 0..<count, body)
  }

  /// Visits rows in their order, those at some places.
  package func forEach(
    in places: Range<Int>, _ body: (Int, PersonFeatures) throws(SpillError) -> Void
  ) throws(SpillError) {
    let inFile = places.clamped(to: 0..<spilled)
    for start in stride(from: inFile.lowerBound, to: inFile.upperBound, by: Self.pieceRows) {
      let count = min(Self.pieceRows, inFile.upperBound - start)
      var bytes = [UInt8](repeating: 0, count: count * Self.rowBytes)
      try file?.read(into: &bytes, from: 0, count: bytes.count, at: start * Self.rowBytes)
      let words = Self.words(bytes)
      for row in 0..<count { try body(start + row, PersonFeatures(words, at: row * Self.width)) }
    }
    let inMemory = places.clamped(to: spilled..<count)
    var row = inMemory.lowerBound
    while row < inMemory.upperBound {
      let piece = pieces[(row - spilled) >> Self.pieceBits]
      let first = (row - spilled) & (Self.pieceRows - 1)
      let last = min(Self.pieceRows, first + inMemory.upperBound - row)
      for place in first..<last { try body(row + place - first, PersonFeatures(piece, at: place * Self.width)) }
      row += last - first
    }
  }

  private static func words(_ bytes: [UInt8]) -> [UInt64] {
    stride(from: 0, to: bytes.count, by: 8).map { bytes.span.word(at: $0) }
  }
}
