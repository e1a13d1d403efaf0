import Crypto
import Dispatch
import ElementCore
import Synchronization

/// The SHA-256 of a file, taken in a thread of its own while others read the file.
final class BackgroundDigest: Sendable {
  private let hash = Mutex(SHA256())
  private let failure = Mutex<InputError?>(nil)
  private let group = DispatchGroup()

  /// Begins to read a file.
  init(_ file: InputFile) {
    // A queue of its own always has a thread, however many wait for this.
    DispatchQueue(label: "digest").async(group: group) { self.read(file) }
  }

  private func read(_ file: InputFile) {
    do throws(InputError) {
      try file.forEachPiece { bytes in hash.withLock { $0.update(data: bytes) } }
    } catch {
      failure.withLock { $0 = error }
    }
  }

  /// The digest in lower-case hexadecimal, when the whole file is read.
  ///
  /// - Throws: `InputError` of kind `unreadable`.
  func value() throws(InputError) -> String {
    group.wait()
    if let error = failure.withLock({ $0 }) { throw error }
    return hash.withLock { Hexadecimal.text(Array($0.finalize())) }
  }
}
