package import ElementCore
import ElementExchange
import ElementFormats
import ElementLinkage
import ElementRules
import ElementSchema
import ElementWarehouse

/// Why work could not be done, whatever threw it: for a message or the `error` of a report.
package struct Trouble: Sendable {
  /// The kind in one word.
  package let kind: String
  /// The code that the book of rules explains; nil where it has none.
  package let code: RuleCode?
  /// What is wrong.
  package let message: LocalizedText
  /// What to do next.
  package let hint: LocalizedText
  /// The file it is about.
  package let file: String?
  /// The line in it, from 1; 0 for none.
  package let line: Int
  /// The column in it, from 1; 0 for none.
  package let column: Int
  /// The exit code of the contract.
  package let exitCode: Int

  /// The trouble that an error tells of; nil for errors that are none of ours.
  package init?(_ error: any Error) {
    switch error {
    case let error as InputError:
      let code =
        switch error.kind {
        case .usage: 2
        case .stopped: Int(Interruption.stopped?.exitCode ?? 130)
        default: 3
        }
      self.init(
        kind: error.kind.rawValue + (error.limit.map { ".\($0.rawValue)" } ?? ""), code: error.limit?.code,
        message: error.message,
        hint: error.hint, file: error.path, line: error.line, column: 0, exitCode: code)
    case let error as OutputError:
      self.init(
        kind: error.kind.rawValue, message: error.message, hint: error.hint, file: error.path, line: 0, column: 0,
        exitCode: error.kind == .output ? 5 : 2)
    case let error as SchemaError:
      let hint = LocalizedText(zh: "请改正后重新运行", en: "Correct it and run again")
      self.init(
        kind: "schema", message: error.message, hint: hint, file: error.file, line: error.line, column: error.column,
        exitCode: 2)
    case let error as WarehouseError:
      // Where the tables cannot follow the schemas, these are to blame.
      self.init(
        kind: error.kind.rawValue, message: error.message, hint: error.hint, file: error.path, line: 0, column: 0,
        exitCode: error.kind == .shape ? 2 : 5)
    case let error as SpillError:
      self.init(
        kind: "output",
        message: error.isFull
          ? LocalizedText(zh: "临时文件没有空间了", en: "there is no room for temporary files")
          : LocalizedText(zh: "临时文件读写出错（错误 \(error.number)）", en: "a temporary file failed (error \(error.number))"),
        hint: error.isFull
          ? LocalizedText(zh: "请腾出磁盘空间后重新运行", en: "Make room on the disk and run again")
          : LocalizedText(
            zh: "请检查环境变量 TMPDIR 所指的目录能否写入", en: "See whether the folder that TMPDIR names can be written to"), file: nil,
        line: 0,
        column: 0, exitCode: 5)
    case let error as PlanMismatch:
      self.init(
        kind: "plan", message: error.message, hint: error.hint, file: error.path, line: error.line, column: 0, exitCode: 4)
    case let error as ScopeError:
      self.init(
        kind: "scope", message: error.message,
        hint: LocalizedText(
          zh: "--scope 写 字段=值、area=区划或网格编码（2 至 20 位数字）或 all",
          en: "--scope takes FIELD=VALUE, area=CODE (2 to 20 digits) or all"), file: nil, line: 0, column: 0, exitCode: 2)
    case let error as ExportRefusal:
      self.init(
        kind: "export", message: error.message, hint: error.hint, file: error.subject, line: 0, column: 0, exitCode: 2)
    case let error as RegridRefusal: self.init(error)
    case let error as UndoRefusal: self.init(error)
    case let error as RequestRefusal: self.init(error)
    case let error as WaitingRefusal: self.init(error)
    case let error as HoldRefusal: self.init(error)
    case let error as WaiverRefusal: self.init(error)
    case let error as NoQualityDay:
      self.init(
        kind: "day",
        message: error.day.map {
          LocalizedText(zh: "到 \($0.text) 为止没有记录过", en: "no day up to \($0.text) was recorded")
        }
          ?? (error.isBefore
            ? LocalizedText(zh: "到那时为止没有记录过", en: "no day was recorded by then")
            : LocalizedText(zh: "还没有记录过一天", en: "no day was recorded yet")),
        hint: LocalizedText(
          zh: "请先运行 yaosu check --stored --record --warehouse \(PrintableText.escape(error.path))",
          en: "Run yaosu check --stored --record --warehouse \(PrintableText.escape(error.path)) first"),
        file: error.path, line: 0, column: 0, exitCode: 2)
    case let error as NoSuchBatch:
      self.init(
        kind: "batch", message: LocalizedText(zh: "没有第 \(error.batch) 批", en: "there is no batch \(error.batch)"),
        hint: LocalizedText(zh: "用 yaosu batch list 查看", en: "yaosu batch list shows them"), file: error.path, line: 0,
        column: 0, exitCode: 2)
    case let error as NoSuchOffice:
      self.init(
        kind: "scope", message: LocalizedText(zh: "这个范围里没有记录，也没有网格", en: "nothing lies in the area or the grid"),
        hint: LocalizedText(
          zh: "请核对 --scope 的数字：六位区划、九位街道、十二位社区，或完整的网格编码",
          en: "Look at the digits of --scope: six of a division, nine of a street, twelve of a community, or a whole grid code"),
        file: error.path, line: 0, column: 0, exitCode: 2)
    case let error as DayRefusal:
      self.init(
        kind: "day",
        message: LocalizedText(
          zh: "要记录 \(error.day.text)，而已经记录到 \(error.last)",
          en: "\(error.day.text) is to be recorded, and days up to \(error.last) are already"),
        hint: LocalizedText(
          zh: "请检查 --as-of 和电脑的日期；同一天可以重新记录，以前的日子不能补记",
          en: "Check --as-of and the clock; the last day may be recorded anew, and none before it"),
        file: error.path, line: 0, column: 0, exitCode: 2)
    case let error as TooManyPairs: self.init(error)
    case let error as TooManyMerges: self.init(error)
    case let refusal as PersonTraining.Refusal: self.init(refusal)
    default: return nil
    }
  }

  /// Why a batch cannot be taken back.
  private init(_ refusal: UndoRefusal) {
    let message: LocalizedText
    var hint = LocalizedText(zh: "用 yaosu batch list 查看批次", en: "yaosu batch list shows the batches")
    switch refusal {
    case .missing(let batch): message = LocalizedText(zh: "没有第 \(batch) 批", en: "there is no batch \(batch)")
    case .undone(let batch, let by):
      message = LocalizedText(zh: "第 \(batch) 批已被第 \(by) 批撤销", en: "batch \(batch) was taken back by batch \(by)")
      hint = LocalizedText(zh: "要取消那次撤销，请运行 yaosu undo \(by)", en: "yaosu undo \(by) would bring it back")
    case .held(let batch):
      message = LocalizedText(
        zh: "第 \(batch) 批没有入库（已暂停），没有可撤销的内容", en: "batch \(batch) was held: nothing of it is stored, and nothing to take back")
    case .givenUp(let batch, let held):
      message = LocalizedText(
        zh: "第 \(batch) 批是作废第 \(held) 批的暂停入库，文件已删除，不能撤销",
        en: "batch \(batch) gave up the held batch \(held), whose files are gone: that cannot be undone")
      hint = LocalizedText(zh: "需要时请重新导入原文件", en: "Load the files again where they are needed")
    case .erased(let batch):
      message = LocalizedText(
        zh: "第 \(batch) 批是永久删除，不能撤销", en: "batch \(batch) took another one back for good: that cannot be undone")
      hint = LocalizedText(zh: "需要时请重新导入原文件", en: "Load the files again where they are needed")
    case .madeNothing(let batch):
      message = LocalizedText(
        zh: "第 \(batch) 批本身是撤销，没有可永久删除的内容", en: "batch \(batch) took another one back: it made nothing to be removed for good")
    case .damaged(let dataset):
      message = LocalizedText(
        zh: "\(dataset) 的历史版本缺失，不能撤销；台账库未改动", en: "versions of \(dataset) are missing from its history: nothing was taken back")
      hint = LocalizedText(zh: "请运行 yaosu verify，并从备份恢复", en: "Run yaosu verify, and restore a backup")
    case .misfit(let dataset, let field):
      message = LocalizedText(
        zh: "\(dataset) 的 \(field) 现为整数，原来的值不是整数，不能撤销；台账库未改动",
        en: "\(field) of \(dataset) holds integers now, and a former value is none: nothing was taken back")
      hint = LocalizedText(zh: "请先在数据集结构中把该字段改回文本", en: "Make the field a text again in the schema first")
    }
    let code =
      switch refusal {
      case .missing: 2
      case .damaged: 5
      default: 4
      }
    self.init(kind: "undo", message: message, hint: hint, file: nil, line: 0, column: 0, exitCode: code)
  }

  /// Why a request is not answered.
  private init(_ refusal: RequestRefusal) {
    let name = PrintableText.escape(refusal.request)
    let message =
      refusal.isUndone
      ? LocalizedText(
        zh: "请求 \(name) 已作为第 \(refusal.batch) 批入库，后来被撤销",
        en: "the request \(name) was loaded as batch \(refusal.batch), which was taken back")
      : LocalizedText(
        zh: "请求 \(name) 已用于第 \(refusal.batch) 批，那一批是别的文件",
        en: "the request \(name) is that of batch \(refusal.batch), which was another delivery")
    self.init(
      kind: "request", message: message,
      hint: LocalizedText(zh: "要再次入库，请换一个请求编号", en: "To load this, give the request another name"), file: nil, line: 0,
      column: 0,
      exitCode: refusal.isUndone ? 4 : 2)
  }

  /// Why a held load cannot be gone on with.
  private init(_ refusal: HoldRefusal) {
    let message =
      switch refusal {
      case .notHeld(let batch): LocalizedText(zh: "第 \(batch) 批没有暂停入库", en: "batch \(batch) is not held")
      case .answered(let batch, let by):
        LocalizedText(zh: "第 \(batch) 批已由第 \(by) 批处理", en: "batch \(batch) was decided by batch \(by)")
      case .gone(let batch):
        LocalizedText(
          zh: "第 \(batch) 批的文件已不在（保留 \(HeldFolder.days) 天）",
          en: "the files of batch \(batch) are gone (they are kept \(HeldFolder.days) days)")
      case .changed(let batch):
        LocalizedText(
          zh: "第 \(batch) 批的文件、数据集结构、列名映射或区划与暂停时不同",
          en: "files, schemas, mapping or area of batch \(batch) are others than when it was held")
      }
    let hint =
      switch refusal {
      case .notHeld, .answered:
        LocalizedText(zh: "台账库未改动；用 yaosu batch list 查看批次", en: "Nothing was changed; yaosu batch list shows the batches")
      case .gone, .changed: LocalizedText(zh: "台账库未改动；请用原来的文件重新导入", en: "Nothing was changed; load the delivery again")
      }
    self.init(kind: "hold", message: message, hint: hint, file: nil, line: 0, column: 0, exitCode: 4)
  }

  /// Why waiting rows cannot be retried or given up.
  private init(_ refusal: WaitingRefusal) {
    var place: (file: String?, line: Int) = (nil, 0)
    let message: LocalizedText
    var hint = LocalizedText(
      zh: "用 yaosu quarantine list 查看待更正行；台账库未改动", en: "yaosu quarantine list shows what waits; nothing was changed")
    switch refusal {
    case .notWaiting(let name, let file, let row):
      place = (file, 0)
      let (shown, at) = (PrintableText.escape(name), row > 0)
      message = LocalizedText(
        zh: (at ? "第 \(row) 条数据的" : "") + "待更正编号 \(shown) 没有，或已不再待更正",
        en: (at ? "record \(row): " : "") + "no row \(shown) waits, or not any more")
    case .otherDataset(let name, let dataset, let file, let row):
      place = (file, 0)
      message = LocalizedText(
        zh: "第 \(row) 条数据的待更正编号 \(name) 是 \(dataset) 的行", en: "record \(row): \(name) is a row of \(dataset)")
    case .nameless(let file, let row):
      place = (file, 0)
      message = LocalizedText(zh: "第 \(row) 条数据没有写待更正编号", en: "record \(row) names no waiting row")
      hint = LocalizedText(zh: "新增的行用 yaosu load 导入；台账库未改动", en: "New rows go in with yaosu load; nothing was changed")
    case .twice(let name, let file, let row):
      place = (file, 0)
      message = LocalizedText(
        zh: "第 \(row) 条数据的待更正编号 \(name) 前面已经写过", en: "record \(row): \(name) is named by an earlier record already")
      hint = LocalizedText(zh: "每个编号只写一行；台账库未改动", en: "Name each row once; nothing was changed")
    case .otherSender(let name, let sender, let file, let row):
      place = (file, 0)
      let shown = sender.map(PrintableText.escape) ?? LocalizedText(zh: "（未写明）", en: "(nobody named)").zh
      message = LocalizedText(
        zh: "第 \(row) 条数据的待更正编号 \(name) 是 \(shown) 报送的",
        en: "record \(row): \(name) was sent by \(sender.map(PrintableText.escape) ?? "nobody named")")
      hint = LocalizedText(
        zh: "几个报送单位的请分开导出、分开交回（--sender）；台账库未改动",
        en: "Rows of several senders are handed out and taken back apart (--sender); nothing was changed")
    case .unnamed(let file):
      place = (file, 0)
      let heading = WaitingColumn.name.heading
      message = LocalizedText(zh: "没有“\(heading.zh)”一列", en: "has no column \(heading.en)")
      hint = LocalizedText(
        zh: "请交回 yaosu quarantine export 导出的文件；一般的名册用 yaosu load",
        en: "Give back a file that yaosu quarantine export wrote; other rosters go in with yaosu load")
    case .nothing: message = LocalizedText(zh: "没有符合条件的待更正行", en: "no row that was asked for waits")
    }
    self.init(kind: "quarantine", message: message, hint: hint, file: place.file, line: place.line, column: 0, exitCode: 4)
  }

  /// Wrong usage of the command.
  package init(usage message: String) {
    self.init(
      kind: "usage", message: LocalizedText(zh: message, en: message),
      hint: LocalizedText(zh: "用 --help 查看用法", en: "See --help"), file: nil, line: 0, column: 0, exitCode: 2)
  }

  /// Trouble of a kind, with all there is to say of it.
  init(
    kind: String, code: RuleCode? = nil, message: LocalizedText, hint: LocalizedText, file: String?, line: Int, column: Int,
    exitCode: Int
  ) {
    (self.kind, self.code) = (kind, code)
    self.message = message
    self.hint = hint
    self.file = file
    self.line = line
    self.column = column
    self.exitCode = exitCode
  }
}
