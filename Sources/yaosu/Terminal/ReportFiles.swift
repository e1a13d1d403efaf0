import ElementCore
import ElementFormats
import ElementReports
import ElementWarehouse
import Foundation

/// The files of a report in a folder, reserved before the work.
struct ReportFiles {
  /// A form of the report.
  enum Form: String, CaseIterable {
    /// A page.
    case html
    /// For programs.
    case json
    /// For a chat group.
    case text

    /// The name of its file.
    var file: String { self == .text ? "report.txt" : "report.\(rawValue)" }
  }

  private let files: [(form: Form, name: String, file: PrivateFile)]

  /// Reserves the files, and makes the folder where there is none.
  init(folder: String, forms: [Form], replaces: Bool) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    files = try forms.map { form throws(OutputError) in
      let name = folder + "/" + form.file
      return (form, name, try PrivateFile(name, replaces: replaces))
    }
  }

  /// Where they stand.
  var names: [String] { files.map(\.name) }

  /// Writes a report into all of them.
  func write(_ report: QualityReport, _ language: Language) throws(OutputError) {
    for (form, _, file) in files {
      try file.append(Array(text(form, report, language).utf8))
      try file.finish()
    }
  }

  private func text(_ form: Form, _ report: QualityReport, _ language: Language) -> String {
    switch form {
    case .html: HTMLReport(report, language).html(stamp: stamp(report))
    case .json: JSONReport(report, language).object.pretty + "\n"
    case .text: TextReport(report, language).text
    }
  }

  /// The only line that differs between two reports on the same day.
  private func stamp(_ report: QualityReport) -> String {
    let now = Date.now.ISO8601Format()
    let head = report.reading.auditHead.map { "\($0.prefix(8))…\($0.suffix(8))" } ?? "-"
    return say(
      "生成于 \(now)，yaosu \(Version.current)。同一台账库、同一日期，除本行外逐字节相同。审计链头 \(head)。",
      "Made at \(now) by yaosu \(Version.current). Of the same warehouse and day all but this line is the same, byte for byte. Head of the audit chain \(head)."
    )
  }
}
