import Dispatch
import ElementCore
import Synchronization

/// Takes elements from `source` and runs `transform` on them in `workers` threads; the calling thread takes the results in
/// the order of the elements. Returns the source as it was left.
///
/// At most `workers + 2` elements are under way, which bounds memory, and the order makes the output the same for any
/// number of workers. Without workers everything happens on the calling thread.
func orderedParallel<Source: Sendable, Element: Sendable, Output: Sendable>(
  workers: Int, from source: Source, next: @escaping @Sendable (inout Source) throws -> Element?,
  transform: @escaping @Sendable (Element) -> Output, consume: (Output) throws -> Void
) throws -> Source {
  guard workers > 0 else {
    var source = source
    while let element = try next(&source) { try consume(transform(element)) }
    return source
  }
  let work = OrderedWork<Source, Output>(source, room: workers + 2)
  let group = DispatchGroup()
  for _ in 0..<workers {
    DispatchQueue.global().async(group: group) {
      while let (ordinal, element) = work.take(next) { work.deliver(transform(element), ordinal) }
    }
  }
  // Whatever fails, no worker outlives this call.
  defer {
    work.stop(workers)
    group.wait()
  }
  while let output = try work.collect() { try consume(output) }
  return work.source
}

/// What workers and collector share: the source, the results that wait for their turn, and how many may be under way.
private final class OrderedWork<Source: Sendable, Output: Sendable>: Sendable {
  private struct State: Sendable {
    var taken = 0
    var collected = 0
    var isEnded = false
    var failure: (any Error)?
    var outputs: [Int: Output] = [:]

    mutating func countTaken() -> Int {
      taken += 1
      return taken - 1
    }
  }

  private let state = Mutex(State())
  /// The source is read by one worker at a time.
  private let input: Mutex<Source>
  private let room = DispatchSemaphore(value: 0)
  private let news = DispatchSemaphore(value: 0)

  init(_ source: Source, room count: Int) {
    input = Mutex(source)
    for _ in 0..<count { room.signal() }
  }

  /// The source as it was left.
  var source: Source { input.withLock { $0 } }

  /// The next element and its number; nil when there is none, or the work has stopped.
  func take<Element: Sendable>(_ next: (inout Source) throws -> Element?) -> (Int, Element)? {
    room.wait()
    return input.withLock { source in
      if state.withLock({ $0.isEnded }) { return nil }
      let result = Result { try next(&source) }
      guard case .success(let element?) = result else {
        end(with: result)
        return nil
      }
      return (state.withLock { $0.countTaken() }, element)
    }
  }

  private func end<Element>(with result: Result<Element?, any Error>) {
    state.withLock { state in
      if case .failure(let error) = result { state.failure = error }
      state.isEnded = true
    }
    news.signal()
  }

  /// Hands a result over.
  func deliver(_ output: Output, _ ordinal: Int) {
    state.withLock { $0.outputs[ordinal] = output }
    news.signal()
  }

  /// The next result in order; nil behind the last.
  ///
  /// - Throws: what taking an element threw, once all results before it are collected.
  func collect() throws -> Output? {
    while true {
      let (output, isEnd, failure) = state.withLock { state -> (Output?, Bool, (any Error)?) in
        if let output = state.outputs.removeValue(forKey: state.collected) {
          state.collected += 1
          return (output, false, nil)
        }
        let isEnd = state.isEnded && state.collected == state.taken
        return (nil, isEnd, isEnd ? state.failure : nil)
      }
      if let output {
        room.signal()
        return output
      }
      if let failure { throw failure }
      if isEnd { return nil }
      news.wait()
    }
  }

  /// Lets waiting workers go home.
  func stop(_ workers: Int) {
    state.withLock { $0.isEnded = true }
    for _ in 0..<workers { room.signal() }
  }
}
