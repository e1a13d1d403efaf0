import ElementCore
import ElementFormats
import Foundation
import Glibc

/// Where the files of a package go, one after the other: whole or not at all.
protocol PackageSink: AnyObject {
  /// Where the package is to stand.
  var path: String { get }
  /// Begins a file.
  func begin(_ name: String) throws
  /// Writes on to the file that was begun.
  func append(_ bytes: [UInt8]) throws
  /// Ends the file.
  func end() throws
  /// Makes all of it safe on disk and puts it in its place.
  func finish() throws
}

extension PackageSink {
  /// Writes a whole file.
  func add(_ name: String, _ bytes: [UInt8]) throws {
    try begin(name)
    try append(bytes)
    try end()
  }
}

/// A package as a folder of files.
final class FolderSink: PackageSink {
  let path: String
  private let folder: PrivateFolder
  private var name = ""

  /// Makes the folder beside its place.
  ///
  /// - Throws: `OutputError` where there is something already, or it cannot be made.
  init(_ path: String) throws(OutputError) {
    self.path = path
    folder = try PrivateFolder(path, replaces: false, isMarked: false)
  }

  func begin(_ name: String) throws {
    self.name = name
    try folder.write([], to: name)
  }

  func append(_ bytes: [UInt8]) throws { try folder.write(bytes, to: name) }
  func end() throws {}
  func finish() throws { try folder.finish() }
}

/// A package as a ZIP archive.
final class ZipSink: PackageSink {
  let path: String
  private let file: PrivateFile
  private var archive = ZipWriter()

  /// Makes a temporary file beside the place.
  ///
  /// - Throws: `OutputError` where there is something already, or it cannot be made.
  init(_ path: String) throws(OutputError) {
    self.path = path
    file = try PrivateFile(path, replaces: false)
  }

  func begin(_ name: String) throws { try archive.begin(name) }
  func append(_ bytes: [UInt8]) throws {
    archive.append(bytes)
    try file.append(archive.take())
  }

  func end() throws {
    archive.append([], ends: true)
    try file.append(archive.take())
  }

  func finish() throws {
    try archive.complete(path)
    try file.append(archive.take())
    try file.finish()
  }
}

extension ZipWriter {
  /// Writes the directory.
  ///
  /// - Throws: `OutputError` where the archive is larger than a ZIP archive may be.
  mutating func complete(_ path: String) throws(OutputError) {
    if finish() { return }
    throw OutputError(
      .usage, path: path,
      message: LocalizedText(zh: "超过 4 GiB，ZIP 装不下", en: "would be larger than 4 GiB, which a ZIP archive is not"),
      hint: LocalizedText(zh: "请写成文件夹，或分文件（recordsPerFile）", en: "Write a folder, or fewer records a file (recordsPerFile)"))
  }
}

/// A package as what a command makes of a ZIP archive that it reads: nothing that it did not encrypt is ever written.
final class EncryptedSink: PackageSink {
  let path: String
  private let file: PrivateFile
  private let process = Process()
  private let pipe = Pipe()
  private let words: [String]
  private var archive = ZipWriter()

  /// Starts the command, which writes to a temporary file beside the place.
  ///
  /// - Throws: `OutputError` where there is something already, the file cannot be made, or the command cannot be started.
  init(_ path: String, command words: [String]) throws(OutputError) {
    (self.path, self.words) = (path, words)
    file = try PrivateFile(path, replaces: false)
    // The words are given as they are: no shell reads them.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardInput = pipe
    process.standardOutput = FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: false)
    do {
      try process.run()
    } catch {
      throw failure()
    }
    try? pipe.fileHandleForReading.close()
  }

  deinit {
    if process.isRunning { process.terminate() }
  }

  private func failure() -> OutputError {
    OutputError(
      .output, path: path,
      message: LocalizedText(zh: "加密命令 \(words[0]) 没有成功", en: "could not be encrypted: \(words[0]) failed"),
      hint: LocalizedText(
        zh: "没有写出任何文件；请检查 recipients.yaml 的 crypto 和命令的提示",
        en: "Nothing was written; see what the command said, and crypto in recipients.yaml"))
  }

  /// Whether the command handed the archive on as it is.
  private var isPlain: Bool {
    let read = FileHandle(forReadingAtPath: "/proc/self/fd/\(file.descriptor)")
    return (try? read?.read(upToCount: 4)).map { Array($0) } == [0x50, 0x4B, 0x03, 0x04]
  }

  private func flush() throws(OutputError) {
    guard PrivateFile.writeAll(archive.take(), pipe.fileHandleForWriting.fileDescriptor) else { throw failure() }
  }

  func begin(_ name: String) throws { try archive.begin(name) }
  func append(_ bytes: [UInt8]) throws {
    archive.append(bytes)
    try flush()
  }

  func end() throws {
    archive.append([], ends: true)
    try flush()
  }

  func finish() throws {
    try archive.complete(path)
    try flush()
    try? pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    // A command that wrote nothing has encrypted nothing.
    guard process.terminationReason == .exit, process.terminationStatus == 0, file.size > 0, !isPlain else { throw failure() }
    try file.finish()
  }
}
