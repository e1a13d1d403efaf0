package import ElementCore
import Glibc
import Synchronization

/// The wish to stop, from SIGINT, SIGTERM or SIGHUP: a run ends between two batches and rolls back.
package enum Interruption {
  private static let wish = Atomic<Int32>(0)

  /// A run was asked to stop.
  package struct Stopped: Error, Sendable {
    /// The exit code: 128 and the number of the signal.
    package let exitCode: Int32
    /// What to tell.
    package let message = LocalizedText(zh: "已中断，台账库保持原样", en: "interrupted; the warehouse is as it was")
  }

  /// Listens for the signals from now on.
  package static func listen() {
    // The word is made before any signal can ask for it: a handler may only store.
    wish.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number) { Interruption.wish.store($0, ordering: .relaxed) } }
  }

  /// Throws where a stop was asked for.
  static func check() throws(Stopped) {
    let number = wish.load(ordering: .relaxed)
    if number != 0 { throw Stopped(exitCode: 128 + number) }
  }
}
