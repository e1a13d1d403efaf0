import Foundation

/// gzip(1), for data that our own reader must understand.
package enum Gzip {
  /// What it makes of some bytes at a level from 1 to 9.
  package static func pack(_ bytes: [UInt8], level: Int = 6) throws -> [UInt8] {
    let (process, input, output) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "gzip -n -\(level)"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // From another thread: what a pipe holds is little.
    DispatchQueue.global().async {
      try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
      try? input.fileHandleForWriting.close()
    }
    let out = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return [UInt8](out)
  }
}
