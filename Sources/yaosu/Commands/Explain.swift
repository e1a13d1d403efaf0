import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementWarehouse
import Foundation

/// `yaosu explain`: where each value of a record came from.
struct Explain: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: say("来源追溯：一条记录的每个值来自哪个文件、哪一行", "Where each value of a record came from"),
    discussion: say(
      "主键从文件读取，每行一个，不写在命令行上；主键有几个字段的，用逗号分开。\n例：\n  yaosu explain registeredResident --key-file 号码.txt --warehouse 台账.db",
      "Keys are read from a file, one a line, and never from the command line; the fields of a key are parted by commas.\nExample:\n  yaosu explain registeredResident --key-file keys.txt --warehouse w.db"
    ))

  /// The name of the dataset that the records are of.
  @Argument(help: ArgumentHelp(say("数据集", "The dataset"), valueName: "dataset"))
  var dataset: String

  /// A file with a key a line: numbers of people do not belong on a command line.
  @Option(help: ArgumentHelp(say("主键文件（UTF-8，每行一个）", "The file with the keys (UTF-8, one a line)"), valueName: "file"))
  var keyFile: String

  /// Flags that several commands share.
  @OptionGroup var options: WarehouseOptions

  /// Runs the command; ends with 1 where a key is not known.
  func run() throws {
    let dataset = try SchemaPackSource.dataset(self.dataset, in: try SchemaPackSource.pack(options.site))
    let keys = try keys(of: dataset)
    let language = try options.site.language(try options.site.configuration())
    let warehouse = try options.open()
    let found = try keys.map { (key: $0, lineage: try warehouse.lineage(of: dataset, key: $0)) }
    let text = LineageText(dataset)
    if options.json {
      Console.data(text.object(found).pretty + "\n")
    } else {
      for (key, lineage) in found { Console.data(text.lines(lineage, key: key, language)) }
    }
    if found.contains(where: { $0.lineage == nil }) { throw ExitCode(1) }
  }

  private func keys(of dataset: Dataset) throws -> [[String]] {
    let file = try InputFile(path: keyFile, limits: .unlimited).content()
    let bytes = try file.bytes(0..<file.size)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ValidationError(say("主键文件不是 UTF-8", "The file with the keys is not UTF-8"))
    }
    let lines = text.replacing("\u{FEFF}", with: "").split(whereSeparator: \.isNewline)
    let keys = lines.map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let titles = dataset.key.map { dataset.fields[$0].title }.joined(separator: ",")
    guard !keys.isEmpty, keys.allSatisfy({ $0.count == dataset.key.count }) else {
      throw ValidationError(
        say("主键文件每行应为：\(titles)", "Each line of the file with the keys is: \(titles)"))
    }
    return keys
  }
}
