import ArgumentParser
import ElementCore
import ElementPipeline
import ElementSchema
import Foundation

/// `yaosu-dev regenerate`: writes the embedded pack and the rule pages from their sources, or checks that they are current.
struct Regenerate: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    abstract: "Write the embedded schema pack and the rule pages; --check only compares",
    discussion: "Example:\n  swift run yaosu-dev regenerate")

  /// The root of the repository.
  @Option(help: "The root of the repository")
  var root = "."

  /// Compare with what is committed; exit 1 where something differs.
  @Flag(help: "Compare with what is committed; exit 1 where something differs")
  var check = false

  /// Runs the command.
  func run() throws {
    let files = try SchemaPack.directory(root + "/schemas").filter { !$0.path.hasPrefix("output/") }
    var outputs = EmbeddedPackSource.files(files, try PackIndex(files: files))
    let pages = root + "/Sources/ElementPipeline/Documentation.docc/Rules/"
    let core = try SchemaPack(files: files)
    let layered = try core.overlays.keys.sorted().map { try SchemaPack(files: files, overlays: [$0]) }
    let rules = Dictionary(
      ([core] + layered).flatMap { $0.book.all }.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    for rule in rules.values.sorted(by: { $0.code < $1.code }) {
      outputs.append((pages + "\(rule.code).md", RulePage(rule, language: .en).markdown))
      outputs.append((pages + "\(rule.code).zh.md", RulePage(rule, language: .zh).markdown))
    }
    var stale: [String] = []
    for (path, text) in outputs {
      let target = path.hasPrefix("/") || path.hasPrefix(root) ? path : root + "/" + path
      if (try? String(contentsOfFile: target, encoding: .utf8)) == text { continue }
      stale.append(target)
      if check { continue }
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: target).deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(toFile: target, atomically: true, encoding: .utf8)
    }
    print(check ? "\(stale.count) files are out of date" : "\(stale.count) files written")
    if check, !stale.isEmpty {
      print(stale.joined(separator: "\n"))
      throw ExitCode(1)
    }
  }
}
