import ElementCore
import ElementFormats
import ElementSchema

/// What a template says of itself on a hidden sheet: which datasets it is of, and by which version of their schemas.
struct TemplateStamp: Sendable {
  /// The datasets with the digest of each one's fields, in the order of the sheets.
  let datasets: [(name: String, digest: String)]
  /// The version of the program that made it.
  let version: String

  private static let mark = "yaosu template 1"

  /// The stamp of a template of some datasets.
  init(_ datasets: [Dataset], _ pack: SchemaPack, version: String) {
    self.datasets = datasets.map { ($0.name, TemplateStamp.digest($0)) }
    self.version = version
  }

  /// What headings and duties of a dataset come to: where it is another, a template is of another version.
  static func digest(_ dataset: Dataset) -> String {
    let text = dataset.fields.map { "\($0.name)\u{1F}\($0.title)\u{1F}\($0.duty.rawValue)\u{1F}\($0.type.name)" }
    return String(XXH64.hash(Array(text.joined(separator: "\u{1E}").utf8).span), radix: 16)
  }

  /// What the sheet that explains the others is called, and begins with, Chinese and English.
  static let guides = ["填表说明", "Guide"]

  /// Whether a sheet that begins with a text explains the others.
  static func isGuide(_ text: String) -> Bool { guides.contains { $0.utf8.elementsEqual(text.utf8) } }

  /// The rows of the hidden sheet.
  var rows: [[String]] {
    [[TemplateStamp.mark, version]] + datasets.map { [$0.name, $0.digest] }
  }

  /// The stamp of a workbook; nil where it has none.
  ///
  /// - Throws: `InputError` where the workbook is damaged.
  init?(_ workbook: Workbook) throws(InputError) {
    guard let sheet = workbook.sheets.first(where: { $0.name.utf8.elementsEqual(EntryWorkbook.stampName.utf8) }) else {
      return nil
    }
    var reader = try SheetReader(workbook, sheet, from: RecordStart(byte: 0, line: 1, row: 0), columnCount: nil)
    guard let rows = try reader.nextBatch()?.texts(100), let first = rows.first, first.count == 2,
      first[0].utf8.elementsEqual(TemplateStamp.mark.utf8)
    else { return nil }
    version = first[1]
    datasets = rows.dropFirst().filter { $0.count == 2 }.map { ($0[0], $0[1]) }
  }
}
