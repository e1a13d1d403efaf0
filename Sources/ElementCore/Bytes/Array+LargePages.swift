import Dispatch
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
      // Getting pages takes long, and several threads get them at once.
      let pages = unsafe UncheckedBuffer(buffer: buffer)
      let share = count < largePage ? Swift.max(1, count) : (count + 1) / 2
      DispatchQueue.concurrentPerform(iterations: (count + share - 1) / share) { part in
        // SAFETY: the parts are within the buffer and do not overlap.
        unsafe pages.buffer.extracting(part * share..<Swift.min(count, (part + 1) * share)).initialize(repeating: 0)
      }
      initializedCount = count
    }
  }
}

/// Memory whose parts several threads write.
///
/// Safe to send: each of them writes a part of its own.
@unsafe private struct UncheckedBuffer: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<UInt32>
}
