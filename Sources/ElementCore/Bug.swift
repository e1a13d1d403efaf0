#if canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Ends the program because it is wrong, with one line that holds no data, and exit code 70.
///
/// A release build prints nothing for a failed `precondition`; what a maintainer must hear of goes through here.
package func bug(_ what: StaticString, file: StaticString = #fileID, line: UInt = #line) -> Never {
  let text = "yaosu: internal error: \(what) (\(file):\(line))\n"
  unsafe Array(text.utf8).withUnsafeBufferPointer { bytes in
    // SAFETY: `bytes` is valid for its own count while the closure runs.
    _ = unsafe write(2, bytes.baseAddress, bytes.count)
  }
  exit(70)
}
