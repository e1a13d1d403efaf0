import Glibc

/// libFuzzer's own main function.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ target: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The target of this process: libFuzzer calls a function without a context.
nonisolated(unsafe) private var chosen: FuzzTarget?

private func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // SAFETY: libFuzzer hands over so many bytes, and keeps them until the call returns; `chosen` is set before it starts.
  unsafe chosen?.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

/// The symbol by which libFuzzer's runtime is linked.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt { unsafe testOneInput(bytes, count) }

/// `yaosu-fuzz TARGET [what libFuzzer takes]`.
@main
struct FuzzDriver {
  /// Runs libFuzzer on the target that the first argument names.
  static func main() {
    guard CommandLine.arguments.count > 1, let target = FuzzTarget(rawValue: CommandLine.arguments[1]) else {
      print("usage: yaosu-fuzz \(FuzzTarget.allCases.map(\.rawValue).joined(separator: "|")) [OPTION|FILE|FOLDER …]")
      exit(2)
    }
    unsafe chosen = target
    // The name of the target is not libFuzzer's.
    var rest = unsafe ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)).map { unsafe strdup($0) }
    var count = CInt(CommandLine.arguments.count - 1)
    // SAFETY: the copies of the arguments are never freed, and the array outlives the call.
    let code = unsafe rest.withUnsafeMutableBufferPointer { buffer -> CInt in
      guard var start = buffer.baseAddress else { return 2 }
      return unsafe runDriver(&count, &start, testOneInput)
    }
    exit(code)
  }
}
