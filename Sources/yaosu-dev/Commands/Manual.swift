import ArgumentParser
import Foundation

/// `yaosu-dev manual`: the manual pages of the command, of what it says of itself.
struct Manual: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Write the manual pages of a built yaosu, Chinese and English",
    discussion: "Example:\n  yaosu-dev manual --from .build/release/yaosu -o share/man")

  /// The program.
  @Option(help: "The program whose pages are written")
  var from: String

  /// The folder that manuals are looked for in.
  @Option(name: .shortAndLong, help: "The folder of manuals; pages go into man1 and zh_CN/man1 there")
  var output: String

  /// What the parser tells of a command.
  private struct Told: Decodable {
    let command: Command
  }

  /// A command with what it takes.
  private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [Command]?
  }

  /// An option, a flag or an argument.
  private struct Argument: Decodable {
    /// A way to write an option.
    struct Name: Decodable {
      let kind: String
      let name: String
    }
    let abstract: String?
    let kind: String
    let names: [Name]?
    let valueName: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
  }

  /// Writes the pages.
  func run() throws {
    for (language, folder) in [("en", "man1"), ("zh", "zh_CN/man1")] {
      let path = output + "/" + folder
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let root = try JSONDecoder().decode(Told.self, from: try dump(language)).command
      try write(root, name: root.commandName, isChinese: language == "zh", path)
      for command in root.subcommands ?? [] where command.commandName != "help" {
        try write(command, name: "\(root.commandName)-\(command.commandName)", isChinese: language == "zh", path)
      }
    }
  }

  private func dump(_ language: String) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: from)
    process.arguments = ["--experimental-dump-help"]
    process.environment = ProcessInfo.processInfo.environment.merging(["YAOSU_LANG": language]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }

  private func write(_ command: Command, name: String, isChinese: Bool, _ folder: String) throws {
    var page = ".\\\" Made by yaosu-dev manual.\n.TH \(name.uppercased()) 1 \"\" \"yaosu\"\n"
    page += section(isChinese ? "名称" : "NAME") + "\(Self.text(name)) \\- \(Self.text(command.abstract ?? ""))\n"
    page += section(isChinese ? "用法" : "SYNOPSIS") + ".B \(Self.text(name.replacingOccurrences(of: "-", with: " ")))\n"
    page += (command.arguments ?? []).filter { $0.kind == "positional" && $0.shouldDisplay }.map(Self.operand).joined(
      separator: " ")
    page += "\n"
    if let more = command.discussion, !more.isEmpty {
      page +=
        section(isChinese ? "说明" : "DESCRIPTION") + ".nf\n"
        + more.split(separator: "\n", omittingEmptySubsequences: false).map { Self.text(String($0)) }.joined(separator: "\n")
        + "\n.fi\n"
    }
    let options = (command.arguments ?? []).filter(\.shouldDisplay)
    if !options.isEmpty { page += section(isChinese ? "选项" : "OPTIONS") + options.map(Self.option).joined() }
    let subcommands = (command.subcommands ?? []).filter { $0.commandName != "help" }
    if !subcommands.isEmpty {
      page += section(isChinese ? "命令" : "COMMANDS")
      for sub in subcommands {
        page += ".TP\n.B \(Self.text(sub.commandName))\n\(Self.text(sub.abstract ?? ""))\n"
        if name != "yaosu" { page += (sub.arguments ?? []).filter(\.shouldDisplay).map(Self.inner).joined() }
      }
    }
    try page.write(toFile: "\(folder)/\(name).1", atomically: true, encoding: .utf8)
  }

  private func section(_ title: String) -> String { ".SH \(title)\n" }

  private static func operand(_ argument: Argument) -> String {
    let name = "<\(argument.valueName ?? "")>" + (argument.isRepeating ? " ..." : "")
    return argument.isOptional ? "[\(name)]" : name
  }

  private static func head(_ argument: Argument) -> String {
    let names = (argument.names ?? []).map { ($0.kind == "long" ? "\\-\\-" : "\\-") + text($0.name) }
    if names.isEmpty { return text(operand(argument)) }
    return names.joined(separator: ", ") + (argument.kind == "option" ? " <\(text(argument.valueName ?? ""))>" : "")
  }

  private static func option(_ argument: Argument) -> String { ".TP\n.B \(head(argument))\n\(text(argument.abstract ?? ""))\n" }

  private static func inner(_ argument: Argument) -> String { ".br\n    \(head(argument))  \(text(argument.abstract ?? ""))\n" }

  /// A text with what the typesetter would take for orders made plain.
  private static func text(_ text: String) -> String {
    let plain = text.replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(of: "-", with: "\\-")
    let lines = plain.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&" + $0 : String($0)
    }
    return lines.joined(separator: "\n")
  }
}
