import Synchronization

#if canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Waiting for bytes that another program gives, which may take as long as it wants.
package enum InputWait {
  private static let isOver = Atomic<Bool>(false)

  /// Waits from now on, or, `over`, no more, since the program is to stop; a signal handler may say so.
  package static func set(over: Bool) { isOver.store(over, ordering: .relaxed) }

  /// A program that was asked to stop ends within so many milliseconds, even where the signal came to another thread.
  private static let step: CInt = 200

  /// Waits until there are bytes, or an end, to read; false where the program is to stop.
  static func until(readable descriptor: CInt) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while !isOver.load(ordering: .relaxed) {
      // SAFETY: `wanted` is one structure and lives through the call. What cannot be waited for, `read` says why.
      let ready = unsafe poll(&wanted, 1, step)
      if ready > 0 || (ready < 0 && errno != EINTR) { return true }
    }
    return false
  }
}
