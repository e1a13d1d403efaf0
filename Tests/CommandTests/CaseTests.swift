import ElementTestSupport
import Foundation
import Testing

/// The inputs that were read wrongly once, run as a clerk would (`Fixtures/cases`).
struct CaseTests {
  static let folder = "Tests/Fixtures/cases"
  static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: Repository.path(folder))) ?? []).filter {
      FileManager.default.fileExists(atPath: Repository.path("\(folder)/\($0)/cmd"))
    }.sorted()

  @Test(arguments: LongLoop.part(names, of: 2)) func `a case says what it must and nothing that it must not`(_ name: String)
    throws
  {
    let scratch = try ScratchFolder()
    let copy = scratch.path + "/case"
    try FileManager.default.copyItem(atPath: Repository.path("\(Self.folder)/\(name)"), toPath: copy)
    let output = try run(copy)
    let lines = try Repository.text("\(Self.folder)/\(name)/expect").split(separator: "\n")
    try #require(lines.contains { $0.hasPrefix("+ ") }, "nothing is expected")
    for line in lines {
      let (sign, text) = (line.prefix(2), String(line.dropFirst(2)))
      try #require(sign == "+ " || sign == "- ", "no expectation: \(line)")
      let isThere = output.utf8.firstRange(of: text.utf8) != nil
      #expect(isThere == (sign == "+ "), "\(line)\n\(output)")
    }
  }

  @Test func `there are cases`() { #expect(Self.names.count > 30) }

  /// All that the command of a case writes.
  private func run(_ folder: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "rows() { python3 \"$ROWS\" \"$@\"; }; . ./cmd"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("YAOSU_") }
    let programs = URL(fileURLWithPath: Program.path("yaosu")).deletingLastPathComponent().path
    variables["PATH"] = programs + ":" + (variables["PATH"] ?? "/usr/bin:/bin")
    variables["ROWS"] = Repository.path(Self.folder + "/rows.py")
    process.environment = variables
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
