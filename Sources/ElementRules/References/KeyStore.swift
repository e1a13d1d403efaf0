import ElementCore
import ElementFormats
import Synchronization

/// Hashes of keys that may be many: the first million in memory, beyond that sorted on disk, in files without a name.
package struct KeyStore: Sendable {
  /// How many keys are held in memory before they go to disk.
  static let memoryLimit = 1 << 20

  private var recent: KeySet
  private var sorted: [SortedKeys] = []
  private var limit: Int

  /// A store for so many keys; `limit` is how many stay in memory.
  init(expected: Int = 0, limit: Int = KeyStore.memoryLimit) {
    recent = KeySet(expected: min(expected, limit))
    self.limit = limit
  }

  /// Whether there are no keys.
  var isEmpty: Bool { recent.count == 0 && sorted.isEmpty }

  /// Adds the hash of a key.
  mutating func insert(_ hash: UInt64) {
    recent.insert(hash)
    // What goes to disk anyway goes in small pieces.
    if recent.count >= (sorted.isEmpty ? limit : max(1, limit / 8)) { spill() }
  }

  /// Gets ready for being asked: many files become one.
  mutating func seal() {
    guard !sorted.isEmpty else { return }
    spill()
    if sorted.count > 1, let merged = try? SortedKeys(merging: sorted) { sorted = [merged] }
  }

  /// Whether the hash of a key was added.
  func contains(_ hash: UInt64) -> Bool {
    if recent.count > 0, recent.contains(hash) { return true }
    for keys in sorted where keys.contains(KeySet.stored(hash)) { return true }
    return false
  }

  /// Refuses answers that were given without reading what they needed.
  func confirmRead() throws(InputError) {
    for keys in sorted { try keys.confirmRead() }
  }

  /// Where there is no room on disk the keys stay in memory.
  private mutating func spill() {
    if recent.count == 0 { return }
    let hashes = recent.drain()
    if let keys = try? SortedKeys(hashes) {
      sorted.append(keys)
    } else {
      // Not tried again: no disk is better than a try at every key.
      limit = .max
      recent = KeySet(expected: hashes.count * 2)
      for hash in hashes { recent.insert(hash) }
    }
  }
}

/// Ascending hashes in a file, of which every 64th is known in memory: one small read answers a question.
final class SortedKeys: Sendable {
  private static let block = 64
  private let file: InputFile
  private let count: Int
  /// The first hash of each block.
  private let fences: [UInt64]
  private let failure = Mutex<InputError?>(nil)

  /// Writes hashes that are ascending.
  convenience init(_ hashes: [UInt64]) throws(InputError) {
    var rest = hashes[...]
    try self.init { () throws(InputError) in rest.popFirst() }
  }

  /// Merges files into one; a hash that stands in several is written once.
  convenience init(merging parts: [SortedKeys]) throws(InputError) {
    var cursors: [Cursor] = []
    for part in parts { cursors.append(try Cursor(part)) }
    try self.init { () throws(InputError) in
      var least: UInt64?
      for cursor in cursors {
        if let head = cursor.head { least = min(least ?? head, head) }
      }
      for place in cursors.indices where least != nil && cursors[place].head == least { try cursors[place].advance() }
      return least
    }
  }

  /// Writes what `next` gives until it gives nil.
  private init(_ next: () throws(InputError) -> UInt64?) throws(InputError) {
    var fences: [UInt64] = []
    var count = 0
    file = try InputFile(spooling: "-") { (write) throws(InputError) in
      var buffer: [UInt8] = []
      buffer.reserveCapacity(1 << 16)
      while let hash = try next() {
        if count % SortedKeys.block == 0 { fences.append(hash) }
        count += 1
        for shift in stride(from: 0, to: 64, by: 8) { buffer.append(UInt8(truncatingIfNeeded: hash >> UInt64(shift))) }
        if buffer.count < 1 << 16 { continue }
        try write(buffer, buffer.count)
        buffer.removeAll(keepingCapacity: true)
      }
      try write(buffer, buffer.count)
    }
    (self.fences, self.count) = (fences, count)
  }

  /// Whether a hash stands in the file; what cannot be read counts as found, and `confirmRead` tells.
  func contains(_ hash: UInt64) -> Bool {
    let behind = fences.firstPlace { $0 > hash }
    guard behind > 0 else { return false }
    do {
      let bytes = try bytes(of: behind - 1)
      return Self.contains(bytes.span, hash)
    } catch {
      failure.withLock { $0 = error }
      return true
    }
  }

  /// Refuses answers that were given without reading what they needed.
  func confirmRead() throws(InputError) {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  private static func contains(_ block: Span<UInt8>, _ hash: UInt64) -> Bool {
    var (low, high) = (0, block.count / 8)
    while low < high {
      let middle = (low + high) / 2
      let word = block.word(at: middle * 8)
      if word == hash { return true }
      if word < hash { low = middle + 1 } else { high = middle }
    }
    return false
  }

  /// The hashes of a block (from 0), as they stand in the file.
  private func bytes(of block: Int) throws(InputError) -> [UInt8] {
    let start = block * SortedKeys.block
    return try file.bytes(start * 8..<min(start + SortedKeys.block, count) * 8)
  }

  /// A place in a file that is merged.
  private struct Cursor {
    private let keys: SortedKeys
    private var block = 0
    private var bytes: [UInt8]
    private var place = 0

    init(_ keys: SortedKeys) throws(InputError) {
      self.keys = keys
      bytes = try keys.bytes(of: 0)
    }

    /// The hash here; nil behind the last.
    var head: UInt64? { place < bytes.count ? bytes.span.word(at: place) : nil }

    mutating func advance() throws(InputError) {
      place += 8
      guard place == bytes.count, (block + 1) * SortedKeys.block < keys.count else { return }
      block += 1
      bytes = try keys.bytes(of: block)
      place = 0
    }
  }
}
