import Dispatch
import ElementCore
import Synchronization

/// Runs `transform` on up to `width` elements at once and hands the results over in the order of the input.
///
/// `next` and `consume` run on the calling thread only: a window of at most `width` elements in flight bounds memory, and
/// the order makes the output the same for any width.
func orderedParallel<Element: Sendable, Output: Sendable>(
  width: Int, next: () throws -> Element?, transform: @escaping @Sendable (Element) -> Output, consume: (Output) throws -> Void
) throws {
  guard width > 1 else {
    while let element = try next() { try consume(transform(element)) }
    return
  }
  var window: [Pending<Output>] = []
  // Whatever fails, no worker outlives this call.
  defer { for pending in window { _ = pending.wait() } }
  while true {
    while window.count < width, let element = try next() {
      let pending = Pending<Output>()
      window.append(pending)
      DispatchQueue.global().async { pending.fulfil(transform(element)) }
    }
    if window.isEmpty { return }
    let first = window.removeFirst()
    try consume(first.wait())
  }
}

/// A result that a worker will deliver once.
private final class Pending<Output: Sendable>: Sendable {
  private let slot = Mutex<Output?>(nil)
  private let ready = DispatchSemaphore(value: 0)

  func fulfil(_ output: Output) {
    slot.withLock { $0 = output }
    ready.signal()
  }

  func wait() -> Output {
    ready.wait()
    guard let output = slot.withLock({ $0 }) else { bug("a worker delivered nothing") }
    return output
  }
}
