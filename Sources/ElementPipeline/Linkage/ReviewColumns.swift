package import ElementCore
package import ElementSchema

/// The columns of a list of questions, in its order.
package enum ReviewColumn: Int, Sendable, CaseIterable {
  case question, answer, note, reasons, confidence, source, number, name, formerName, sex, birth, phone, address, household,
    grid, mark

  /// The columns of a list about people, houses or organisations.
  package static func all(_ kind: LinkageKind) -> [ReviewColumn] {
    kind == .person ? allCases : allCases.filter { ![.formerName, .sex, .birth, .household].contains($0) }
  }

  /// The heading in a list about people, houses or organisations.
  package func title(_ language: Language, _ kind: LinkageKind) -> String {
    let titles = others[kind] ?? titles
    return language == .zh ? titles.zh : titles.en
  }

  /// Whether a text is the heading, in either language.
  func isHeading(_ text: String) -> Bool {
    ([titles] + others.values).contains { text.utf8.elementsEqual($0.zh.utf8) || text.utf8.elementsEqual($0.en.utf8) }
  }

  /// What it is called where that is another than of people.
  private var others: [LinkageKind: (zh: String, en: String)] {
    switch self {
    case .number: [.house: ("房屋编号", "house code"), .organization: ("统一社会信用代码", "credit code")]
    case .name: [.house: ("房主或出租人", "owner or landlord"), .organization: ("名称", "name of the organisation")]
    case .address: [.house: ("地址", "site"), .organization: ("地址", "site")]
    default: [:]
    }
  }

  private var titles: (zh: String, en: String) {
    switch self {
    case .question: ("题号", "question")
    case .answer: ("判定", "answer")
    case .note: ("说明", "note")
    case .reasons: ("依据", "reasons")
    case .confidence: ("把握", "confidence")
    case .source: ("来源", "source")
    case .number: ("公民身份号码", "citizen number")
    case .name: ("姓名", "name")
    case .formerName: ("曾用名", "former name")
    case .sex: ("性别", "sex")
    case .birth: ("出生日期", "date of birth")
    case .phone: ("电话", "phone")
    case .address: ("现住址", "address")
    case .household: ("户号", "household")
    case .grid: ("网格", "grid")
    case .mark: ("核对码", "mark")
    }
  }

  /// How wide the column is, in Latin characters.
  var width: Int {
    switch self {
    case .question, .answer, .confidence, .sex, .formerName: 10
    case .reasons, .address: 36
    case .number, .mark, .grid: 22
    case .note, .source: 18
    case .name, .birth, .phone, .household: 14
    }
  }
}

/// What may be answered, as it stands in a list.
package enum ReviewAnswer {
  /// The words in a language: the same person, house or organisation, not the same, cannot be known.
  package static func words(_ language: Language, _ kind: LinkageKind) -> [String] {
    guard language == .zh else { return ["same", "not same", "unsure"] }
    return kind == .person ? ["同一人", "不是同一人", "不确定"] : ["同一个", "不是同一个", "不确定"]
  }
}
