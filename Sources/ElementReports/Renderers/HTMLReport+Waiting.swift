import ElementCore
import ElementPage
import ElementWarehouse

/// Who has rows that wait, and what came in since the day before.
extension HTMLReport {
  var waiting: PageSection {
    PageSection(
      name: "waiting", title: say("待更正", "Waiting rows"), question: say("哪些行还在等，等了多久？", "Which rows wait, and how long?"),
      reader: say(
        "读者：报送单位。逐行名单用 yaosu quarantine export 导出，不在本页",
        "For who sends rosters. The rows themselves come with yaosu quarantine export"),
      body: waitingBody)
  }

  private var waitingBody: Markup {
    let all = report.reading.waiting
    if all.isEmpty { return PageSection.empty(say("没有等待更正的行。", "No row waits.")) }
    let count = all.reduce(0) { $0 + $1.ages.count }
    let old = all.reduce(0) { $0 + $1.ages.count { $0 > 30 } }
    let most = Double(all.first?.ages.count ?? 1)
    let rows = all.prefix(40).map { entry in
      var counts = words.ages.map { _ in 0 }
      for age in entry.ages { counts[words.ageClass(age)] += 1 }
      return PageTable.Row(
        "\(entry.sender.isEmpty ? say("没有写明单位", "nobody named") : PrintableText.escape(entry.sender))",
        [
          .text(words.dataset(entry.dataset)),
          .bar(Double(entry.ages.count) / most, entry.ages.contains { $0 > 30 } ? .bad : .dim),
        ]
          + counts.map { .text(PageNumber.count($0)) } + [.text(PageNumber.count(entry.ages.count))])
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
          isHeld ? .marked(state(delivery), .bad) : .text(state(delivery)),
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

  private func state(_ delivery: QualityReading.Delivery) -> String {
    switch (delivery.state, delivery.kind) {
    case ("held", _): say("■ 已暂停", "■ held")
    case ("undone", _): say("已撤销", "undone")
    case (_, "load"): say("已入库", "loaded")
    case (_, "retry"): say("交回", "retry")
    case (_, "undo"): say("撤销", "undo")
    case (_, "regrid"): say("网格调整", "regrid")
    default: delivery.kind
    }
  }
}
