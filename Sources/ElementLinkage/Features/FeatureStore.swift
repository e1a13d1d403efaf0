package import ElementCore

/// The features of all rows of a run, by their places from 0: in memory up to a bound, beyond it in a file without a name.
package struct FeatureStore: Sendable {
  private var words: [UInt64] = []
  private var file: SpillFile?
  /// Rows in the file; those behind them are in memory.
  private(set) var spilled = 0
  private let paths: [String]
  private let rowsInMemory: Int

  private static let rowBytes = 8 * PersonFeatures.wordCount

  /// A store that keeps so many bytes in memory, and more in a file beside the first of `paths` that has room for one.
  package init(beside paths: [String], bytesInMemory: Int = 128 << 20) {
    (self.paths, rowsInMemory) = (paths, max(1, bytesInMemory / Self.rowBytes))
  }

  /// How many rows there are.
  package var count: Int { spilled + words.count / PersonFeatures.wordCount }

  /// Adds a row.
  package mutating func append(_ features: PersonFeatures) {
    for place in 0..<PersonFeatures.wordCount { words.append(features.words[place]) }
  }

  /// Lets go of what is too much for memory; called behind rows, so that adding cannot fail.
  package mutating func settle() throws(SpillError) {
    guard words.count / PersonFeatures.wordCount >= rowsInMemory else { return }
    if file == nil { file = try SpillFile.beside(firstOf: paths) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * words.count)
    for word in words { bytes.append(integer: word) }
    try file?.append(bytes)
    spilled += words.count / PersonFeatures.wordCount
    words.removeAll(keepingCapacity: true)
  }

  /// Changes the rows that are in memory.
  mutating func updateInMemory(_ change: (PersonFeatures) -> PersonFeatures) {
    for start in stride(from: 0, to: words.count, by: PersonFeatures.wordCount) {
      let changed = change(PersonFeatures(words, at: start))
      for place in 0..<PersonFeatures.wordCount { words[start + place] = changed.words[place] }
    }
  }

  /// What a row is compared by, from memory or from the file.
  package func features(_ row: Int) throws(SpillError) -> PersonFeatures {
    if row >= spilled { return PersonFeatures(words, at: (row - spilled) * PersonFeatures.wordCount) }
    guard let file else { bug("rows are spilled and there is no file") }
    var bytes = [UInt8](repeating: 0, count: Self.rowBytes)
    try file.read(into: &bytes, from: 0, count: Self.rowBytes, at: row * Self.rowBytes)
    return PersonFeatures(Self.words(bytes), at: 0)
  }

  /// Visits all rows in their order.
  package func forEach(_ body: (Int, PersonFeatures) throws(SpillError) -> Void) throws(SpillError) {
    let piece = 4_096
    for start in stride(from: 0, to: spilled, by: piece) {
      let count = min(piece, spilled - start)
      var bytes = [UInt8](repeating: 0, count: count * Self.rowBytes)
      try file?.read(into: &bytes, from: 0, count: bytes.count, at: start * Self.rowBytes)
      let words = Self.words(bytes)
      for row in 0..<count { try body(start + row, PersonFeatures(words, at: row * PersonFeatures.wordCount)) }
    }
    for row in spilled..<count { try body(row, PersonFeatures(words, at: (row - spilled) * PersonFeatures.wordCount)) }
  }

  private static func words(_ bytes: [UInt8]) -> [UInt64] {
    stride(from: 0, to: bytes.count, by: 8).map { bytes.span.word(at: $0) }
  }
}
