import ElementCore

/// What a file of `PageFileSystem` is read from.
package class PageSource {
  /// Copies bytes from `offset` (from 0) on; false where there are none.
  func read(_ target: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool { bug("a source of pages has none") }
}

/// Gives leaves numbers that none had before: a page that SQLite kept would bring rows that are there already, which it refuses.
final class LeafNumbers {
  private var next = PageFormat.firstLeaf

  /// The first of so many numbers.
  func take(_ count: Int) -> Int {
    defer { next += count }
    return next
  }
}
