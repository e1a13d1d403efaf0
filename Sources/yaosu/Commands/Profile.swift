import ArgumentParser
import ElementCore
import ElementExchange
import ElementFormats
import ElementPipeline
import ElementSchema

/// `yaosu profile`: how packages for other systems look.
struct Profile: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: say("导出方案：列出、查看、起草", "Export profiles: list, show, draft"),
    subcommands: [List.self, Show.self, New.self])

  /// The profiles that the flags of a command ask for.
  static func library(_ site: SiteOptions) throws -> ProfileLibrary {
    ProfileLibrary(try SchemaPackSource.files(site), try SchemaPackSource.pack(site))
  }

  /// `yaosu profile list`.
  struct List: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: say("列出导出方案", "List the profiles"),
      discussion: say("例：\n  yaosu profile list", "Example:\n  yaosu profile list"))

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Print one JSON object on standard output.
    @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
    var json = false

    /// Prints a line a profile.
    func run() throws {
      let profiles = try Profile.library(site).all()
      let language = try site.language(try site.configuration())
      if json { return Console.data(ProfileText.list(profiles, Version.current).pretty + "\n") }
      Console.data(ProfileText.lines(profiles, language))
    }
  }

  /// `yaosu profile show`.
  struct Show: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: say("查看一个方案：文件、列、代码、要求", "Show a profile: files, columns, codes, demands"),
      discussion: say("例：\n  yaosu profile show append-only-table", "Example:\n  yaosu profile show append-only-table"))

    /// The profile by its name, or a file.
    @Argument(help: ArgumentHelp(say("方案的名称或文件", "The profile, by its name or as a file"), valueName: "profile"))
    var profile: String

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Prints the text of the profile, as a site would copy it.
    @Flag(help: ArgumentHelp(say("打印方案原文（YAML），便于另存修改", "Print the text of the profile (YAML), to save and change it")))
    var source = false

    /// Prints the profile.
    func run() throws {
      let library = try Profile.library(site)
      if source { return Console.data(try library.text(profile).text) }
      Console.data(ProfileText.text(try library.profile(profile), try site.language(try site.configuration())))
    }
  }

  /// `yaosu profile new`.
  struct New: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "new", abstract: say("从一个数据集起草方案", "Draft a profile from a dataset"),
      discussion: say(
        "列出全部字段、代码对照照抄，按对方的要求删改，再用 yaosu export --profile-check 检查。\n例：\n  yaosu profile new --from registeredResident -o 省平台.yaml",
        "All fields stand in it, codes mapped to themselves: change it as the target asks, then yaosu export --profile-check.\nExample:\n  yaosu profile new --from registeredResident -o province.yaml"
      ))

    /// The dataset.
    @Option(help: ArgumentHelp(say("数据集", "The dataset"), valueName: "dataset"))
    var from: String

    /// Where it goes.
    @Option(
      name: .shortAndLong, help: ArgumentHelp(say("写到哪个文件（默认标准输出）", "The file (default standard output)"), valueName: "file"))
    var output: String?

    /// Replaces a file that is there.
    @Flag(help: ArgumentHelp(say("覆盖已有的文件", "Replace a file that is there")))
    var force = false

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Writes the draft.
    func run() throws {
      let pack = try SchemaPackSource.pack(site)
      let text = ProfileDraft.text(try SchemaPackSource.dataset(from, in: pack), in: pack)
      guard let output, output != "-" else { return Console.data(text) }
      try PrivateFile.write(text, to: output, replaces: force)
    }
  }
}
