import Foundation

/// Runs the built commands as a user would.
package enum Program {
  /// What a run of a command came to.
  package struct Result: Sendable {
    /// The exit code.
    package let code: Int32
    /// Standard output.
    package let output: String
    /// Standard error.
    package let talk: String
  }

  /// The folder of the built programs: that of the test bundle.
  private static let folder: URL = {
    if let named = ProcessInfo.processInfo.environment["YAOSU_BIN"] { return URL(fileURLWithPath: named) }
    return URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
  }()

  /// The path of a built program.
  package static func path(_ program: String) -> String { folder.appendingPathComponent(program).path }

  /// Runs a command of ours, or one by its whole path, with arguments, in a folder, with text on standard input.
  package static func run(
    _ arguments: [String], program: String = "yaosu", in directory: String? = nil, input: [UInt8] = [],
    environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = program.hasPrefix("/") ? URL(fileURLWithPath: program) : folder.appendingPathComponent(program)
    process.arguments = arguments
    process.currentDirectoryURL = directory.map { URL(fileURLWithPath: $0) } ?? Repository.root
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("YAOSU_") }
    variables.merge(environment) { $1 }
    process.environment = variables
    let (output, talk, source) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = talk
    process.standardInput = source
    try process.run()
    try source.fileHandleForWriting.write(contentsOf: Data(input))
    try source.fileHandleForWriting.close()
    // Talk is drained beside the output, so that neither pipe can fill up and stop the program.
    let drained = Drain(talk.fileHandleForReading)
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      code: process.terminationStatus, output: String(decoding: data, as: UTF8.self),
      talk: String(decoding: drained.wait(), as: UTF8.self))
  }
}

/// Reads a pipe to its end on a thread of its own.
private final class Drain: @unchecked Sendable {
  // Safe: `data` is written before `done` is signalled and read after it was waited for.
  private var data = Data()
  private let done = DispatchSemaphore(value: 0)

  init(_ handle: FileHandle) {
    DispatchQueue.global().async {
      self.data = handle.readDataToEndOfFile()
      self.done.signal()
    }
  }

  func wait() -> Data {
    done.wait()
    return data
  }
}
