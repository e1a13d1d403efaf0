package import ElementCore
package import ElementFormats
package import ElementLinkage
package import ElementSchema
package import ElementWarehouse

/// The questions of a warehouse as a list that people answer: two rows a question, what is personal masked but for where they differ.
package struct ReviewList {
  /// Which questions, and how they are shown.
  package struct Options: Sendable {
    /// The most questions; nil for all.
    package var limit: Int?
    /// Only those of a guard; nil for all.
    package var barrier: String?
    /// Instead of questions the pairs that this guard keeps apart: nothing is answered there; nil for questions.
    package var register: LinkageGuard?
    /// Whether values stand as they are.
    package var unmasks = false
    /// The language of headings and words.
    package var language: Language
    /// What is compared, and of what.
    package var model: LinkageModel

    /// All questions, masked.
    package init(_ model: LinkageModel, language: Language) { (self.model, self.language) = (model, language) }
  }

  /// A question as it is shown.
  package struct Item: Sendable {
    /// What is asked, and of which two rows.
    package let question: StoredQuestion
    /// The values of both rows, in the order of `ReviewColumn`.
    package let rows: [[String]]
  }

  /// The questions.
  package let items: [Item]
  private let options: Options
  private static let shown: [(role: LinkageRole, column: ReviewColumn)] = [
    (.number, .number), (.name, .name), (.formerName, .formerName), (.sex, .sex), (.birth, .birth), (.phone, .phone),
    (.address, .address),
    (.household, .household), (.grid, .grid),
  ]

  /// Reads the questions of a warehouse.
  package init(_ session: LinkageSession, _ pack: SchemaPack, _ options: Options, today: CalendarDate) throws {
    self.options = options
    let marks = try session.marks()
    var items: [Item] = []
    let questions = try options.register.map { try session.keptApart(by: $0.rawValue) } ?? session.questions()
    for question in questions {
      if let barrier = options.barrier, question.link.barrier.map({ !$0.utf8.elementsEqual(barrier.utf8) }) ?? true { continue }
      if let limit = options.limit, items.count >= limit { break }
      let values = try [question.link.left, question.link.right].map { try Self.values($0, session, pack) }
      let isMinor = values.contains { Self.isMinor($0, today) }
      let rows = zip(values, [question.link.left, question.link.right]).enumerated().map { place, row in
        Self.row(question, row.0, beside: values[1 - place], row.1, pack, marks, options, masksAll: isMinor && !options.unmasks)
      }
      items.append(Item(question: question, rows: rows))
    }
    self.items = items
  }

  private init(_ items: [Item], _ options: Options) { (self.items, self.options) = (items, options) }

  /// The list in parts, one a grid.
  package var byGrid: [(grid: String, list: ReviewList)] {
    let groups = Dictionary(grouping: items, by: \.question.grid)
    return groups.keys.sorted().map { ($0, ReviewList(groups[$0] ?? [], options)) }
  }

  private static func values(_ name: RowName, _ session: LinkageSession, _ pack: SchemaPack) throws -> [LinkageRole: String] {
    guard let dataset = pack.dataset(name.dataset), let linkage = dataset.linkage else { return [:] }
    let roles = linkage.roles.keys.sorted { $0.rawValue < $1.rawValue }
    let fields = roles.compactMap { linkage.field($0) }
    guard let found = try session.values(dataset, fields, of: [name.row])[name.row] else { return [:] }
    return Dictionary(zip(roles, found)) { first, _ in first }
  }

  private static func isMinor(_ values: [LinkageRole: String], _ today: CalendarDate) -> Bool {
    let number = NumberForm(Array((values[.number] ?? "").utf8).span)
    let birth = number.birth ?? CalendarDate(iso: Array((values[.birth] ?? "").utf8).span)
    return birth.map { $0.years(to: today) < 14 } ?? false
  }

  private static func row(
    _ question: StoredQuestion, _ values: [LinkageRole: String], beside other: [LinkageRole: String], _ name: RowName,
    _ pack: SchemaPack,
    _ marks: QuestionMark, _ options: Options, masksAll: Bool
  ) -> [String] {
    let language = options.language
    var cells = [String](repeating: "", count: ReviewColumn.allCases.count)
    cells[ReviewColumn.question.rawValue] = question.id == 0 ? "" : "\(question.id)"
    var reasons = LevelText(options.model, language).sentence(UInt64(bitPattern: question.link.pattern))
    if let barrier = question.link.barrier.flatMap(LinkageGuard.init(rawValue:)) {
      reasons += (language == .zh ? "（" : " (") + barrier.name[language] + (language == .zh ? "）" : ")")
    }
    cells[ReviewColumn.reasons.rawValue] = reasons
    cells[ReviewColumn.confidence.rawValue] = confidence(question.link.weight, language)
    cells[ReviewColumn.source.rawValue] =
      (pack.dataset(name.dataset)?.title).map { language == .zh ? $0.zh : $0.en } ?? name.dataset
    cells[ReviewColumn.mark.rawValue] = question.id == 0 ? "" : marks.text(question)
    for (role, column) in shown {
      let (value, its) = (values[role] ?? "", other[role] ?? "")
      cells[column.rawValue] = options.unmasks ? value : masked(value, beside: its, column, options.model.kind, all: masksAll)
    }
    return cells
  }

  private static func confidence(_ weight: Int32, _ language: Language) -> String {
    let words = language == .zh ? ["高", "中", "低"] : ["high", "middle", "low"]
    return weight >= 6 * LevelWeights.bit ? words[0] : weight >= 0 ? words[1] : words[2]
  }

  /// A value as it may be shown: numbers but for the places that differ; of children names and addresses too.
  private static func masked(_ value: String, beside other: String, _ column: ReviewColumn, _ kind: LinkageKind, all: Bool)
    -> String
  {
    switch column {
    // Codes of houses and organisations are open, and are what one looks them up by.
    case .number where kind != .person: value
    case .number, .phone: differing(value, other, column == .number ? .identifier : .phone)
    case .name, .formerName: all ? Masking.mask(value, sensitivity: .personal, kind: .name) : value
    case .address: all ? Masking.mask(value, sensitivity: .personal, kind: .address) : value
    case .household: Masking.mask(value, sensitivity: .personal, kind: .identifier)
    default: value
    }
  }

  private static func differing(_ value: String, _ other: String, _ kind: MaskKind) -> String {
    let (mine, its) = (Array(value.utf8), Array(other.utf8))
    // Places are told apart where each is a byte.
    guard !mine.isEmpty, mine.count == its.count, mine != its, (mine + its).allSatisfy({ $0 < 0x80 }) else {
      return Masking.mask(value, sensitivity: .personal, kind: kind)
    }
    let different = mine.indices.count { mine[$0] != its[$0] }
    // Two numbers that have little in common would be shown whole.
    guard different <= 4 else { return Masking.mask(value, sensitivity: .personal, kind: kind) }
    return String(decoding: mine.indices.map { mine[$0] == its[$0] ? 0x2A : mine[$0] }, as: UTF8.self)
  }

  // MARK: Writing

  /// The workbook: the questions, and how to answer them; `stamp` stands over each page.
  ///
  /// - Throws: `UnwritableValue` where a value is too long for a cell.
  package func workbook(stamp: String) throws(UnwritableValue) -> [UInt8] {
    let (language, kind) = (options.language, options.model.kind)
    let columns = ReviewColumn.all(kind).map { column in
      StyledSheet.Column(
        column.title(language, kind), width: column.width, choices: column == .answer ? ReviewAnswer.words(language, kind) : [])
    }
    let rows = items.flatMap { item in
      item.rows.map { cells -> [StyledSheet.Cell] in
        ReviewColumn.all(kind).map { column -> StyledSheet.Cell in
          let text = cells[column.rawValue]
          switch column {
          case .answer, .note: return .entry(text)
          case .reasons, .address: return .wrapped(text)
          default: return differs(item, column) ? .alarming(text) : text.isEmpty ? .blank : .text(text)
          }
        }
      }
    }
    let title = language == .zh ? "核对" : "questions"
    let words = kind == .person ? (Self.helpZh, Self.helpEn) : (Self.thingsZh, Self.thingsEn)
    let help = (language == .zh ? words.0 : words.1).map { [StyledSheet.Cell.wrapped($0)] }
    return try StyledWorkbook([
      StyledSheet(title, heading: (title, stamp), columns, rows, isWide: true),
      StyledSheet(
        language == .zh ? "说明" : "how to answer", heading: (title, stamp),
        [StyledSheet.Column(language == .zh ? "怎样核对" : "how to answer", width: 80)], help),
    ]).bytes()
  }

  private func differs(_ item: Item, _ column: ReviewColumn) -> Bool {
    guard [.number, .name, .sex, .birth, .phone].contains(column) else { return false }
    return !item.rows[0][column.rawValue].utf8.elementsEqual(item.rows[1][column.rawValue].utf8)
  }

  private static let helpZh = [
    "每一题有两行，问的是这两条记录是不是同一个人。在任一行的“判定”里选：同一人、不是同一人、不确定；可在“说明”里写原因。没有把握时选“不确定”，以后情况变化会再问。",
    "双胞胎：同一住处、同日出生、同姓，名字不同，身份证号只差末几位——不是同一人。", "同名同日：姓名和生日相同，住处、电话都不同——不要只凭姓名判定为同一人，先问本人或网格员。",
    "同一人常见的样子：名字读音相同或差一个字，号码差一位，换了电话，搬了家。", "两个不同的有效身份证号永远不会合并；这样的情况请联系管理人口登记的单位。",
    "可以排序、筛选、隐藏列；不要改动题号和核对码。填好后交给管理员用 yaosu dedupe apply 读入。",
  ]

  private static let helpEn = [
    "A question has two rows: are they of one person? Choose in the column answer of either row: same, not same, or unsure; say why in note. What you cannot know is unsure, and is asked again when something changes.",
    "Twins: one home, one birth date, one family name, another given name, numbers that differ at the end: not the same.",
    "Namesakes: name and birth date are equal, home and telephone are not: ask before you say that they are one.",
    "One person often looks so: the name sounds alike or differs in a character, the number in one place, the telephone is new, the address too.",
    "Two different valid numbers are never joined; tell the office that keeps the register.",
    "Rows may be sorted, filtered and hidden; leave question and mark alone. yaosu dedupe apply reads the answers.",
  ]

  private static let thingsZh = [
    "每一题有两行，问的是这两条记录是不是同一处房屋（同一个组织）。在任一行的“判定”里选：同一个、不是同一个、不确定；可在“说明”里写原因。",
    "房屋：同一幢楼的不同房间不是同一处；同一处房屋在两个名册里编号可以不同。", "组织：分公司、分店与总公司不是同一个；改名、搬迁前后是同一个。",
    "可以排序、筛选、隐藏列；不要改动题号和核对码。填好后交给管理员用 yaosu dedupe apply --kind house（或 organization）读入。",
  ]

  private static let thingsEn = [
    "A question has two rows: are they one house, or one organisation? Choose in the column answer of either row: same, not same, or unsure; say why in note.",
    "Two rooms of one building are not the same; one house may have another code in each roster.",
    "A branch and its head are not the same; an organisation that was renamed or has moved is.",
    "Rows may be sorted, filtered and hidden; leave question and mark alone. yaosu dedupe apply --kind house (or organization) reads the answers.",
  ]

  /// The same as CSV, for a spreadsheet.
  package func csv(_ body: ([UInt8]) throws -> Void) throws {
    let shown = ReviewColumn.all(options.model.kind)
    let columns = shown.map { WrittenColumn($0.title(options.language, options.model.kind)) }
    let writer = try WrittenFormat.csv.writer(columns, text: .people, sheet: "")
    for row in items.flatMap(\.rows) {
      try writer.append(shown.map { row[$0.rawValue] })
      try body(writer.pending)
      writer.pending = []
    }
    try writer.finish()
    try body(writer.pending)
  }
}
