import ElementCore
import ElementFormats
import ElementPipeline

/// The file of all findings, reserved before the work so that a load never commits and then fails.
final class FindingsFile {
  private let file: PrivateFile
  private let form: FindingsList.Form

  /// Reserves the file; its form follows from the ending.
  init(_ path: String, replaces: Bool) throws(OutputError) {
    form = Self.form(of: path) ?? .csv
    file = try PrivateFile(path, replaces: replaces)
  }

  /// The form that the ending of a name asks for; nil for other endings.
  static func form(of path: String) -> FindingsList.Form? {
    FindingsList.Form.allCases.first { path.hasSuffix(".\($0.rawValue)") }
  }

  func write(_ result: RunResult, filter: FindingFilter, language: Language, unmasks: Bool) throws {
    try FindingsList.write(
      result, form, filter: filter, language: language, isFile: true, unmasks: unmasks, version: Version.current
    ) {
      try file.append($0)
    }
    try file.finish()
  }
}
