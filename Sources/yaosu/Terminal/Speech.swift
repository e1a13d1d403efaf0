import ElementCore
import Foundation

/// The language of this process: `--lang`, `YAOSU_LANG`, else Chinese; the configuration may change it once it is read.
enum Speech {
  /// The language before any configuration: help texts are made with it.
  static let early: Language = {
    let arguments = CommandLine.arguments
    if let place = arguments.firstIndex(of: "--lang"), place + 1 < arguments.count,
      let found = Language(rawValue: arguments[place + 1])
    {
      return found
    }
    if let flag = arguments.first(where: { $0.hasPrefix("--lang=") }), let found = Language(rawValue: String(flag.dropFirst(7)))
    {
      return found
    }
    return Environment.value("YAOSU_LANG").flatMap(Language.init(rawValue:)) ?? .zh
  }()
}

/// A text in the language of the process.
func say(_ zh: String, _ en: String) -> String { Speech.early == .zh ? zh : en }
