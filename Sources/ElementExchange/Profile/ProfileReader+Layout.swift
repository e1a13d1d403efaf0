import ElementCore
import ElementFormats
import ElementSchema

extension ProfileReader {
  func layout(_ root: YAMLNode) throws(SchemaError) -> ExportProfile.Layout {
    var layout = ExportProfile.Layout()
    layout.formats = try formats(root)
    layout.format = layout.formats[0]
    layout.envelope = try root.choice("envelope", ExportProfile.Envelope.allCases) ?? .none
    layout.text = try text(root)
    if let elements = try root.optional("elements") {
      try elements.allow(["root", "record"])
      layout.rootElement = try elements.required("root").text()
      layout.recordElement = try elements.required("record").text()
    }
    if let node = try root.optional("recordsPerFile") { layout.recordsPerFile = try positive(node) }
    let isCSV = layout.format == .csv
    if !layout.formats.contains(.csv) {
      for key in ["encoding", "delimiter", "quotes", "lineEnd", "mark", "headings", "for"] {
        if let node = try root.optional(key) {
          throw node.error(zh: "\(key) 只用于 format: csv", en: "\(key) is for format: csv only")
        }
      }
    }
    let fits =
      switch layout.envelope {
      case .none: true
      case .gridDataPackage: layout.format == .xml || layout.format == .json
      case .datapackage: isCSV && layout.text == .system
      }
    if !fits, let node = try root.optional("envelope") {
      throw node.error(
        zh: "gridDataPackage 用于 xml 和 json，datapackage 用于不加改动的 csv（UTF-8、逗号）",
        en: "gridDataPackage is for xml and json, datapackage for plain csv (UTF-8, commas)")
    }
    return layout
  }

  /// The formats: one, or several of which the first is the usual one.
  func formats(_ root: YAMLNode) throws(SchemaError) -> [WrittenFormat] {
    let node = try root.required("format")
    var formats: [WrittenFormat] = []
    for name in node.isScalar ? [try node.text()] : try node.texts() {
      guard let format = WrittenFormat(rawValue: name) else {
        let names = WrittenFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw node.error(zh: "format 应为 \(names) 之一，或其中几个", en: "format is one of \(names), or several")
      }
      formats.append(format)
    }
    if formats.isEmpty { throw node.error(zh: "至少一种格式", en: "at least one format is needed") }
    return formats
  }

  func text(_ root: YAMLNode) throws(SchemaError) -> CSVForm {
    var form = CSVForm.system
    if let node = try root.optional("encoding") {
      guard let encoding = TextEncoding(name: try node.text()), encoding.isASCIITransparent else {
        throw node.error(zh: "encoding 应为 utf-8 或 gb18030", en: "encoding is utf-8 or gb18030")
      }
      form.encoding = encoding
    }
    if let node = try root.optional("delimiter") {
      let bytes = Array(try node.text().utf8)
      guard bytes.count == 1, [0x2C, 0x3B, 0x09, 0x7C].contains(bytes[0]) else {
        throw node.error(zh: "delimiter 应为逗号、分号、竖线或制表符", en: "delimiter is a comma, a semicolon, a bar or a tab")
      }
      form.delimiter = bytes[0]
    }
    form.quotesAll = try root.choice("quotes", Quotes.allCases) == .all
    form.endsWithCRLF = try root.choice("lineEnd", LineEnd.allCases) == .crlf
    form.hasMark = try root.optional("mark")?.flag() ?? false
    form.hasHeadings = try root.optional("headings")?.flag() ?? true
    form.guardsFormulas = try root.choice("for", Reader.allCases) == .people
    return form
  }

  private enum Quotes: String, CaseIterable { case needed, all }
  private enum LineEnd: String, CaseIterable { case lf, crlf }
  private enum Reader: String, CaseIterable { case systems, people }
}
