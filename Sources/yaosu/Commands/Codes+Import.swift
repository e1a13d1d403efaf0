import ArgumentParser
import ElementCore
import ElementPipeline
import ElementSchema
import Foundation

extension Codes {
  /// `yaosu codes import`.
  struct Import: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: say("把本地代码表导入为代码集", "Make a list of the site's own a code set"),
      discussion: say(
        "例：\n  yaosu codes import townships.csv --set statisticalDivision --schemas my-schemas",
        "Example:\n  yaosu codes import townships.csv --set statisticalDivision --schemas my-schemas"))

    /// A CSV with a header; columns named code and name are taken.
    @Argument(
      help: ArgumentHelp(
        say("带表头的 CSV，取 code、name（代码、名称）两列", "A CSV with a header; columns named code and name are taken"), valueName: "file"))
    var file: String

    /// The code set to make.
    @Option(help: ArgumentHelp(say("代码集名", "The code set to make"), valueName: "set"))
    var set: String

    /// Replace the set where it is there.
    @Flag(help: ArgumentHelp(say("已有同名代码集时覆盖", "Replace the set where it is there")))
    var force = false

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Runs the command.
    func run() throws {
      let configuration = try site.configuration()
      guard let folder = Setting(configuration).value(site.schemas, "schemas") else {
        throw ValidationError(
          say("请用 --schemas 指明存放本地规范的目录", "Say with --schemas which directory keeps the site's schemas"))
      }
      guard !set.isEmpty,
        set.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) })
      else { throw ValidationError(say("代码集名只用字母和数字", "The name of a set is letters and digits")) }
      let list = try CodeImport(text: try Self.text(file), file: file, source: URL(fileURLWithPath: file).lastPathComponent)
      if set == "statisticalDivision" { try refuseMisfits(list) }
      let target = folder + "/codes/\(set).csv"
      guard force || !FileManager.default.fileExists(atPath: target) else {
        throw ValidationError(say("\(target) 已存在；加 --force 覆盖", "\(target) exists; --force replaces it"))
      }
      try FileManager.default.createDirectory(atPath: folder + "/codes", withIntermediateDirectories: true)
      try Data(list.csv.utf8).write(to: URL(fileURLWithPath: target), options: .atomic)
      Console.talk(
        say("\(target)：\(list.entries.count) 个代码", "\(target): \(list.entries.count) codes")
          + (list.passedOver > 0
            ? say("，略过 \(list.passedOver) 行（代码或名称为空）", ", \(list.passedOver) rows passed over (no code or no name)") : "")
          + "\n")
    }

    /// Statistical codes are of nine or twelve digits, with townships and communities in their ranges.
    private func refuseMisfits(_ list: CodeImport) throws {
      let tables = try SchemaPack.shipped().tables(today: try Day.parse(nil))
      let misfits = list.misfits(tables)
      // Placeholders of published lists are few; more of them mean the wrong column.
      guard misfits.count * 100 > list.entries.count else {
        for entry in misfits {
          Console.talk(
            say(
              "注意：\(entry.code) \(entry.label) 不是乡镇或社区代码\n",
              "note: \(entry.code) \(entry.label) is no code of a township or community\n"))
        }
        return
      }
      throw SchemaError(
        file: file, zh: "\(misfits.count) 个代码不是 9 位或 12 位统计用区划代码，如 \(misfits[0].code)",
        en: "\(misfits.count) codes are no statistical codes of 9 or 12 digits, such as \(misfits[0].code)")
    }

    private static func text(_ path: String) throws -> String {
      guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
        throw SchemaError(
          file: path, zh: "无法读取，或不是 UTF-8（WPS 另存为“CSV UTF-8”）", en: "cannot be read, or is not UTF-8 (save it as CSV UTF-8)")
      }
      return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }
  }
}
