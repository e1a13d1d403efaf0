import ElementCore

extension Trouble {
  /// Why records cannot be moved to other grids.
  init(_ refusal: RegridRefusal) {
    var (file, row): (String?, Int) = (nil, 0)
    let message: LocalizedText
    var hint = LocalizedText(zh: "请改正对照表后重新运行", en: "Correct the table and run again")
    switch refusal {
    case .noColumns(let path):
      file = path
      message = LocalizedText(
        zh: "没有“原网格编码”和“新网格编码”两列", en: "has no columns of old and new codes (old, new)")
    case .noRows(let path):
      file = path
      message = LocalizedText(zh: "没有一行对照", en: "has no row")
    case .badCode(let path, let number, let code):
      (file, row) = (path, number)
      message = LocalizedText(
        zh: "第 \(number) 条的 \(code) 不是合格的网格编码", en: "row \(number): \(code) is no sound grid code")
    case .unknownGrid(let path, let number, let code):
      (file, row) = (path, number)
      message = LocalizedText(
        zh: "第 \(number) 条的新网格 \(code) 不在台账库的网格名册里", en: "row \(number): the roster of grids in the warehouse has no \(code)")
      hint = LocalizedText(
        zh: "请先导入新的网格名册；台账库未改动", en: "Load the roster of the new grids first; nothing was changed")
    case .nowhere(let path, let number):
      (file, row) = (path, number)
      message = LocalizedText(zh: "第 \(number) 条的新旧编码相同", en: "row \(number): the old and the new code are the same")
    case .twice(let path, let rows):
      (file, row) = (path, rows.last ?? 0)
      let shown = rows.map(String.init)
      message = LocalizedText(
        zh: "第 \(shown.joined(separator: "、")) 条把同样的记录划到两个网格",
        en: "rows \(shown.joined(separator: ", ")) send the same records to two grids")
    case .unknownHeading(let path, let heading):
      file = path
      message = LocalizedText(
        zh: "没有哪个有网格的数据集有“\(heading)”一栏", en: "no dataset that has grids knows the heading \(heading)")
    case .nothing:
      message = LocalizedText(zh: "台账库中没有属于原网格的记录", en: "no stored record is in one of the old grids")
      hint = LocalizedText(zh: "请核对原网格编码和台账库", en: "Check the old codes, and which warehouse it is")
    case .future(let day):
      message = LocalizedText(zh: "生效日期 \(day) 还没有到", en: "the day \(day) lies in the future")
      hint = LocalizedText(zh: "请在生效当天或之后运行", en: "Run it on that day, or later")
    }
    self.init(
      kind: "regrid", message: message, hint: hint, file: file, line: row, column: 0, exitCode: 2)
  }
}
