package import ElementCore

/// The columns of a list of questions, in its order.
package enum ReviewColumn: Int, Sendable, CaseIterable {
  case question, answer, note, reasons, confidence, source, number, name, formerName, sex, birth, phone, address, household,
    grid, mark

  /// The heading.
  package func title(_ language: Language) -> String { language == .zh ? titles.zh : titles.en }

  /// Whether a text is the heading, in either language.
  func isHeading(_ text: String) -> Bool { text.utf8.elementsEqual(titles.zh.utf8) || text.utf8.elementsEqual(titles.en.utf8) }

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
  /// The words in a language: one person, not one, cannot be known.
  package static func words(_ language: Language) -> [String] {
    language == .zh ? ["同一人", "不是同一人", "不确定"] : ["same", "not same", "unsure"]
  }
}
