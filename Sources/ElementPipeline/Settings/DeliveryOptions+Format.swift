import ElementCore
import ElementFormats

extension DeliveryOptions {
  /// The formats that are read, by the names that `--format` has for them.
  package static let formats = ["csv", "xlsx", "xml", "json", "ndjson"]

  /// The kind of text that the pinned format is; nil for none.
  var pinnedFormat: FileFormat? {
    switch format {
    case "json", "ndjson": .json
    case "xml": .xml
    case "csv": .delimited
    case "xlsx": .workbook
    default: nil
    }
  }

  /// Refuses a file that is not of the format that was pinned.
  ///
  /// - Throws: `InputError` of kind `foreignFormat`.
  func confirmFormat(_ survey: FileSurvey) throws(InputError) {
    if let xsd, survey.format != .xml {
      throw InputError(
        .usage, path: survey.original.path,
        message: LocalizedText(
          zh: "是 \(survey.format.names[0])，不能用 XSD 校验", en: "is \(survey.format.names[0]), which no XML schema validates"),
        hint: LocalizedText(
          zh: "--xsd \(PrintableText.escape(xsd.path)) 只用于 XML 文件",
          en: "Use --xsd \(PrintableText.escape(xsd.path)) for XML files only"))
    }
    guard let format, !survey.format.names.contains(where: { $0.utf8.elementsEqual(format.utf8) }) else { return }
    let found = survey.format.names[0]
    throw InputError(
      .foreignFormat, path: survey.original.path,
      message: LocalizedText(zh: "不是 \(format)，而是 \(found)", en: "is not \(format) but \(found)"),
      hint: LocalizedText(zh: "请去掉 --format，按内容识别", en: "Leave --format out: the format is told by content"))
  }
}
