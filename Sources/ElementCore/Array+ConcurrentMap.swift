import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// What `transform` makes of each element, in their order; several threads work on them at once.
  ///
  /// - Throws: what it threw for the first element for which it did.
  package func concurrentMap<Output: Sendable, Failure: Error>(
    _ transform: @Sendable (Element) throws(Failure) -> Output
  ) throws(Failure) -> [Output] {
    if count < 2 {
      var out: [Output] = []
      for element in self { out.append(try transform(element)) }
      return out
    }
    let results = Mutex<[Result<Output, Failure>?]>(Array<Result<Output, Failure>?>(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = Result { () throws(Failure) in try transform(self[index]) }
      results.withLock { $0[index] = result }
    }
    var out: [Output] = []
    for result in results.withLock({ $0 }) {
      guard let result else { bug("an element was left out") }
      out.append(try result.get())
    }
    return out
  }
}
