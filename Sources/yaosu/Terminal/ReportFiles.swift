import ElementCore
import ElementFormats
import ElementReports
import ElementWarehouse
import Foundation

/// What a report can be written as, by the words of `--output-format`.
enum ReportForm: String, CaseIterable {
  /// A page.
  case html
  /// For programs.
  case json
  /// For a chat group.
  case text
  /// A workbook.
  case xlsx

  /// The name of its file.
  var file: String { self == .text ? "report.txt" : "report.\(rawValue)" }

  /// What stands in the file.
  ///
  /// - Throws: `OutputError` where a value does not fit into a workbook.
  func bytes(_ report: QualityReport, _ language: Language) throws(OutputError) -> [UInt8] {
    switch self {
    case .html: Array(HTMLReport(report, language).html(stamp: Self.stamp(report)).utf8)
    case .json: Array((JSONReport(report, language).object.pretty + "\n").utf8)
    case .text: Array(TextReport(report, language).text.utf8)
    case .xlsx: try Self.bytes(WorkbookReport(report, language).workbook, file)
    }
  }

  /// What a file of Excel holds, which a reader of the path is told where it cannot be made.
  static func bytes(_ workbook: StyledWorkbook, _ path: String) throws(OutputError) -> [UInt8] {
    do throws(UnwritableValue) { return try workbook.bytes() } catch {
      throw OutputError(
        .output, path: path,
        message: LocalizedText(zh: "有一个值太长，单元格放不下", en: "has a value that is too long for a cell"),
        hint: LocalizedText(zh: "请改用 html 或 json", en: "Use html or json"))
    }
  }

  /// The only line that differs between two reports on the same day.
  private static func stamp(_ report: QualityReport) -> String {
    let now = Date.now.ISO8601Format()
    let head = report.reading.auditHead.map { "\($0.prefix(8))…\($0.suffix(8))" } ?? "-"
    return say(
      "生成于 \(now)，yaosu \(Version.current)。同一台账库、同一日期，除本行外逐字节相同。审计链头 \(head)。",
      "Made at \(now) by yaosu \(Version.current). Of the same warehouse and day all but this line is the same, byte for byte. Head of the audit chain \(head)."
    )
  }
}

/// The files of a report in a folder, reserved before the work.
struct ReportFiles {
  private let folder: String
  private let files: [(form: ReportForm, name: String, file: PrivateFile)]

  /// Reserves the files, and makes the folder where there is none.
  init(folder: String, forms: [ReportForm], replaces: Bool) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw OutputError(
        .output, path: folder, message: LocalizedText(zh: "不是文件夹，或无法新建", en: "is no folder, or cannot be made"),
        hint: LocalizedText(zh: "请换一个文件夹，或检查权限", en: "Choose another folder, or check its permissions"))
    }
    self.folder = folder
    files = try forms.map { form throws(OutputError) in
      let name = folder + "/" + form.file
      return (form, name, try PrivateFile(name, replaces: replaces))
    }
  }

  /// Takes reports of other forms away that stand in the folder: they would be of another day.
  func removeOthers() {
    for form in ReportForm.allCases where !files.contains(where: { $0.form == form }) {
      try? FileManager.default.removeItem(atPath: folder + "/" + form.file)
    }
  }

  /// Where they stand.
  var names: [String] { files.map(\.name) }

  /// Writes a report into all of them.
  func write(_ report: QualityReport, _ language: Language) throws(OutputError) {
    for (form, _, file) in files {
      try file.append(try form.bytes(report, language))
      try file.finish()
    }
  }
}
