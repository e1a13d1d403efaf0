import Glibc

extension [UInt32] {
  /// Zeros, in large pages where the system lends them: what is looked up all over a large table is found later where the
  /// processor must first find its page.
  init(zerosInLargePages count: Int) {
    self = unsafe [UInt32](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      let largePage = 1 << 21
      let start = UInt(bitPattern: UnsafeMutableRawPointer(buffer.baseAddress))
      let first = (start + UInt(largePage) - 1) & ~UInt(largePage - 1)
      let end = (start + UInt(count * 4)) & ~UInt(largePage - 1)
      // SAFETY: whole pages within the array's own memory; the advice changes no byte, and it may be refused.
      if first < end { _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE) }
      unsafe buffer.initialize(repeating: 0)
      initializedCount = count
    }
  }
}
