package import ElementCore
package import ElementSchema
package import ElementWarehouse

/// The answers in a list of questions that came back, read by their question numbers: rows may have been sorted, filtered and left out.
package struct ReviewReading: Sendable {
  /// Why an answer is not taken.
  package struct Objection: Sendable, Hashable {
    /// The data row, from 1; 0 for the list as a whole.
    package let row: Int
    /// What is wrong, and what to do.
    package let message: LocalizedText
  }

  /// The answers that are sound.
  package private(set) var decisions: [StoredDecision] = []
  /// Those that are not taken, in the order of the rows.
  package private(set) var objections: [Objection] = []
  /// How many answers are known already.
  package private(set) var known = 0
  /// How many questions were left unanswered.
  package private(set) var unanswered = 0
  /// Whether the list is none of this warehouse: nothing of it can be taken.
  package private(set) var isForeign = false

  private struct Answered {
    var answers: [StoredDecision.Answer] = []
    var note = ""
    var mark = ""
    var row = 0
  }

  /// Reads a list; questions are those of the warehouse.
  ///
  /// - Throws: `InputError` where it cannot be read.
  package init(path: String, _ session: LinkageSession, _ options: DeliveryOptions, _ pack: SchemaPack) throws {
    let kind = LinkageKind(rawValue: session.kind) ?? .person
    var answered: [Int64: Answered] = [:]
    var order: [Int64] = []
    var places: [ReviewColumn: Int] = [:]
    var objections: [Objection] = []
    var records = RawRecords(path: path, options: options, pack: pack)
    try records.eachRecord({ headings in
      for column in ReviewColumn.allCases { places[column] = headings.firstIndex(where: column.isHeading) }
    }) { _, values, place in
      let row = place.row
      func cell(_ column: ReviewColumn) -> String? { places[column].flatMap { $0 < values.count ? values[$0] : nil } }
      if places[.question] == nil || places[.answer] == nil || places[.mark] == nil { return }
      guard let text = cell(.question), !text.isEmpty else { return }
      guard let id = Int64(text) else {
        objections.append(
          Objection(
            row: row,
            message: LocalizedText(
              zh: "题号 \(text) 不是数字，请从核对表里复制原来的题号", en: "the question \(text) is no number; copy it from the list")))
        return
      }
      if answered[id] == nil { order.append(id) }
      var entry = answered[id] ?? Answered()
      if entry.row == 0 { (entry.row, entry.mark) = (row, cell(.mark) ?? "") }
      if let note = cell(.note), !note.isEmpty { entry.note = note }
      if let word = cell(.answer), !word.isEmpty {
        if let answer = Self.answer(word) {
          if !entry.answers.contains(answer) { entry.answers.append(answer) }
          entry.row = row
        } else {
          objections.append(
            Objection(
              row: row,
              message: LocalizedText(
                zh: "第 \(id) 题的判定“\(word)”不认识，请用 \(ReviewAnswer.words(.zh, kind).joined(separator: "、"))",
                en: "question \(id): the answer \"\(word)\" is none of same, not same, unsure")))
        }
      }
      answered[id] = entry
    }
    if places[.question] == nil || places[.answer] == nil || places[.mark] == nil {
      isForeign = true
      objections.append(
        Objection(
          row: 0,
          message: LocalizedText(
            zh: "缺少题号、判定或核对码一列，不是 yaosu dedupe review 写出的核对表",
            en: "a column question, answer or mark is missing: this is no list of yaosu dedupe review")))
    }
    self.objections = objections
    try take(order, answered, session)
    self.objections.sort { $0.row < $1.row }
  }

  private mutating func take(_ order: [Int64], _ answered: [Int64: Answered], _ session: LinkageSession) throws {
    let questions = Dictionary(uniqueKeysWithValues: try session.questions().map { ($0.id, $0) })
    let marks = try session.marks()
    let said = Dictionary(try session.decisions().compactMap { decision in decision.question.map { ($0, decision.answer) } }) {
      $1
    }
    for id in order {
      guard let entry = answered[id] else { continue }
      if entry.answers.isEmpty {
        unanswered += 1
        continue
      }
      if entry.answers.count > 1 {
        object(entry, zh: "第 \(id) 题两行的判定不同，请统一后再读入", en: "question \(id) has two answers that differ; settle on one")
        continue
      }
      if questions[id]?.state != .stale, said[id] == entry.answers[0] {
        known += 1
        continue
      }
      guard let question = questions[id] else {
        if marks.isForeign(entry.mark) {
          isForeign = true
          object(entry, zh: "第 \(id) 题是另一个台账库的核对表", en: "question \(id) was asked by another warehouse")
        } else {
          object(
            entry, zh: "没有第 \(id) 题，或者它已有结论；房屋和组织的核对表须加 --kind house 或 --kind organization",
            en:
              "there is no question \(id), or it has been settled; lists of houses and organisations take --kind house, or organization"
          )
        }
        continue
      }
      switch marks.verdict(entry.mark, of: question) {
      case .fits: decide(question, entry)
      case .stale:
        object(entry, zh: "第 \(id) 题的记录后来变了，请重新导出核对", en: "the rows of question \(id) have changed since; ask it anew")
      case .foreign:
        isForeign = true
        object(entry, zh: "第 \(id) 题是另一个台账库的核对表", en: "question \(id) was asked by another warehouse")
      case .altered:
        object(entry, zh: "第 \(id) 题的核对码被改动了，请从原表复制", en: "the mark of question \(id) was altered; copy it from the list")
      }
    }
  }

  private mutating func decide(_ question: StoredQuestion, _ entry: Answered) {
    guard let answer = entry.answers.first else { return }
    if answer == .same, question.link.barrier?.utf8.elementsEqual("two-numbers".utf8) ?? false {
      object(
        entry, zh: "第 \(question.id) 题有两个不同的有效号码，不能判定为同一人；请联系管理人口登记的单位",
        en:
          "question \(question.id) is about two different valid numbers, which are never one; tell the office that keeps the register"
      )
      return
    }
    decisions.append(
      StoredDecision(
        left: question.link.left, right: question.link.right, answer: answer, pattern: question.link.pattern,
        weight: question.link.weight,
        source: "list", note: String(entry.note.prefix(500)), question: question.id))
  }

  private mutating func object(_ entry: Answered, zh: String, en: String) {
    objections.append(Objection(row: entry.row, message: LocalizedText(zh: zh, en: en)))
  }

  private static func answer(_ word: String) -> StoredDecision.Answer? {
    let text = word.split(separator: " ").joined(separator: " ").lowercased()
    for (language, kind) in [(Language.zh, LinkageKind.person), (.zh, .house), (.en, .person)] {
      let words = ReviewAnswer.words(language, kind)
      if let place = words.firstIndex(where: { $0.utf8.elementsEqual(text.utf8) }) {
        return StoredDecision.Answer.allCases[place]
      }
    }
    return StoredDecision.Answer.allCases.first { $0.rawValue.lowercased().utf8.elementsEqual(text.utf8) }
  }
}
