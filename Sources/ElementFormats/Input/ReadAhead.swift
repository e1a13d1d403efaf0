import Dispatch
import Synchronization

/// Makes elements in a thread of its own, a few ahead of whoever takes them, in order.
final class ReadAhead<Element: Sendable>: Sendable {
  private let work: Work
  private let group = DispatchGroup()

  /// Begins to make elements, `count` ahead at most; `make` gives nil behind the last.
  init(_ count: Int = 3, _ make: @escaping @Sendable () throws(InputError) -> Element?) {
    let work = Work(count)
    self.work = work
    // A queue of its own always has a thread, however many wait for what it makes.
    DispatchQueue(label: "read ahead").async(group: group) { work.run(make) }
  }

  deinit {
    work.stop()
    group.wait()
  }

  /// The next element; nil behind the last.
  ///
  /// - Throws: what making it threw.
  func next() throws(InputError) -> Element? { try work.next() }

  /// What both threads know.
  private final class Work: Sendable {
    private let state = Mutex<(made: [Element], failure: InputError?, isEnded: Bool)>(([], nil, false))
    private let room: DispatchSemaphore
    private let news = DispatchSemaphore(value: 0)

    init(_ count: Int) {
      // A semaphore must not be lower at its end than it was at its beginning.
      room = DispatchSemaphore(value: 0)
      for _ in 0..<count { room.signal() }
    }

    func run(_ make: () throws(InputError) -> Element?) {
      while true {
        room.wait()
        if state.withLock({ $0.isEnded }) { return }
        do {
          let element = try make()
          state.withLock { state in
            if let element { state.made.append(element) } else { state.isEnded = true }
          }
        } catch {
          state.withLock { ($0.failure, $0.isEnded) = (error, true) }
        }
        news.signal()
      }
    }

    func next() throws(InputError) -> Element? {
      while true {
        let (element, failure, isEnded) = state.withLock { state in
          state.made.isEmpty ? (nil, state.failure, state.isEnded) : (state.made.removeFirst(), nil, false)
        }
        if let element {
          room.signal()
          return element
        }
        if let failure { throw failure }
        if isEnded { return nil }
        news.wait()
      }
    }

    func stop() {
      state.withLock { $0.isEnded = true }
      room.signal()
    }
  }
}
