import Foundation

/// Loops that are too long for every run: a part of them, or all where `YAOSU_LOOPS` is `all`. Else it is a number, such as one taken
/// from a commit, by which the part is chosen.
package enum LongLoop {
  /// Every `parts`-th of some cases; all of them where all are asked for.
  package static func part<Case>(_ all: some Sequence<Case>, of parts: Int) -> [Case] {
    let asked = ProcessInfo.processInfo.environment["YAOSU_LOOPS"] ?? ""
    let cases = Array(all)
    if asked == "all" { return cases }
    let first = (UInt(asked, radix: 16) ?? 0) % UInt(parts)
    return stride(from: Int(first), to: cases.count, by: parts).map { cases[$0] }
  }
}
