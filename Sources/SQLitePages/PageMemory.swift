/// The memory of a page, all zeros at first.
///
/// Safe: it is this object's own from `init` to `deinit`; whoever takes `start` keeps the object.
@safe final class PageMemory {
  /// Where the page begins.
  let start: UnsafeMutableRawPointer

  /// An empty page.
  init() {
    unsafe start = .allocate(byteCount: PageFormat.pageSize, alignment: 16)
    unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: PageFormat.pageSize)
  }

  deinit { unsafe start.deallocate() }

  /// Copies bytes from `place` (from 0) on; false where they do not lie in the page.
  func read(_ target: UnsafeMutableRawBufferPointer, at place: Int) -> Bool {
    guard place >= 0, place + target.count <= PageFormat.pageSize else { return false }
    // SAFETY: they lie in the page.
    unsafe target.copyMemory(from: UnsafeRawBufferPointer(start: start + place, count: target.count))
    return true
  }
}
