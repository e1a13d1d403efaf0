import ArgumentParser

/// The command for maintainers: it generates what is generated and checks that it is up to date.
@main
struct YaosuDev: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "yaosu-dev", abstract: "For maintainers: generate deliveries with known truth, regenerate committed files",
    subcommands: [Generate.self, Regenerate.self, Rehearse.self, Manual.self])
}
