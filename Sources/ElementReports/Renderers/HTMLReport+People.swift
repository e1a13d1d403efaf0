import ElementCore
import ElementPage
import ElementWarehouse

/// How many people there are, and who stands in two rosters.
extension HTMLReport {
  var people: PageSection {
    PageSection(
      name: "people", title: say("同一人", "People"), question: say("多少条记录，多少个人？", "How many rows, of how many people?"),
      reader: say(
        "读者：数据管理员。待核对的题目用 yaosu dedupe review 交给熟悉情况的人",
        "For the data keeper. yaosu dedupe review hands the questions to whoever knows the people"), body: peopleBody)
  }

  private var peopleBody: Markup {
    if report.reading.office != .all || report.audience != .own {
      return PageSection.empty(say("同一人只列在本单位全库的报告里。", "People stand in the office's own report on all only."))
    }
    guard let people = report.reading.people else {
      return PageSection.empty(
        say(
          "还没有合并过同一人的记录；yaosu dedupe find --apply 开始。",
          "Nobody has joined the rows of one person yet: yaosu dedupe find --apply begins."))
    }
    return sum(people) + overlaps(people)
  }

  private func sum(_ people: PeopleCounts) -> Markup {
    let rate = people.rows == 0 ? 0 : 1 - Double(people.people) / Double(people.rows)
    let rows: [(String, String)] = [
      (say("人员记录", "Rows of people"), PageNumber.count(people.rows)), (say("人", "People"), PageNumber.count(people.people)),
      (say("有多条记录的人", "People with several rows"), PageNumber.count(people.shared)),
      (say("重复率", "Rows that repeat somebody"), PageNumber.percent(rate) + "%"),
      (say("待核对的题目", "Questions that wait"), PageNumber.count(people.questions)),
      (say("最久的一题（天）", "The oldest of them, in days"), PageNumber.count(people.oldest)),
      (say("已有结论", "Answers"), PageNumber.count(people.answers)),
    ]
    let before = people.runs.dropLast().last
    let note =
      before.map {
        say(
          "上一次（\($0.day)）：\(PageNumber.count($0.rows)) 条记录，\(PageNumber.count($0.people)) 个人",
          "The run before (\($0.day)): \(PageNumber.count($0.rows)) rows of \(PageNumber.count($0.people)) people")
      } ?? ""
    return PageTable(
      say("记录和人", "Rows and people"), note: note, [.init(say("项目", "What")), .init(say("数", "Count"), isNumber: true)],
      rows.map { PageTable.Row("\($0.0)", [.text($0.1)]) }
    ).markup
  }

  private func overlaps(_ people: PeopleCounts) -> Markup {
    if people.overlaps.isEmpty { return .none }
    return PageTable(
      say("在两份名册里的人", "People who stand in two rosters"),
      [.init(say("名册", "Roster")), .init(say("另一份", "The other")), .init(say("人数", "People"), isNumber: true)],
      people.overlaps.map { overlap in
        PageTable.Row(
          "\(words.dataset(overlap.left))", [.text(words.dataset(overlap.right)), .text(PageNumber.count(overlap.people))])
      }
    ).markup
  }
}
