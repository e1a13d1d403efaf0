import CZlib

/// What is wrong with compressed data.
package enum DeflateError: Error, Sendable, Hashable {
  /// The data ends within a member.
  case truncated
  /// The data or its check value is damaged: zlib's own words.
  case damaged(String)
  /// Something else than a further member follows the last one.
  case trailing
  /// There is no memory.
  case memory
}

/// Inflates gzip (RFC 1952), one member after the other, or one bare stream (RFC 1951), whatever pieces the data comes in.
///
/// Safe: the stream is on the heap, because zlib keeps its address, and `deinit` ends it; the buffers that zlib reads and
/// writes are its only for one call. There is one owner, who may hand it to another thread.
@safe package struct Inflater: ~Copyable, @unchecked Sendable {
  /// What stands around the compressed data.
  package enum Wrapping: Sendable {
    /// Members of gzip.
    case gzip
    /// Nothing: a member of a ZIP archive.
    case none
  }

  private let wrapping: Wrapping
  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether the data may end here: a member, or the stream, is whole.
  package private(set) var isAtEnd = false

  /// An inflater before the first byte.
  ///
  /// - Throws: `DeflateError.memory`.
  package init(_ wrapping: Wrapping) throws(DeflateError) {
    self.wrapping = wrapping
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe yaosu_inflate_begin(stream, wrapping == .gzip ? 15 + 16 : -15) == Z_OK else {
      unsafe stream.deallocate()
      throw .memory
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Inflates a piece into the beginning of `output`, and says how much of both was used: call again with the rest until all
  /// is consumed and less than the whole output was filled.
  ///
  /// - Throws: `DeflateError`.
  package mutating func inflate(_ input: Span<UInt8>, into output: inout [UInt8]) throws(DeflateError) -> (
    consumed: Int, produced: Int
  ) {
    if isAtEnd {
      guard wrapping == .gzip else { return (0, 0) }
      // Tapes and some senders pad with zeros.
      var padding = 0
      while padding < input.count, input[padding] == 0 { padding += 1 }
      if padding == input.count { return (padding, 0) }
      guard padding == 0, input[0] == 0x1F else { throw .trailing }
      unsafe inflateReset(stream)
      isAtEnd = false
    }
    let (space, window) = (output.count, input.count)
    let code = unsafe input.withUnsafeBufferPointer { bytes in
      unsafe output.withUnsafeMutableBufferPointer { room in
        // SAFETY: zlib reads `avail_in` bytes and writes `avail_out`, the sizes of the buffers, which outlive the call; it
        // does not write to its input, which C cannot say.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(window)
        unsafe stream.pointee.next_out = room.baseAddress
        unsafe stream.pointee.avail_out = UInt32(space)
        let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        unsafe stream.pointee.next_in = nil
        unsafe stream.pointee.next_out = nil
        return code
      }
    }
    switch code {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isAtEnd = true
    case Z_MEM_ERROR: throw .memory
    default: throw .damaged(unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "zlib \(code)")
    }
    return unsafe (window - Int(stream.pointee.avail_in), space - Int(stream.pointee.avail_out))
  }
}
