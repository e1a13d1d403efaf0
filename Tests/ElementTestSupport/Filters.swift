import Foundation

/// gzip(1), for data that our own reader must understand.
package enum Gzip {
  /// What it makes of some bytes at a level from 1 to 9.
  package static func pack(_ bytes: [UInt8], level: Int = 6) throws -> [UInt8] {
    try Filter.run(["gzip", "-n", "-\(level)"], input: bytes)
  }
}

/// Python 3, which the scripts of the project need as well.
package enum Python {
  /// What a script writes to standard output.
  package static func run(_ script: String, input: [UInt8]) throws -> [UInt8] {
    try Filter.run(["python3", "-c", script], input: input)
  }
}

/// Another program that turns standard input into standard output.
private enum Filter {
  static func run(_ command: [String], input: [UInt8]) throws -> [UInt8] {
    let (process, source, output) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = source
    process.standardOutput = output
    try process.run()
    // From another thread: what a pipe holds is little.
    DispatchQueue.global().async {
      try? source.fileHandleForWriting.write(contentsOf: Data(input))
      try? source.fileHandleForWriting.close()
    }
    let out = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return [UInt8](out)
  }
}
