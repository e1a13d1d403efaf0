import ArgumentParser
import ElementCore
import ElementPipeline
import ElementSchema

/// `yaosu schema diff`.
struct SchemaDiffCommand: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: say("比较两个覆盖层：什么不同、由哪一层设定", "Compare two layers: what differs, and which layer set it"),
    discussion: say(
      "core 表示不加覆盖层。例：\n  yaosu schema diff core nantong",
      "core is the pack without overlays. Example:\n  yaosu schema diff core nantong"))

  /// An overlay, or core.
  @Argument(help: ArgumentHelp(say("覆盖层名，或 core", "An overlay, or core"), valueName: "a"))
  var first: String

  /// Another overlay, or core.
  @Argument(help: ArgumentHelp(say("另一个覆盖层名，或 core", "Another overlay, or core"), valueName: "b"))
  var second: String

  /// Flags that several commands share.
  @OptionGroup var site: SiteOptions

  /// Runs the command.
  func run() throws {
    let files = try SchemaPackSource.files(site)
    let packs = try [first, second].map { try SchemaPack(files: files, overlays: $0 == "core" ? [] : [$0]) }
    for item in PackDifference(packs[0], packs[1]).items {
      let origin = item.origin.map { "  [\($0.layer) \($0.place)]" } ?? ""
      Console.data("\(item.subject)  \(Self.shown(item.first)) → \(Self.shown(item.second))\(origin)\n")
    }
  }

  private static func shown(_ text: String) -> String { text.isEmpty ? "–" : text }
}
