import ElementCore
import ElementFormats

/// Why records cannot be written in a format, in words.
enum WritingRefusal {
  /// Sheets with different headings are no one table.
  static func severalTables(_ path: String) -> InputError {
    InputError(
      .usage, path: path, message: LocalizedText(zh: "有多张表头不同的表", en: "holds several tables with different headings"),
      hint: LocalizedText(zh: "请用 --sheet 选定一张", en: "Choose one with --sheet"))
  }

  /// A value of a row (from 1; 0 for the headings) that cannot be written.
  static func error(_ error: UnwritableValue, _ path: String, _ headings: [String], row: Int, _ format: WrittenFormat?)
    -> InputError
  {
    let letters = SpreadsheetColumn.letters(error.column + 1)
    let heading = headings.indices.contains(error.column) ? PrintableText.escape(headings[error.column]) : letters
    let place =
      row == 0
      ? LocalizedText(zh: "表头第 \(error.column + 1) 列", en: "heading \(error.column + 1)")
      : LocalizedText(zh: "第 \(row) 条记录“\(heading)”", en: "record \(row), \"\(heading)\",")
    let (message, hint) = words(error.reason, place)
    return InputError(.usage, path: path, message: message, hint: hint)
  }

  private static func words(_ reason: UnwritableValue.Reason, _ place: LocalizedText) -> (LocalizedText, LocalizedText) {
    let other = LocalizedText(zh: "请换一种输出格式，如 csv 或 ndjson", en: "Choose another format, such as csv or ndjson")
    switch reason {
    case .character(let scalar):
      let code =
        "U+" + String(repeating: "0", count: max(0, 4 - String(scalar, radix: 16).count))
        + String(scalar, radix: 16, uppercase: true)
      return (
        LocalizedText(
          zh: "\(place.zh)含所选格式或编码没有的字符 \(code)", en: "\(place.en) holds \(code), which the format or encoding lacks"),
        LocalizedText(zh: "请换一种输出格式或编码，如 --to ndjson", en: "Choose another format or encoding, such as --to ndjson")
      )
    case .tooLong(let limit):
      return (
        LocalizedText(
          zh: "\(place.zh)超过单元格上限 \(limit) 个字符", en: "\(place.en) is longer than the \(limit) characters of a cell"), other
      )
    case .tooManyValues:
      return (
        LocalizedText(zh: "\(place.zh)之后的值没有表头", en: "\(place.en) and what follows stand under no heading"),
        LocalizedText(zh: "请改正该行，或用 --to csv", en: "Correct the row, or use --to csv")
      )
    case .repeatedHeading:
      return (
        LocalizedText(zh: "\(place.zh)与前面的列同名", en: "\(place.en) stands twice"),
        LocalizedText(zh: "请改正表头，或用 --to csv", en: "Correct the headings, or use --to csv")
      )
    case .tooManyColumns(let limit):
      return (LocalizedText(zh: "超过工作表上限 \(limit) 列", en: "has more than the \(limit) columns of a sheet"), other)
    case .tooLarge:
      return (LocalizedText(zh: "输出超过 4 GiB", en: "makes more than 4 GiB"), other)
    }
  }
}
