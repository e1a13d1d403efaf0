package import ElementCore
import ElementFormats
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
    InputWait.set(over: false)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) {
        Interruption.wish.store($0, ordering: .relaxed)
        InputWait.set(over: true)
      }
    }
  }

  /// The wish to stop; nil where there is none.
  package static var stopped: Stopped? {
    let number = wish.load(ordering: .relaxed)
    return number == 0 ? nil : Stopped(exitCode: 128 + number)
  }

  /// Throws where a stop was asked for.
  package static func check() throws(Stopped) {
    if let stopped { throw stopped }
  }
}
