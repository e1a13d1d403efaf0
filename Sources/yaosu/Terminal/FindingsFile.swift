import ElementCore
import ElementFormats
import ElementPipeline

/// The file of all findings, reserved before the work so that a load never commits and then fails.
final class FindingsFile {
  private let file: PrivateFile
  private let form: FindingsList.Form

  /// Reserves the file; its form follows from the ending.
  init(_ path: String, replaces: Bool) throws(InputError) {
    form = path.hasSuffix(".csv") ? .csv : .jsonl
    file = try PrivateFile(path, replaces: replaces)
  }

  /// Writes the findings; CSV begins with a mark, by which spreadsheets know UTF-8.
  func write(_ result: RunResult, filter: FindingFilter, language: Language) throws(InputError) {
    try file.finish((form == .csv ? "\u{FEFF}" : "") + FindingsList.text(result, form, filter: filter, language: language))
  }
}
