import Foundation
import Glibc

/// Gives back what only the start of a run needed, before memory grows with the rows, and what only the rows needed behind them.
///
/// The program's own pages are read from its file again where they are needed again, and few are: most are of the reading of
/// schemas and of libraries that are asked once.
enum StartMemory {
  /// The bytes of input, and the rows, from which on it is worth it.
  static let (largeInput, manyRows) = (1 << 24, 100_000)

  /// Gives back the pages of code, which are the same in their files.
  static func giveBack() {
    guard let maps = FileManager.default.contents(atPath: "/proc/self/maps") else { return }
    for line in String(decoding: maps, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", omittingEmptySubsequences: true)
      guard parts.count == 6, parts[1] == "r-xp", parts[5].hasPrefix("/") else { continue }
      let ends = parts[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard ends.count == 2, ends[0] < ends[1] else { continue }
      // SAFETY: a private mapping of a file that is never written (r-x): its pages come from the file again, unchanged.
      _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: ends[0]), Int(ends[1] - ends[0]), MADV_DONTNEED)
    }
  }
}
