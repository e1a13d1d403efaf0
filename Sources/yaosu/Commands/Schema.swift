import ArgumentParser
import ElementCore
import ElementPipeline
import ElementSchema

/// `yaosu schema`: the datasets.
struct Schema: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: say("数据集规范", "The datasets"),
    subcommands: [List.self, Show.self, SchemaLintCommand.self, SchemaDiffCommand.self, SchemaEmitCommand.self])

  /// `yaosu schema list`.
  struct List: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(commandName: "list", abstract: say("列出数据集", "List the datasets"))

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Runs the command.
    func run() throws {
      let pack = try SchemaPackSource.pack(site)
      let language = try site.language(try site.configuration())
      for dataset in pack.datasets {
        Console.data("\(dataset.name)  \(dataset.element)  \(dataset.title[language])  \(dataset.fields.count)\n")
      }
      for form in pack.forms { Console.data("\(form.name)  \(say("混合表", "form"))  \(form.title[language])\n") }
    }
  }

  /// `yaosu schema show`.
  struct Show: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: say("显示一个数据集的字段", "Show the fields of a dataset"),
      discussion: say("例：\n  yaosu schema show registeredResident", "Example:\n  yaosu schema show registeredResident"))

    @Argument(help: ArgumentHelp(say("数据集名", "A dataset"), valueName: "dataset"))
    var dataset: String

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Runs the command.
    func run() throws {
      let pack = try SchemaPackSource.pack(site)
      let configuration = try site.configuration()
      let language = try site.language(configuration)
      if let form = pack.forms.first(where: { $0.name == dataset }) { return Console.data(SchemaPage.text(form, language)) }
      let found = try SchemaPackSource.dataset(dataset, in: pack)
      Console.data(SchemaPage(found, language: language, timeZone: configuration.timeZone.name).text)
    }
  }
}
