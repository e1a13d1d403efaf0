import Crypto
import Dispatch
import ElementCore
import ElementFormats
import Synchronization

/// SHA-256 and SM3 of a file, taken in a thread of its own while the next piece is made.
package final class FileDigests: Sendable {
  /// The digests in lower-case hexadecimal digits, and the number of bytes.
  package struct Value: Sendable, Hashable {
    /// SHA-256 (FIPS 180-4).
    package let sha256: String
    /// SM3 (GB/T 32905).
    package let sm3: String
    /// How many bytes they are of.
    package let bytes: Int
  }

  private struct State: Sendable {
    var sha256 = SHA256()
    var sm3 = SM3()
    var bytes = 0
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "digests")
  /// So many pieces may wait, so that memory does not grow where hashing is slower than writing.
  private let room = DispatchSemaphore(value: 4)

  /// Digests of nothing yet.
  package init() {}

  /// Takes a piece in; waits where too many wait.
  package func update(_ bytes: [UInt8]) {
    room.wait()
    queue.async { [self] in
      state.withLock { state in
        state.sha256.update(data: bytes)
        state.sm3.update(bytes.span)
        state.bytes += bytes.count
      }
      room.signal()
    }
  }

  /// The digests of all that came.
  package func value() -> Value {
    queue.sync {}
    return state.withLock { state in
      Value(
        sha256: Hexadecimal.text(Array(state.sha256.finalize())), sm3: Hexadecimal.text(state.sm3.finalize()),
        bytes: state.bytes)
    }
  }

  /// The digests of bytes that are there.
  package static func of(_ bytes: [UInt8]) -> Value {
    let digests = FileDigests()
    digests.update(bytes)
    return digests.value()
  }
}
