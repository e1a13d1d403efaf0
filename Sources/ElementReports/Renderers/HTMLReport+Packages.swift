import ElementCore
import ElementPage
import ElementWarehouse

/// What left and is not settled yet.
extension HTMLReport {
  var packages: PageSection {
    PageSection(
      name: "packages", title: say("外送数据包", "Packages"), question: say("送出的包对方收下了吗？", "Did the targets take what was sent?"),
      reader: say(
        "读者：数据管理员。退回的记录改好后，下一次增量会带上；属对方原因的用 yaosu export --resend theirs 再发",
        "For the data keeper. Refused records go with the next delta once they are corrected; where the fault was the target's, yaosu export --resend theirs sends them again"
      ), body: packagesBody)
  }

  private var packagesBody: Markup {
    if report.reading.office != .all || report.audience != .own {
      return PageSection.empty(say("数据包只列在本单位全库的报告里。", "Packages stand in the office's own report on all only."))
    }
    return packageTable + refusalTable + endingTable
  }

  private var packageTable: Markup {
    let all = report.reading.packages
    if all.isEmpty { return PageSection.empty(say("没有等回执的数据包。", "No package waits for an answer.")) }
    let rows = all.map { package in
      let refused = package.refusals.reduce(0) { $0 + $1.count }
      return PageTable.Row(
        "\(package.identity)",
        [
          .text(PrintableText.escape(package.recipient)),
          package.answer == "open" && package.age > 7
            ? .marked(words.answer(package.answer), .bad) : .text(words.answer(package.answer)),
          .text(PageNumber.count(package.age)), .text(PageNumber.count(package.records)),
          .text(PageNumber.count(package.behind)),
          .text(PageNumber.count(refused)),
        ])
    }
    return PageTable(
      say("等回执或有退回的包", "Packages that are open, or of which records were refused"),
      note: say("送出 7 天以上没有回执的标红", "those without an answer for over seven days stand out"),
      [
        .init(say("包号", "Package")), .init(say("接收方", "Recipient")), .init(say("回执", "Answer")),
        .init(say("天数", "Days"), isNumber: true), .init(say("记录", "Records"), isNumber: true),
        .init(say("留下", "Behind"), isNumber: true), .init(say("退回", "Refused"), isNumber: true),
      ], rows
    ).markup
  }

  /// So many wordings stand in a table.
  private static let shownRefusals = 50

  /// The words of targets, most often first.
  private var refusalTable: Markup {
    let all = report.reading.packages.flatMap { package in package.refusals.map { (package, $0) } }
    if all.isEmpty { return .none }
    let rows = all.prefix(Self.shownRefusals).map { package, refusal in
      PageTable.Row(
        "\(PrintableText.escape(refusal.words))",
        [.text(package.profile), .text(words.cause(refusal.cause)), .text(PageNumber.count(refusal.count))])
    }
    return PageTable(
      say("对方为什么退回（X0201）", "Why targets refused records (X0201)"),
      note: all.count > Self.shownRefusals
        ? say("共 \(all.count) 种说法，只列前 \(Self.shownRefusals) 种", "the first \(Self.shownRefusals) of \(all.count) wordings")
        : "",
      [
        .init(say("对方的说明", "The target's words")), .init(say("方案", "Profile")), .init(say("谁来改", "Whose it is")),
        .init(say("条数", "Records"), isNumber: true),
      ], rows
    ).markup
  }

  private var endingTable: Markup {
    if report.endings.isEmpty { return .none }
    let rows = report.endings.map { ending in
      PageTable.Row(
        "\(PrintableText.escape(ending.recipient))",
        [.text(PrintableText.escape(ending.number)), ending.days < 0 ? .marked(ending.until, .bad) : .text(ending.until)])
    }
    return PageTable(
      say("三十天内到期的批准", "Approvals that end within thirty days"),
      note: say("到期后不能再导出，请提前续批", "nothing leaves by an approval that has ended: ask for a new one in time"),
      [.init(say("接收方", "Recipient")), .init(say("批准", "Approval")), .init(say("有效期至", "Valid until"))], rows
    ).markup
  }
}
