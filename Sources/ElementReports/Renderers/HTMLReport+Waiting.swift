import ElementCore
import ElementPage
import ElementWarehouse

/// Who has rows that wait, and what came in since the day before.
extension HTMLReport {
  /// So many senders stand in a table.
  private static let shownSenders = 40

  var waiting: PageSection {
    PageSection(
      name: "waiting", title: say("待更正", "Waiting rows"), question: say("哪些行还在等，等了多久？", "Which rows wait, and how long?"),
      reader: say(
        "读者：报送单位。逐行名单用 yaosu quarantine export 导出，不在本页",
        "For who sends rosters. The rows themselves come with yaosu quarantine export"),
      body: waitingBody)
  }

  private var waitingBody: Markup { waitingTable + mendersTable + senderTable }

  /// Who can mend what was found: rows that wait go back to who sent them, stored ones are their grid's, and the rest is the data keeper's.
  private var mendersTable: Markup {
    var counts: [QualityReport.Mender: (open: Int, new: Int)] = [:]
    for group in report.reading.lives where group.kind.severity > .info {
      guard let fate = group.fate(on: report.reading.day.number) else { continue }
      let mender = QualityReport.Mender(group)
      switch fate {
      case .new:
        counts[mender, default: (0, 0)] = ((counts[mender]?.open ?? 0) + group.count, (counts[mender]?.new ?? 0) + group.count)
      case .persisting: counts[mender, default: (0, 0)].open += group.count
      case .fixed: continue
      }
    }
    if counts.isEmpty { return .none }
    let names: [QualityReport.Mender: (String, String)] = [
      .sender: (say("报送单位", "Who sent them"), say("待更正的行：导出、改好、交回", "rows that wait: export, correct, retry")),
      .member: (say("网格员", "Grid members"), say("在册记录：按工作清单核对更正", "stored records: by their work lists")),
      .keeper: (say("数据管理员", "The data keeper"), say("没有网格的在册记录", "stored records without a grid")),
    ]
    let rows = QualityReport.Mender.allCases.compactMap { mender in
      counts[mender].map { count in
        PageTable.Row(
          "\(names[mender]?.0 ?? "")",
          [.text(PageNumber.count(count.open)), .text(PageNumber.count(count.new)), .text(names[mender]?.1 ?? "")])
      }
    }
    return PageTable(
      say("谁能改", "Who can mend it"), note: say("错误和警告，不含提示", "errors and warnings, without notes"),
      [
        .init(say("谁", "Who")), .init(say("问题", "Findings"), isNumber: true), .init(say("新发现", "New"), isNumber: true),
        .init(say("怎么改", "How")),
      ], rows
    ).markup
  }

  /// Who has most findings among the rows that stand as it gave them; where nobody is named, nothing.
  private var senderTable: Markup {
    let named = report.senders.filter { !$0.name.isEmpty }
    if named.isEmpty { return .none }
    let most = Double(max(1, report.senders.map(\.open).max() ?? 1))
    let rows = report.senders.prefix(Self.shownSenders).map { sender in
      PageTable.Row(
        "\(sender.name.isEmpty ? say("没有写明单位", "nobody named") : PrintableText.escape(sender.name))",
        [.bar(Double(sender.open) / most, .dim)]
          + [sender.open, sender.new, sender.fixed, sender.waiting].map { .text(PageNumber.count($0)) })
    }
    return PageTable(
      say("报送单位的问题", "Findings by sender"),
      note: say("按记录最后由谁报送；问题多的在前", "by who sent the record last; the most first"),
      [
        .init(say("报送单位", "Sender")), .init(""), .init(say("问题", "Findings"), isNumber: true),
        .init(say("新发现", "New"), isNumber: true), .init(say("已整改", "Fixed"), isNumber: true),
        .init(say("待更正（行）", "Waiting rows"), isNumber: true),
      ], rows
    ).markup
  }

