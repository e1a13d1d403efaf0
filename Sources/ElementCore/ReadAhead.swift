import Dispatch
import Synchronization

/// Makes elements in a thread of its own, a few ahead of whoever takes them, in order.
///
/// Safe to send: whoever holds it takes from one thread at a time.
package final class ReadAhead<Element: Sendable, Failure: Error>: @unchecked Sendable {
  private let work: Work
  private let group = DispatchGroup()
  /// How many elements were taken.
  private var taken = 0
  /// What came last: the end, or a failure.
  private var end: Result<Element?, Failure>?

  /// Begins to make elements, `count` ahead at most; `make` gives nil behind the last.
  package init(_ count: Int = 3, _ make: @escaping @Sendable () throws(Failure) -> Element?) {
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
  package func next() throws(Failure) -> Element? {
    if let end { return try end.get() }
    let result = work.take(taken)
    taken += 1
    if case .success(.some) = result {} else { end = result }
    return try result.get()
  }

  /// What both threads know: places that go from hand to hand, each signal one place.
  private final class Work: Sendable {
    private let places: [Place]
    private let isStopped = Atomic(false)
    private let room: DispatchSemaphore
    private let news = DispatchSemaphore(value: 0)

    init(_ count: Int) {
      places = (0..<count).map { _ in Place() }
      // A semaphore must not be lower at its end than it was at its beginning.
      room = DispatchSemaphore(value: 0)
      for _ in 0..<count { room.signal() }
    }

    func run(_ make: () throws(Failure) -> Element?) {
      for number in 0... {
        room.wait()
        if isStopped.load(ordering: .relaxed) { return }
        let result = Result { () throws(Failure) in try make() }
        places[number % places.count].result = result
        news.signal()
        guard case .success(.some) = result else { return }
      }
    }

    func take(_ number: Int) -> Result<Element?, Failure> {
      news.wait()
      defer { room.signal() }
      return places[number % places.count].take()
    }

    func stop() {
      isStopped.store(true, ordering: .relaxed)
      room.signal()
    }
  }

  /// Room for one element.
  ///
  /// Safe to send: who makes writes it before `news` is signalled, and who takes reads it after that and before `room` is.
  private final class Place: @unchecked Sendable {
    var result: Result<Element?, Failure>?

    func take() -> Result<Element?, Failure> {
      defer { result = nil }
      guard let result else { bug("an element that was told is not there") }
      return result
    }
  }
}
