import Dispatch
import ElementCore
import GRDB
import Synchronization

/// What a connection of its own reads of a warehouse, in a thread of its own.
final class FileReading<Result: Sendable>: Sendable {
  private let outcome = Mutex<Swift.Result<Result, any Error>?>(nil)
  private let group = DispatchGroup()

  /// Begins to read the file at a path.
  init(_ path: String, _ read: @escaping @Sendable (Database) throws -> Result) {
    DispatchQueue.global().async(group: group) {
      let found = Swift.Result {
        try DatabaseQueue(path: path, configuration: Warehouse.configuration(.read)).read(read)
      }
      self.outcome.withLock { $0 = found }
    }
  }

  /// Waits for what was read.
  func result() throws -> Result {
    group.wait()
    guard let found = outcome.withLock({ $0 }) else { bug("a thread that ended has read nothing") }
    return try found.get()
  }
}
