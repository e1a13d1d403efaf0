import ArgumentParser
import ElementCore
import ElementExchange
import ElementFormats
import ElementPipeline
import ElementWarehouse
import Foundation

/// `yaosu package`: what a receiver does with a package.
struct Package: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "package", abstract: say("数据包：接收方核对", "Packages: the receiver's check"), subcommands: [Verify.self, List.self])

  /// `yaosu package verify`.
  struct Verify: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: say("核对数据包：文件、摘要、签名、次序；不需要台账库", "Check a package: files, digests, signature, order; no warehouse is needed"),
      discussion: say(
        "例：\n  yaosu package verify 包.zip --signers 可信签名.txt --previous 上个包/manifest.json",
        "Example:\n  yaosu package verify package.zip --signers allowed_signers --previous before/manifest.json"))

    /// Where the files lie.
    @Argument(help: ArgumentHelp(say("数据包：文件夹或 .zip", "The package: a folder or a .zip"), valueName: "dir|zip"))
    var package: String

    /// Who may sign.
    @Option(
      help: ArgumentHelp(
        say("可信签名人名单（OpenSSH 的 allowed_signers）", "The signers that are trusted (OpenSSH's allowed_signers)"), valueName: "file"
      ))
    var signers: String?

    /// The manifest of the package before.
    @Option(
      help: ArgumentHelp(
        say("上一个已收到的包的清单：能查出旧包和缺包", "The manifest received before: shows old packages and missing ones"), valueName: "file"))
    var previous: String?

    /// Print one JSON object on standard output.
    @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
    var json = false

    /// Flags that several commands share.
    @OptionGroup var site: SiteOptions

    /// Runs the command; ends with 1 where something differs.
    func run() throws {
      let source = try PackageSource(package)
      let list = try Self.bytes(signers)
      let before = try Self.bytes(previous)
      let found = try PackageVerification(source, signers: list.map { String(escapingInvalid: $0.span) }, previous: before)
      let text = PackageText(found, package, try site.language(try site.configuration()))
      if json { Console.data(text.object(Version.current).pretty + "\n") } else { Console.data(text.lines) }
      Console.talk(text.summary)
      if !found.differences.isEmpty { throw ExitCode(1) }
    }

    /// The bytes of a file; nil where none is named.
    private static func bytes(_ path: String?) throws -> [UInt8]? {
      guard let path else { return nil }
      let file = try InputFile(path: path)
      return try file.bytes(0..<file.size)
    }
  }

  /// `yaosu package list`.
  struct List: ParsableCommand {
    /// How the command is called.
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: say("列出送出的数据包和回执状态", "List the packages that left, and what was answered"),
      discussion: say("例：\n  yaosu package list --warehouse 台账.db", "Example:\n  yaosu package list --warehouse w.db"))

    /// Flags that several commands share.
    @OptionGroup var options: WarehouseOptions

    /// Prints a line a package.
    func run() throws {
      let packages = try options.open().packages()
      let language = try options.site.language(try options.site.configuration())
      if options.json { return Console.data(PackageListText.object(packages, Version.current).pretty + "\n") }
      Console.data(PackageListText.lines(packages, language))
    }
  }
}
