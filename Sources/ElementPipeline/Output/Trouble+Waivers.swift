import ElementCore

extension Trouble {
  /// Why findings cannot be waived.
  init(_ refusal: WaiverRefusal) {
    let message: LocalizedText
    var hint = LocalizedText(zh: "用 yaosu rule 代码 查看规则；台账库未改动", en: "yaosu rule CODE shows a rule; nothing was changed")
    switch refusal {
    case .noTarget(let word):
      message = LocalizedText(
        zh: "“\(PrintableText.escape(word))”不是规则代码，也不是 32 位的问题指纹",
        en: "\"\(PrintableText.escape(word))\" is neither the code of a rule nor a fingerprint of 32 digits")
      hint = LocalizedText(
        zh: "指纹在问题清单的 fingerprint 列（--findings 文件.csv）；台账库未改动",
        en: "Fingerprints stand in the column fingerprint of a findings list (--findings F.csv); nothing was changed")
    case .noDataset(let name):
      message = LocalizedText(
        zh: "没有数据集 \(PrintableText.escape(name))", en: "there is no dataset \(PrintableText.escape(name))")
      hint = LocalizedText(zh: "用 yaosu schema list 查看数据集", en: "yaosu schema list shows the datasets")
    case .past(let day):
      message = LocalizedText(zh: "截止日期 \(day.text) 已过", en: "the last day, \(day.text), is past")
      hint = LocalizedText(
        zh: "写今天或以后的日期；要取消暂缓，请用 --withdraw", en: "Give today or a later day; --withdraw takes a waiver back")
    case .unknownFinding(let text):
      message = LocalizedText(
        zh: "台账库的批次和当日记录中都没有指纹为 \(text) 的问题",
        en: "neither a batch nor a recorded day of the warehouse has a finding of the fingerprint \(text)")
      hint = LocalizedText(
        zh: "只查过（check）还没有入库的，请先入库（有问题的行会待更正）；check --stored 查出的，请先用 --record 记录；也可写进 waivers.yaml；每个台账库的指纹各不相同",
        en:
          "What was only checked is to be loaded first (its row waits), what check --stored found to be recorded with --record; or it is put into waivers.yaml; each warehouse has fingerprints of its own"
      )
    case .unknownRule(let code): message = LocalizedText(zh: "没有规则 \(code)", en: "there is no rule \(code)")
    case .never(let code):
      message = LocalizedText(
        zh: "\(code) 不能暂缓：有这种问题的行无法入库，或另有办法处理",
        en: "findings of \(code) cannot be waived: such rows cannot be stored, or there is another way for them")
    case .single(let code):
      message = LocalizedText(
        zh: "\(code) 只能按指纹逐条暂缓：每一条都要有人核对过",
        en: "findings of \(code) are waived one by one, by their fingerprints: somebody has to look at each")
    case .datasetOfOne:
      message = LocalizedText(
        zh: "按指纹暂缓时不写 --dataset：一条问题只属于一个数据集", en: "a finding is of one dataset: --dataset goes with a rule's code")
    case .notWaived(let name):
      message = LocalizedText(zh: "\(name) 没有正在暂缓", en: "\(name) is not waived")
      hint = LocalizedText(zh: "用 yaosu waive list 查看；台账库未改动", en: "yaosu waive list shows what is; nothing was changed")
    }
    self.init(kind: "waiver", message: message, hint: hint, file: nil, line: 0, column: 0, exitCode: 2)
  }
}
