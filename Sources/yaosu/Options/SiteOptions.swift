import ArgumentParser
import ElementCore
import ElementPipeline
import Foundation

/// Flags about the site: configuration, schemas, language.
struct SiteOptions: ParsableArguments {
  /// The configuration (default yaosu.yaml).
  @Option(help: ArgumentHelp(say("配置文件（默认 yaosu.yaml）", "The configuration (default yaosu.yaml)"), valueName: "file"))
  var config: String?

  /// A directory laid over the shipped schemas.
  @Option(help: ArgumentHelp(say("叠加在内置规范之上的目录", "A directory laid over the shipped schemas"), valueName: "dir"))
  var schemas: String?

  /// Layers over the national core, such as nantong; several are parted by commas.
  @Option(
    help: ArgumentHelp(
      say("省市覆盖层，如 nantong；多个用逗号分开", "Layers over the national core, such as nantong; several are parted by commas"),
      valueName: "name"))
  var overlay: String?

  /// The language: zh or en.
  @Option(help: ArgumentHelp(say("语言：zh 或 en", "The language: zh or en"), valueName: "lang"))
  var lang: String?

  func configuration() throws -> SiteConfiguration {
    try SiteConfiguration.find(named: config ?? Environment.value("YAOSU_CONFIG"))
  }

  /// The overlays selected: flag, environment, configuration.
  func overlays(_ configuration: SiteConfiguration) -> [String] {
    Setting(configuration).value(overlay, "overlay")?.split(separator: ",").map(String.init) ?? []
  }

  /// `--lang`, `YAOSU_LANG`, the configuration, else Chinese.
  func language(_ configuration: SiteConfiguration) throws -> Language {
    let name = Setting(configuration).value(lang, "lang") ?? "zh"
    guard let language = Language(rawValue: name) else {
      throw ValidationError(say("语言应为 zh 或 en", "The language is zh or en"))
    }
    return language
  }
}

/// A setting: flag, then environment `YAOSU_…`, then configuration.
struct Setting {
  private let configuration: SiteConfiguration

  /// Settings over a configuration.
  init(_ configuration: SiteConfiguration) {
    self.configuration = configuration
  }

  /// The value of a setting; nil where nobody gave one.
  func value(_ flag: String?, _ name: String) -> String? { environment(flag, name) ?? configuration.settings[name] }

  /// The value of a setting from the flag or the environment alone, for what the configuration says elsewhere too.
  func environment(_ flag: String?, _ name: String) -> String? {
    flag ?? Environment.value("YAOSU_" + name.uppercased())
  }

  /// How many threads work at once, at least one: two unless somebody says otherwise.
  func jobs(_ flag: Int? = nil) -> Int { max(1, flag ?? value(nil, "jobs").flatMap(Int.init) ?? 2) }
}

/// Days on the command line.
enum Day {
  /// A day as YYYY-MM-DD; today on the calendar of a zone for nil.
  static func parse(_ text: String?, _ zone: OfficeZone = .shanghai) throws -> CalendarDate {
    if let text {
      let bytes = Array(text.utf8)
      guard let day = CalendarDate(iso: bytes.span) else {
        throw ValidationError(say("--as-of 应为 YYYY-MM-DD", "--as-of takes YYYY-MM-DD"))
      }
      return day
    }
    guard let day = zone.day(at: Int(Date().timeIntervalSince1970.rounded(.down))) else { bug("today is no day") }
    return day
  }
}