  private var waitingTable: Markup {
    let all = report.reading.waiting
    if all.isEmpty, report.reading.office != .all {
      return PageSection.empty(
        say(
          "没有等待更正的行。待更正的行按报送单位的辖区（yaosu.yaml 的 senders: area）归属。",
          "No row waits. Waiting rows belong to the area that their sender answers for (senders: area in yaosu.yaml)."))
    }
    if all.isEmpty { return PageSection.empty(say("没有等待更正的行。", "No row waits.")) }
    let count = all.reduce(0) { $0 + $1.ages.count }
    let old = all.reduce(0) { $0 + $1.ages.count { $0 > 30 } }
    let most = Double(all.first?.ages.count ?? 1)
    let rows = all.prefix(Self.shownSenders).map { entry in
      var counts = words.ages.map { _ in 0 }
      for age in entry.ages { counts[words.ageClass(age)] += 1 }
      return PageTable.Row(
        "\(entry.sender.isEmpty ? say("没有写明单位", "nobody named") : PrintableText.escape(entry.sender))",
        [
          .text(words.dataset(entry.dataset)),
          .bar(Double(entry.ages.count) / most, entry.ages.contains { $0 > 30 } ? .bad : .dim),
        ] + (counts + [entry.ages.count]).map { .text(PageNumber.count($0)) })
    }
    return PageTable(
      say(
        "待更正 \(PageNumber.count(count)) 行，\(PageNumber.count(old)) 行等了 30 天以上",
        "\(PageNumber.count(count)) rows wait, \(PageNumber.count(old)) for over thirty days"),
      note: say("从第一次报送起算", "since they first came"),
      [.init(say("报送单位", "Sender")), .init(say("数据集", "Dataset")), .init("")]
        + words.ages.map { .init($0.label, isNumber: true, isOptional: true) } + [.init(say("合计", "Total"), isNumber: true)],
      rows
    ).markup
  }

  var deliveries: PageSection {
    PageSection(
      name: "deliveries", title: say("报送", "Deliveries"),
      question: say("收了什么，入库没有，行数对得上吗？", "What came, was it loaded, do the rows balance?"),
      reader: say("读者：街道数据管理员。一份被暂停，不影响其他各份", "For the data keeper. One that is held keeps no other back"), body: deliveriesBody
    )
  }

  private var deliveriesBody: Markup {
    let all = report.reading.deliveries
    if report.reading.office != .all {
      return PageSection.empty(
        say(
          "一份报送可以含几个单位的记录：批次只列在全库的报告里。", "A delivery may hold rows of several offices: batches stand in the report on all only."
        ))
    }
    if all.isEmpty { return PageSection.empty(say("前一日以来没有报送。", "Nothing came since the day before.")) }
    let loaded = all.filter { $0.state == "loaded" && $0.counts.read > 0 }
    let sum = loaded.reduce(into: RunCounts()) { $0.add($1.counts) }
    let held = all.count { $0.state == "held" }
    let rows = all.map { delivery in
      let files = delivery.files.isEmpty ? "—" : delivery.files.map(PrintableText.escape).joined(separator: say("、", ", "))
      let isHeld = delivery.state == "held"
      let counts = delivery.counts
      return PageTable.Row(
        "\(delivery.batch)",
        [
          .text(delivery.sender.isEmpty ? "—" : PrintableText.escape(delivery.sender)), .text(files),
          isHeld ? .marked(words.state(delivery), .bad) : .text(words.state(delivery)),
        ]
          + [counts.read, counts.created, counts.updated, counts.unchanged, counts.duplicate, counts.quarantined].map {
            .text(isHeld ? "—" : PageNumber.count($0))
          })
    }
    let balance = say(
      "读取 \(PageNumber.count(sum.read)) 行 ＝ 新增 \(PageNumber.count(sum.created)) ＋ 更新 \(PageNumber.count(sum.updated)) ＋ 无变化 \(PageNumber.count(sum.unchanged)) ＋ 重复 \(PageNumber.count(sum.duplicate)) ＋ 待更正 \(PageNumber.count(sum.quarantined))",
      "read \(PageNumber.count(sum.read)) = created \(PageNumber.count(sum.created)) + updated \(PageNumber.count(sum.updated)) + unchanged \(PageNumber.count(sum.unchanged)) + duplicate \(PageNumber.count(sum.duplicate)) + quarantined \(PageNumber.count(sum.quarantined))"
    )
    return """
      <div class="lead">
      <h3 class="score">\(say("入库 \(loaded.count)，暂停 \(held)，共 \(all.count) 批", "\(loaded.count) loaded, \(held) held, of \(all.count) batches"))</h3>
      <p class="note">\(balance)\(sum.balances ? say("　✓ 平衡", "  ✓ balances") : say("　✗ 不平衡", "  ✗ does not balance"))</p>
      </div>
      \(PageTable(
        say("前一日以来的批次", "Batches since the day before"),
        [
          .init(say("批次", "Batch")), .init(say("单位", "Sender")), .init(say("文件", "Files")), .init(say("结果", "Outcome")),
          .init(say("读取", "Read"), isNumber: true), .init(say("新增", "Created"), isNumber: true),
          .init(say("更新", "Updated"), isNumber: true, isOptional: true),
          .init(say("无变化", "Unchanged"), isNumber: true, isOptional: true),
          .init(say("重复", "Duplicate"), isNumber: true, isOptional: true), .init(say("待更正", "Quarantined"), isNumber: true),
        ], rows, hidesCaption: true
      ).markup)
      """
  }
}
