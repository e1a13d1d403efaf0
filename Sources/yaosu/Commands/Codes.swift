import ArgumentParser
import ElementCore
import ElementSchema

/// `yaosu codes`: the code sets.
struct Codes: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "codes",
    abstract: say("代码表", "The code sets"), subcommands: [List.self, Show.self, Find.self, Import.self])

  /// `yaosu codes list`.
  struct List: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(commandName: "list", abstract: say("列出代码表", "List the code sets"))

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Runs the command.
    func run() throws {
      for (name, table) in try SchemaPackSource.pack(site).codeSets.sorted(by: { $0.key < $1.key }) {
        Console.data("\(name)  \(table.entries.count)  \(table.entries.first?.source ?? "")\n")
      }
    }
  }

  /// `yaosu codes show`.
  struct Show: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: say("显示一个代码表", "Show a code set"),
      discussion: say("例：\n  yaosu codes show sex", "Example:\n  yaosu codes show sex"))

    /// A code set.
    @Argument(help: ArgumentHelp(say("代码表名", "A code set"), valueName: "set"))
    var name: String

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Runs the command.
    func run() throws {
      let sets = try SchemaPackSource.pack(site).codeSets
      guard let table = sets[name] else {
        let near = NearMiss.best(for: name, among: sets.keys.sorted()) { [$0] }
        throw ValidationError(
          say("没有代码表 \(name)", "There is no code set \(name)") + (near.map { say("，是否为 \($0)", "; did you mean \($0)") } ?? ""))
      }
      for entry in table.entries { Console.data(Codes.line(entry)) }
    }
  }

  /// `yaosu codes find`.
  struct Find: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "find",
      abstract: say("在所有代码表中查找代码或名称", "Find a code or a label in all code sets"),
      discussion: say("例：\n  yaosu codes find 如皋", "Example:\n  yaosu codes find 如皋"))

    /// A code, or part of a label.
    @Argument(help: ArgumentHelp(say("代码或名称的一部分", "A code, or part of a label"), valueName: "text"))
    var text: String

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Runs the command.
    func run() throws {
      var found = 0
      for (name, table) in try SchemaPackSource.pack(site).codeSets.sorted(by: { $0.key < $1.key }) {
        for entry in table.entries
        where entry.code == text || entry.label.contains(text) || entry.aliases.contains(where: { $0.contains(text) }) {
          Console.data("\(name)  " + Codes.line(entry))
          found += 1
        }
      }
      if found == 0 {
        Console.talk(say("没有找到\n", "nothing was found\n"))
        throw ExitCode(1)
      }
    }
  }

  /// A code on one line, with its validity and successor where it has them.
  static func line(_ entry: CodeEntry) -> String {
    var out = "\(entry.code)  \(entry.label)"
    if !entry.aliases.isEmpty { out += "（\(entry.aliases.joined(separator: "、"))）" }
    if !entry.validFrom.isEmpty || !entry.validTo.isEmpty { out += "  \(entry.validFrom)–\(entry.validTo)" }
    if !entry.successor.isEmpty { out += "  → \(entry.successor)" }
    return out + "\n"
  }
}
