package import ElementCore
import ElementFormats
package import ElementSchema

/// The workbook that a clerk fills in: a sheet for each dataset with the official titles, a guide, lists, and a stamp by which it is known.
package struct TemplateWorkbook {
  /// Values that a site knows: its own grids.
  package struct Known: Sendable {
    /// The codes of its grids.
    package var grids: [String] = []

    /// Nothing known.
    package init() {}
  }

  private let datasets: [Dataset]
  private let pack: SchemaPack
  private let known: Known
  private let language: Language
  private let version: String

  /// A template of some datasets.
  package init(_ datasets: [Dataset], _ pack: SchemaPack, known: Known, language: Language, version: String) {
    (self.datasets, self.pack, self.known, self.language, self.version) = (datasets, pack, known, language, version)
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// The file.
  package var bytes: [UInt8] {
    EntryWorkbook(datasets.map(sheet), guide: guide, stamp: TemplateStamp(datasets, pack, version: version).rows).bytes()
  }

  private func sheet(_ dataset: Dataset) -> EntrySheet {
    let codes = dataset.fields.indices.map { choices(dataset.fields[$0]) }
    let columns = dataset.fields.enumerated().map { place, field in
      let title = field.title(language)
      var column = EntrySheet.Column(
        title, isRequired: isRequired(field), prompt: prompt(field),
        isQuantity: field.type == .integer || field.type == .decimal,
        width: max(title.unicodeScalars.reduce(2) { $0 + ($1.value < 0x80 ? 1 : 2) }, field.type.isCode ? 20 : 12))
      column.choices = codes[place].map(\.label)
      if let parent = parent(of: place, dataset, codes) { column.depends = parent }
      (column.shortest, column.longest) = field.type.isDate ? (8, 30) : (nil, field.length)
      return column
    }
    return EntrySheet(
      dataset.title[language], columns,
      numberWarning: say(
        "与填写要求不符，请核对。编码、号码、日期须按文本填写，不要填成数字。",
        "This is not what the column asks for; please check. Codes, numbers and dates are typed as text."))
  }

  private func isRequired(_ field: Field) -> Bool { field.duty == .key || field.duty == .required }

  /// The entries whose labels may be chosen; none where the list is open, declared by version, or too long to choose from.
  private func choices(_ field: Field) -> [CodeEntry] {
    switch field.type {
    case .code(let set) where field.versions.isEmpty:
      return pack.table(set).only(field.values).entries.filter { $0.validTo.isEmpty }
    case .gridCode: return known.grids.map(TemplateWorkbook.entry)
    case .boolean: return [say("是", "yes"), say("否", "no")].map(TemplateWorkbook.entry)
    default: return []
    }
  }

  private static func entry(_ text: String) -> CodeEntry {
    CodeEntry(
      code: text, label: text, aliases: [], homonyms: [], parent: "", validFrom: "", validTo: "", successor: "", source: "",
      confidence: "A")
  }

  /// The column before a field whose choice its own entries depend on (大类 → 小类), with the labels below each label; nil for none.
  private func parent(
    of place: Int, _ dataset: Dataset, _ codes: [[CodeEntry]]
  ) -> (column: Int, choices: [String: [String]])? {
    let own = codes[place]
    // A list whose own entries lie below each other, or with entries of no parent, depends on no other.
    guard !own.isEmpty, own.allSatisfy({ !$0.parent.isEmpty }) else { return nil }
    for other in dataset.fields.indices.reversed() where other < place && !codes[other].isEmpty {
      let labels = Dictionary(codes[other].map { ($0.code, $0.label) }) { first, _ in first }
      guard own.allSatisfy({ labels[$0.parent] != nil }) else { continue }
      return (other, Dictionary(grouping: own) { labels[$0.parent] ?? "" }.mapValues { $0.map(\.label) })
    }
    return nil
  }

  private func prompt(_ field: Field) -> String {
    var parts = [duty(field)]
    switch field.type {
    case .date: parts.append(say("日期，如 1990-01-31", "A date, such as 1990-01-31"))
    case .dateTime: parts.append(say("日期和时间，如 2026-01-31 09:30", "A day and a time, such as 2026-01-31 09:30"))
    case .code: parts.append(say("从列表中选，或填代码", "Choose from the list, or type the code"))
    case .citizenId: parts.append(say("18 位公民身份号码，按文本填写", "18 digits, as text"))
    case .integer: parts.append(say("整数", "A whole number"))
    case .decimal: parts.append(say("数字", "A number"))
    case .coordinate: parts.append(say("十进制度数", "Degrees as a decimal"))
    default: if field.type.isCode { parts.append(say("按文本填写，一位不能少", "As text, with every digit")) }
    }
    if let length = field.length { parts.append(say("不超过 \(length) 字", "\(length) characters at most")) }
    if let digits = field.digits { parts.append(say("\(digits) 位", "\(digits) digits")) }
    return parts.joined(separator: say("；", "; ")) + say("。", ".")
  }

  private func duty(_ field: Field) -> String {
    switch field.duty {
    case .key, .required: say("必填", "Required")
    case .expected: say("应填", "Expected")
    case .optional: say("选填", "Optional")
    }
  }

  // MARK: The guide

  private var guideTitle: String { TemplateStamp.guides[language == .zh ? 0 : 1] }

  private var guide: StyledSheet {
    var rows: [[StyledSheet.Cell]] = []
    for dataset in datasets {
      for field in dataset.fields {
        let duty = duty(field)
        rows.append([
          .text(dataset.title[language]), .text(field.title(language)), isRequired(field) ? .alarming(duty) : .text(duty),
          .wrapped(prompt(field)), .wrapped(TemplateExample.value(of: field, pack) ?? ""), .wrapped(field.source),
        ])
      }
    }
    return StyledSheet(
      guideTitle, heading: (guideTitle, ""),
      [
        .init(say("工作表", "Sheet"), width: 18), .init(say("列", "Column"), width: 24), .init(say("要求", "Duty"), width: 8),
        .init(say("怎样填", "How"), width: 46), .init(say("例", "Example"), width: 26), .init(say("依据", "Source"), width: 28),
      ], rows, isWide: true,
      preface: [
        [.title(guideTitle)],
        [
          .note(
            say(
              "每张表从第二行填起，一行一条；橙色表头的列必填。不要改表头，不要合并单元格；没有内容的格留空，不要填“无”。例中的人和号码都是编的。",
              "Each sheet is filled in from the second row on, a row a record; columns with orange headings are required. Leave headings as they are, merge no cells, and leave blank what is not known. People and numbers in the examples are made up."
            ))
        ],
        [.note(say("填好后用 yaosu check 校验。", "When it is filled in, yaosu check looks it over."))],
      ])
  }
}
