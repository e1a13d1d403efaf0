import ElementCore
package import ElementFormats
import ElementSchema
package import ElementWarehouse

/// What is to be done in a grid, list by list.
package struct GridWork: Sendable {
  /// The grid code.
  package let grid: String
  /// What the grid is called.
  package let name: String
  /// Who looks after it; nil where nobody said.
  package let member: WorkMember?
  /// The lists with their rows, in the order of their kinds.
  package let lists: [(kind: WorkListKind, rows: [[StyledSheet.Cell]])]
  private let day: CalendarDate
  private let pack: SchemaPack
  private let language: Language

  /// The work of a grid on a day.
  init(
    grid: String, name: String, member: WorkMember?, day: CalendarDate,
    lists: [(kind: WorkListKind, rows: [[StyledSheet.Cell]])], pack: SchemaPack, _ language: Language
  ) {
    (self.grid, self.name, self.member, self.day, self.lists) = (grid, name, member, day, lists)
    (self.pack, self.language) = (pack, language)
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// By what the header of a list begins that is worked off elsewhere, in both languages.
  static let correctionHeadings = [
    ["序号", "数据集", "记录", "名称", "字段", "问题"], ["No.", "Dataset", "Record", "Name", "Field", "Finding"],
  ]

  /// How many rows all lists have.
  package var count: Int { lists.reduce(0) { $0 + $1.rows.count } }

  /// A list as a workbook of one sheet, to be printed, filled in, and sent back.
  package func workbook(_ kind: WorkListKind, _ rows: [[StyledSheet.Cell]]) -> StyledWorkbook {
    let who = member.map { "　" + ($0.name.isEmpty ? $0.number : $0.name) } ?? ""
    let sheet = StyledSheet(
      kind.title[language], heading: ("\(name)　\(kind.title[language])", "\(day.text)\(who)"), columns(kind), rows,
      isWide: true,
      isForm: true)
    return StyledWorkbook([sheet])
  }

  private func columns(_ kind: WorkListKind) -> [StyledSheet.Column] {
    func field(_ dataset: String, _ name: String, _ width: Int, set: String? = nil) -> StyledSheet.Column {
      guard let dataset = pack.dataset(dataset), let index = dataset.index(of: name) else {
        bug("a list of a field that is none")
      }
      let choices = set.map { pack.table($0).entries.map(\.label) } ?? []
      // In English the identifier: it is a heading that a load knows, and the English title is none.
      return StyledSheet.Column(language == .zh ? dataset.fields[index].title : name, width: width, choices: choices)
    }
    func shown(_ zh: String, _ en: String, _ width: Int) -> StyledSheet.Column {
      StyledSheet.Column(WorkListColumn.mark + say(zh, en), width: width)
    }
    switch kind {
    case .visit:
      return [
        field("visit", "visitNum", 27), field("visit", "personNum", 11), field("visit", "gridPersonName", 9),
        field("visit", "targetType", 9), field("visit", "targetKey", 20), field("visit", "targetName", 10),
        field("visit", "address", 26), shown("上次走访", "Last visit", 11), field("visit", "visitTime", 14),
        field("visit", "resultCode", 9, set: "visitResult"), field("visit", "content", 26), field("visit", "gridCode", 13),
      ]
    case .verification:
      return [
        field("verification", "verificationNum", 27), field("verification", "recordDataset", 9),
        field("verification", "recordKey", 20), shown("名称", "Name", 9), shown("地址", "Address", 24),
        shown("上次确认", "Last confirmed", 11), field("verification", "sourceCode", 7), field("verification", "assignedDate", 11),
        field("verification", "dueDate", 11), field("verification", "checkedTime", 14),
        field("verification", "resultCode", 9, set: "verificationResult"), field("verification", "wrongFields", 14),
        field("verification", "gridCode", 13),
      ]
    case .correction, .overdue:
      return [
        StyledSheet.Column(say("序号", "No."), width: 6), StyledSheet.Column(say("数据集", "Dataset"), width: 12),
        StyledSheet.Column(say("记录", "Record"), width: 22), StyledSheet.Column(say("名称", "Name"), width: 12),
        StyledSheet.Column(say("字段", "Field"), width: 14), StyledSheet.Column(say("问题", "Finding"), width: 22),
        StyledSheet.Column(say("怎么改", "What to do"), width: 34), StyledSheet.Column(say("首次发现", "First found"), width: 12),
        StyledSheet.Column(say("天数", "Days"), width: 7), StyledSheet.Column(say("办理情况", "Done"), width: 20),
      ]
    }
  }
}
