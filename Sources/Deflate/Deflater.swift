import CZlib
import ElementCore

/// Deflates a bare stream (RFC 1951), whatever pieces the data comes in.
///
/// Safe: the stream is on the heap, because zlib keeps its address, and `deinit` ends it; the buffers that zlib reads and
/// writes are its only for one call.
@safe package struct Deflater: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>
  private static let roomSize = 1 << 16

  /// A deflater before the first byte.
  ///
  /// - Throws: `DeflateError.memory`.
  package init() throws(DeflateError) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe yaosu_deflate_begin(stream) == Z_OK else {
      unsafe stream.deallocate()
      throw .memory
    }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Deflates a piece and appends what comes of it to `output`; the last piece `ends` the stream.
  package mutating func deflate(_ input: Span<UInt8>, ends: Bool, into output: inout [UInt8]) {
    unsafe input.withUnsafeBufferPointer { bytes in
      // SAFETY: zlib reads `avail_in` bytes, the size of the span, which outlives the loop; it does not write to its input,
      // which C cannot say.
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(bytes.count)
      var isFull = true
      while isFull {
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: Deflater.roomSize))
        let left = unsafe output.withUnsafeMutableBufferPointer { room in
          // SAFETY: zlib writes `avail_out` bytes from `start` on, and so many were appended.
          unsafe stream.pointee.next_out = room.baseAddress.map { unsafe $0 + start }
          unsafe stream.pointee.avail_out = UInt32(Deflater.roomSize)
          // With room for output and no concurrent use neither Z_OK, Z_STREAM_END nor Z_BUF_ERROR is a fault.
          let code = unsafe CZlib.deflate(stream, ends ? Z_FINISH : Z_NO_FLUSH)
          if code == Z_STREAM_ERROR { bug("zlib refuses its own stream") }
          return unsafe Int(stream.pointee.avail_out)
        }
        output.removeLast(left)
        isFull = left == 0
      }
      unsafe stream.pointee.next_in = nil
      unsafe stream.pointee.next_out = nil
    }
  }
}
