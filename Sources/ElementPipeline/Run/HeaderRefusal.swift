import ElementCore
import ElementFormats
import ElementRules
import ElementSchema

/// Why a header is refused, with the evidence and the next step.
enum HeaderRefusal {
  /// No row near the top is a header.
  static func noHeader(_ path: String, _ layout: RecordLayout) -> InputError {
    guard let first = layout.preview.first else {
      return InputError(
        .header, path: path, message: LocalizedText(zh: "文件没有内容", en: "has no content"),
        hint: LocalizedText(zh: "请确认导出是否成功", en: "Check whether the export succeeded"))
    }
    if isMojibake(layout) {
      return InputError(
        .encoding, path: path,
        message: LocalizedText(
          zh: "表头是乱码：文件曾用错误的编码打开后另存", en: "has mojibake for a header: it was opened in the wrong encoding and saved"),
        hint: LocalizedText(
          zh: "请从原系统重新导出；UTF-8 的 CSV 不要用 Excel 直接打开，应从“数据—自文本”导入",
          en: "Export it again from the source; do not open UTF-8 CSV in Excel directly, import it as text"))
    }
    if !layout.isHeaded {
      let names = layout.header.prefix(8).map(PrintableText.escape).joined(separator: "、")
      return InputError(
        .header, path: path,
        message: LocalizedText(zh: "记录的键不像任何数据集：\(names)", en: "has records with keys of no dataset: \(names)"),
        hint: LocalizedText(
          zh: "请用 --records 指出记录的位置，或用 --mapping 指定各键是什么",
          en: "Say with --records where the records stand, or with --mapping what the keys are"))
    }
    return InputError(
      .header, path: path,
      message: LocalizedText(
        zh: "前 40 行中找不到表头（第一行有 \(first.count) 列）",
        en: "has no header among its first 40 rows (the first has \(first.count) columns)"),
      hint: LocalizedText(
        zh: "请保留列名所在的行；用 yaosu schema show <数据集> 查看可用列名，或用 --mapping 指定",
        en: "Keep the row of headings; yaosu schema show <dataset> lists them, --mapping pins them"))
  }

  /// A file without headings needs to be told what its columns hold.
  static func noMapping(_ path: String, _ layout: RecordLayout) -> InputError {
    InputError(
      .usage, path: path,
      message: LocalizedText(
        zh: "没有表头，不知道这 \(layout.header.count) 列各是什么",
        en: "has no header, and nothing says what its \(layout.header.count) columns hold"),
      hint: LocalizedText(
        zh: "请写一个映射文件并用 --mapping 指定，例如：dataset: registeredResident，columns: {\"1\": identityNum, \"2\": personName}",
        en:
          "Write a mapping and name it with --mapping, such as dataset: registeredResident, columns: {\"1\": identityNum, \"2\": personName}"
      ))
  }

  /// Whether most cells of some row near the top are damaged text.
  private static func isMojibake(_ layout: RecordLayout) -> Bool {
    let detector = MojibakeDetector()
    return layout.preview.prefix(5).contains { row in
      let damaged = row.count { cell in
        let bytes = Array(cell.utf8)
        return detector.isMojibake(bytes.span)
      }
      return damaged > 0 && damaged * 2 >= row.count
    }
  }

  /// The header fits no dataset, or two.
  static func undecided(_ path: String, _ layout: RecordLayout, _ recognition: DatasetRecognition) -> InputError {
    if recognition.isDoubtful {
      let names = recognition.candidates.prefix(2).map(\.map.dataset.name).joined(separator: ", ")
      return InputError(
        .dataset, path: path,
        message: LocalizedText(zh: "表头同时像 \(names)，无法确定数据集", en: "has a header that fits \(names) equally well"),
        hint: LocalizedText(zh: "请用 --dataset 指定", en: "Pin one with --dataset"), line: layout.headerLine)
    }
    guard
      let best = recognition.candidates.max(by: { $0.map.mappedCount < $1.map.mappedCount })
        .map({ recognition.suggesting($0.map) })
    else {
      return noHeader(path, layout)
    }
    let lacking = best.missingKeys.isEmpty ? best.dataset.marks : best.missingKeys
    let missing = lacking.map { best.dataset.fields[$0] }
    let near = best.unknown.filter { column in missing.contains { $0.title == column.suggestion } }.map {
      HeaderText.shown($0.heading)
    }
    let zhNear = near.isEmpty ? "" : "；“\(near.joined(separator: "”“"))”可能就是，请改列名或用 --mapping 指定"
    let enNear = near.isEmpty ? "" : "; \(near.joined(separator: ", ")) may be it: rename it or pin it with --mapping"
    let place =
      layout.headerLine > 0
      ? LocalizedText(zh: "表头（第 \(layout.headerLine) 行）", en: "a header (line \(layout.headerLine))")
      : LocalizedText(zh: "记录的键", en: "keys")
    return InputError(
      .dataset, path: path,
      message: LocalizedText(
        zh: "\(place.zh)最像“\(best.dataset.title.zh)”，但缺少主键列：\(missing.map(\.title).joined(separator: "、"))",
        en:
          "has \(place.en) most like \(best.dataset.name), but no column for its key: \(missing.map(\.name).joined(separator: ", "))"
      ),
      hint: LocalizedText(
        zh: "请补上这些列\(zhNear)；只有主键和要改的列的更正清单，用 --mode patch --dataset \(best.dataset.name)",
        en:
          "Add these columns\(enNear); a list of corrections, which has the key and what it changes, takes --mode patch --dataset \(best.dataset.name)"
      ), line: layout.headerLine)
  }

  /// A form without the column that says the kind of each row.
  static func noKind(_ path: String, _ layout: RecordLayout, _ form: Form) -> InputError {
    InputError(
      .usage, path: path,
      message: LocalizedText(
        zh: "没有说明类别的列，不知道每一行属于哪个数据集", en: "has no column that says which dataset each row belongs to"),
      hint: LocalizedText(
        zh: "“\(form.title.zh)”需要其中一列：\(form.headings.joined(separator: "、"))；只有一类时用 --dataset 指定数据集",
        en:
          "\(form.name) needs one of the columns \(form.headings.joined(separator: ", ")); pin the dataset where all rows are of one kind"
      ),
      line: layout.headerLine)
  }

  /// Two columns claim one field.
  static func duplicate(_ path: String, _ layout: RecordLayout, _ map: HeaderMap, _ twice: (field: Int, columns: [Int]))
    -> InputError
  {
    let headings = twice.columns.map { "\($0)“\(HeaderText.shown(map.headings[$0 - 1]))”" }
    let field = map.dataset.fields[twice.field]
    return InputError(
      .header, path: path,
      message: LocalizedText(
        zh: "第 \(headings.joined(separator: "、")) 列都是“\(field.title)”",
        en: "has more than one column for \(field.name): \(headings.joined(separator: ", "))"),
      hint: LocalizedText(
        zh: "请只保留一列；或用 yaosu sniff --save-mapping 写出映射文件，为另一列填上字段，再用 --mapping 指定",
        en:
          "Keep one of them; or write a mapping with yaosu sniff --save-mapping, give the other column a field, and pin it with --mapping"
      ),
      line: layout.headerLine)
  }
}
