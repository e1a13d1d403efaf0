import Dispatch
import ElementCore
import Synchronization

/// Work on a sequence of elements in stages: taken and transformed in any order, settled and consumed in theirs.
///
/// `next` takes an element from the source, `transform` works on it alone, `settle` enters it in the ledger, in order; all
/// three run in workers. `consume` runs on the calling thread, in order, beside them.
struct OrderedStages<Source: Sendable, Ledger: Sendable, Element: Sendable, Output: Sendable, Decision: Sendable>: Sendable {
  /// Takes the next element; nil behind the last.
  let next: @Sendable (inout Source) throws -> Element?
  /// Works on an element, knowing nothing of others; the element is its own, so that changing it copies nothing.
  let transform: @Sendable (consuming Element) -> Output
  /// Enters what came of an element, after all before it.
  let settle: @Sendable (inout Ledger, Output) throws -> Decision

  /// Runs the stages in `workers` threads and returns source and ledger as they were left.
  ///
  /// At most `workers + 2` elements are under way, which bounds memory, and the order makes the result the same for any
  /// number of workers. Without workers everything happens on the calling thread.
  func run(workers: Int, from source: Source, into ledger: Ledger, consume: (Decision) throws -> Void) throws -> (
    Source, Ledger
  ) {
    guard workers > 0 else {
      var (source, ledger) = (source, ledger)
      while let element = try next(&source) { try consume(settle(&ledger, transform(consume element))) }
      return (source, ledger)
    }
    let work = OrderedWork(self, source, ledger, room: workers + 2)
    let group = DispatchGroup()
    for _ in 0..<workers {
      DispatchQueue.global().async(group: group) {
        while let (ordinal, element) = work.take() { work.deliver(transform(consume element), ordinal) }
      }
    }
    // Whatever fails, no worker outlives this call.
    defer {
      work.stop(workers)
      group.wait()
    }
    while let decision = try work.collect() { try consume(decision) }
    return work.ends
  }
}

/// What workers and collector share: source, ledger, the results that wait for their turn, and how many may be under way.
private final class OrderedWork<Source: Sendable, Ledger: Sendable, Element: Sendable, Output: Sendable, Decision: Sendable>:
  Sendable
{
  private struct State: Sendable {
    var taken = 0
    /// The number of the result whose turn it is to be settled.
    var turn = 0
    /// How many results are settled, their decisions there to collect.
    var settled = 0
    var isEnded = false
    var failure: (any Error)?
    var outputs: [Int: Output] = [:]
    /// Whether a worker settles results: it takes all that become due meanwhile, and no other waits for it.
    var isSettling = false
    var decisions: [Decision] = []

    mutating func countTaken() -> Int {
      taken += 1
      return taken - 1
    }

    /// Keeps a result and says whether the caller is to settle what is due.
    mutating func keep(_ output: Output, _ ordinal: Int) -> Bool {
      outputs[ordinal] = output
      defer { isSettling = true }
      return !isSettling
    }

    /// The result whose turn it is; nil where it is not there, and whoever settled goes.
    mutating func due() -> Output? {
      guard let output = outputs.removeValue(forKey: turn) else {
        isSettling = false
        return nil
      }
      turn += 1
      return output
    }

    /// A decision counts as settled together with its being there: the collector must not end between the two.
    mutating func add(_ decision: Decision) {
      decisions.append(decision)
      settled += 1
    }

    mutating func end(_ error: (any Error)?) {
      failure = failure ?? error
      isEnded = true
    }
  }

  private let stages: OrderedStages<Source, Ledger, Element, Output, Decision>
  private let state = Mutex(State())
  /// The source is read, and the ledger written, by one worker at a time.
  private let source: Mutex<Source>
  private let ledger: Mutex<Ledger>
  private let room = DispatchSemaphore(value: 0)
  private let news = DispatchSemaphore(value: 0)

  init(
    _ stages: OrderedStages<Source, Ledger, Element, Output, Decision>, _ source: Source, _ ledger: Ledger, room count: Int
  ) {
    self.stages = stages
    self.source = Mutex(source)
    self.ledger = Mutex(ledger)
    for _ in 0..<count { room.signal() }
  }

  /// Source and ledger as they were left.
  var ends: (Source, Ledger) { (source.withLock { $0 }, ledger.withLock { $0 }) }

  /// The next element and its number; nil when there is none, or the work has stopped.
  func take() -> (Int, Element)? {
    room.wait()
    return source.withLock { source in
      if state.withLock({ $0.isEnded }) { return nil }
      let result = Result { try stages.next(&source) }
      if case .success(let element?) = result { return (state.withLock { $0.countTaken() }, element) }
      end(result.failure)
      return nil
    }
  }

  /// Hands a result over and settles all that are due.
  func deliver(_ output: Output, _ ordinal: Int) {
    guard state.withLock({ $0.keep(output, ordinal) }) else { return }
    ledger.withLock { ledger in
      while let due = state.withLock({ $0.due() }) {
        do {
          let decision = try stages.settle(&ledger, due)
          state.withLock { $0.add(decision) }
          news.signal()
        } catch {
          end(error)
          return
        }
      }
    }
  }

  private func end(_ error: (any Error)?) {
    state.withLock { $0.end(error) }
    news.signal()
  }

  /// The next decision in order; nil behind the last.
  ///
  /// - Throws: what a stage threw, once all decisions before it are collected.
  func collect() throws -> Decision? {
    while true {
      let (decision, isEnd, failure) = state.withLock { state -> (Decision?, Bool, (any Error)?) in
        if !state.decisions.isEmpty { return (state.decisions.removeFirst(), false, nil) }
        let isEnd = state.isEnded && (state.settled == state.taken || state.failure != nil)
        return (nil, isEnd, state.failure)
      }
      if let decision {
        room.signal()
        return decision
      }
      if isEnd {
        if let failure { throw failure }
        return nil
      }
      news.wait()
    }
  }

  /// Lets waiting workers go home.
  func stop(_ workers: Int) {
    state.withLock { $0.isEnded = true }
    for _ in 0..<workers { room.signal() }
  }
}

extension Result {
  /// The error; nil for a success.
  fileprivate var failure: Failure? {
    if case .failure(let error) = self { return error }
    return nil
  }
}
