import ArgumentParser
import ElementCore
import ElementPipeline
import ElementSchema

/// `yaosu schema`: the datasets.
struct Schema: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    abstract: say("数据集规范", "The datasets"), subcommands: [List.self, Show.self, Lint.self, Diff.self])

  /// `yaosu schema list`.
  struct List: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(abstract: say("列出数据集", "List the datasets"))

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Runs the command.
    func run() throws {
      let pack = try SchemaPackSource.pack(site)
      let language = try site.language(try site.configuration())
      for dataset in pack.datasets {
        Console.data("\(dataset.name)  \(dataset.element)  \(dataset.title[language])  \(dataset.fields.count)\n")
      }
    }
  }

  /// `yaosu schema show`.
  struct Show: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      abstract: say("显示一个数据集的字段", "Show the fields of a dataset"),
      discussion: say("例：\n  yaosu schema show registeredResident", "Example:\n  yaosu schema show registeredResident"))

    /// A dataset.
    @Argument(help: ArgumentHelp(say("数据集名", "A dataset"), valueName: "dataset"))
    var dataset: String

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Runs the command.
    func run() throws {
      let pack = try SchemaPackSource.pack(site)
      guard let found = pack.dataset(dataset) else {
        let near = NearMiss.best(for: dataset, among: pack.datasets) { [$0.name, $0.title.zh] }
        throw ValidationError(
          say("没有数据集 \(dataset)", "There is no dataset \(dataset)")
            + (near.map { say("，是否为 \($0.name)", "; did you mean \($0.name)") } ?? ""))
      }
      Console.data(SchemaPage(found, language: try site.language(try site.configuration())).text)
    }
  }
}
