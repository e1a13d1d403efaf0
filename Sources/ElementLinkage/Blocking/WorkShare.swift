import Dispatch
import ElementCore
import Synchronization

/// Work in parts that several threads take one after another; what comes of the parts stands in their order, whoever did them.
enum WorkShare {
  /// What `transform` makes of each part from 0, by at most `jobs` threads.
  ///
  /// - Throws: what it threw for the first part for which it did.
  static func map<Output: Sendable, Failure: Error>(
    _ parts: Int, jobs: Int, _ transform: @Sendable (Int) throws(Failure) -> Output
  ) throws(Failure) -> [Output] {
    let next = Mutex(0)
    let results = Mutex<[Result<Output, Failure>?]>(Array<Result<Output, Failure>?>(repeating: nil, count: parts))
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, parts))) { _ in
      while true {
        let part = next.withLock { next in
          defer { next += 1 }
          return next
        }
        if part >= parts { return }
        let result = Result { () throws(Failure) in try transform(part) }
        results.withLock { $0[part] = result }
      }
    }
    var out: [Output] = []
    for result in results.withLock({ $0 }) {
      guard let result else { bug("a part was left out") }
      out.append(try result.get())
    }
    return out
  }
}
