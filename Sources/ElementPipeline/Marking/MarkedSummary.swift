import ElementCore
import ElementFormats
import ElementSchema

/// The sheet that sums up a check: what was found by rule and column with the first place of each, the balance, and by what it was checked.
struct MarkedSummary {
  private let result: RunResult
  private let inputs: [(input: InputResult, reasons: RowReasons)]
  private let language: Language
  private let version: String

  /// The summary of the inputs of one file.
  init(_ result: RunResult, _ inputs: [(input: InputResult, reasons: RowReasons)], _ language: Language, version: String) {
    (self.result, self.inputs, self.language, self.version) = (result, inputs, language, version)
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// All of it, errors first.
  var sheet: StyledSheet {
    let place = language == .zh ? 0 : 1
    return StyledSheet(
      MarkWords.summaries[place], heading: (MarkWords.summaries[place], ""),
      [
        .init(say("级别", "Severity"), width: 10), .init(say("规则", "Rule"), width: 9),
        .init(say("说明", "What it means"), width: 34),
        .init(say("列", "Column"), width: 20), .init(say("数量", "Count"), width: 10, .bars),
        .init(say("第一处", "First place"), width: 20), .init(say("怎么办", "What to do"), width: 60),
      ], rows, isWide: true, preface: preface)
  }

  private var preface: [[StyledSheet.Cell]] {
    let place = language == .zh ? 0 : 1
    var lines: [[StyledSheet.Cell]] = [[.title(MarkWords.stamps[place])]]
    for (input, _) in inputs {
      var text = say("文件：", "File: ") + PrintableText.escape(String(input.path.split(separator: "/").last ?? ""))
      if let sheet = input.sheet { text += say("　工作表：", ", sheet: ") + PrintableText.escape(sheet) }
      lines.append([.note(text + say("　数据集：", ", dataset: ") + input.map.dataset.title[language])])
      lines.append([.note(RunSummary.balance(input.counts, language))])
    }
    if let hash = inputs.first?.input.sha256 { lines.append([.note("SHA-256: " + hash)]) }
    lines.append([
      .note(say("校验日期：", "Checked: ") + result.asOf.text + say("　程序：yaosu ", ", yaosu ") + version)
    ])
    lines.append([
      .note(
        say(
          "改好后保存，再校验一次；标记、校验结果列和本表会自动更新，不影响入库。",
          "Correct and save it, and check it again: marks, the column of results and this sheet are made anew and never loaded."
        ))
    ])
    return lines
  }

  private var rows: [[StyledSheet.Cell]] {
    var found: [(kind: RowReasons.Kind, count: Int, line: Int, input: InputResult)] = []
    for (input, reasons) in inputs {
      for (kind, first) in reasons.firsts { found.append((kind, first.count, first.line, input)) }
    }
    found.sort {
      ($1.kind.severity, $1.count, $0.kind.code, $0.kind.column) < ($0.kind.severity, $0.count, $1.kind.code, $1.kind.column)
    }
    if found.isEmpty { return [[.text(""), .text(""), .wrapped(say("没有发现问题", "Nothing was found"))]] }
    return found.map { kind, count, line, input in
      let rule = result.book[kind.code]
      let header = kind.field < 0 ? "" : HeaderText.shown(input.map.heading(kind.field, language))
      let severity = kind.severity.name[language]
      return [
        kind.severity == .error ? .alarming(severity) : .text(severity), .text(kind.code.description),
        .wrapped(rule?.title[language] ?? ""), .text(header), .count(count), link(kind, line, input),
        .wrapped(rule?.fixText(language, header: header) ?? ""),
      ]
    }
  }

  private func link(_ kind: RowReasons.Kind, _ line: Int, _ input: InputResult) -> StyledSheet.Cell {
    guard line > 0, let sheet = input.sheet else { return .text(say("整个文件", "the file")) }
    let cell = SpreadsheetColumn.letters(max(1, kind.column)) + String(line)
    return .link(
      (kind.column > 0 ? cell : say("第 \(line) 行", "row \(line)")), to: "'" + sheet.replacing("'", with: "''") + "'!" + cell)
  }
}
