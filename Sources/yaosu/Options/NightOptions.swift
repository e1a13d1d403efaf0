import ArgumentParser
import ElementCore
import ElementPipeline
import ElementWarehouse
import Foundation

/// Flags of the runs that take deliveries out of folders.
struct NightOptions: ParsableArguments {
  /// The warehouse (else by the configuration).
  @Option(help: ArgumentHelp(say("台账库文件（默认按配置文件）", "The warehouse (else by the configuration)"), valueName: "file"))
  var warehouse: String?

  /// The day that counts as today.
  @Option(help: ArgumentHelp(say("以哪一天为今天（默认当天）", "The day that counts as today"), valueName: "YYYY-MM-DD"))
  var asOf: String?

  /// How long a load that is writing is waited for.
  @Option(help: ArgumentHelp(say("台账库正在写入时最多等待几秒", "Seconds to wait for a load that is writing"), valueName: "seconds"))
  var wait = 60

  /// Flags that several commands share.
  @OptionGroup var deed: DeedOptions

  /// Flags that several commands share.
  @OptionGroup var site: SiteOptions

  /// The options of what is taken, and the language of answers; `command` is how the command is called.
  func deliveryOptions(_ command: String) throws -> (options: DeliveryOptions, language: Language) {
    let configuration = try site.configuration()
    let setting = Setting(configuration)
    guard let path = setting.value(warehouse, "warehouse") else {
      throw ValidationError(
        say("请用 --warehouse 或 yaosu.yaml 的 warehouse 指定台账库", "Name the warehouse with --warehouse, or in yaosu.yaml"))
    }
    var options = DeliveryOptions(
      verb: .load, paths: [], today: try Day.parse(setting.value(asOf, "as_of"), configuration.timeZone))
    (options.warehouse, options.wait, options.configuration) = (path, max(0, wait), configuration)
    options.schemas = setting.value(site.schemas, "schemas")
    options.overlays = site.overlays(configuration)
    options.gridScheme = setting.value(nil, "grid_scheme")
    options.jobs = setting.jobs()
    (options.operatorName, options.toolVersion) = (deed.name(setting), Version.current)
    options.origin = .here(command, anchor: setting.value(nil, "anchor"))
    return (options, try site.language(configuration))
  }

  /// Tells on the terminal what became of a delivery.
  static func tell(_ answer: DeliveryAnswer, _ language: Language) {
    let name = [answer.delivery.sender, answer.delivery.name].filter { !$0.isEmpty }.joined(separator: "/")
    Console.talk("— \(PrintableText.escape(name))\n\(answer.text(language))")
  }

  /// The exit code of a run over several deliveries: the worst, which is not the greatest.
  static func worst(_ codes: [Int]) -> Int { [5, 4, 3, 1].first(where: codes.contains) ?? 0 }
}
