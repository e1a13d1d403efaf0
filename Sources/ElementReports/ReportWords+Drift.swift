import ElementCore
import ElementPage
import ElementWarehouse

/// The words for what moved.
extension ReportWords {
  /// What kind of change it is.
  func driftKind(_ kind: QualityDrift.Kind) -> String {
    switch kind {
    case .rows: say("行数", "rows")
    case .filled: say("填充率", "filled")
    case .mix: say("代码构成", "mix of codes")
    case .newCode: say("新代码", "new code")
    }
  }

  /// Of what it is: dataset, field, and the code that is new or moved most.
  func subject(_ drift: QualityDrift) -> String {
    let parts = [dataset(drift.dataset), drift.field.isEmpty ? "" : field(drift.dataset, drift.field), drift.code]
    return parts.filter { !$0.isEmpty }.joined(separator: say("·", " · "))
  }

  /// The numbers of one of its days.
  func numbers(_ drift: QualityDrift, _ share: QualityReading.Share) -> String {
    drift.kind == .rows
      ? PageNumber.count(share.numerator)
      : "\(PageNumber.count(share.numerator)) / \(PageNumber.count(share.denominator))"
  }

  /// How far it moved, with its unit.
  func amount(_ drift: QualityDrift) -> String {
    let sign = drift.amount > 0 ? "+" : ""
    return switch drift.kind {
    case .rows: sign + PageNumber.tenths(drift.amount) + " %"
    case .filled: sign + PageNumber.tenths(drift.amount) + say(" 点", " points")
    case .mix: "PSI " + hundredths(drift.amount)
    case .newCode: PageNumber.count(Int(drift.amount)) + say(" 行", " rows")
    }
  }

  /// What it is measured by, with its unit.
  func limit(_ drift: QualityDrift) -> String {
    switch drift.kind {
    case .rows: PageNumber.tenths(drift.limit) + " %"
    case .filled: PageNumber.tenths(drift.limit) + say(" 点", " points")
    case .mix: "PSI " + hundredths(drift.limit)
    case .newCode: "—"
    }
  }

  /// A number with two decimals: 0.27.
  func hundredths(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  /// What a grid is called: by its community and its name, else by its code.
  func grid(_ code: String) -> String {
    guard let grid = report.reading.grids[code], !grid.name.isEmpty else {
      return code.utf8.elementsEqual(QualityReading.noGrid.utf8) ? say("没有网格编码", "No grid code") : PrintableText.escape(code)
    }
    return PrintableText.escape((grid.community.isEmpty ? "" : grid.community + " ") + grid.name)
  }

  /// What an office is called; nothing for the whole.
  var officeName: String {
    let grids = report.reading.grids.values
    switch report.reading.office {
    case .all: return ""
    case .grid(let code): return grid(code)
    case .area(let digits):
      let inside = grids.filter { $0.hierarchy.hasPrefix(digits) }.min { $0.hierarchy < $1.hierarchy }
      let name = digits.utf8.count > 9 ? [inside?.street, inside?.community] : [inside?.street]
      let known = digits.utf8.count == 9 || digits.utf8.count == 12 ? name.compactMap { $0 }.filter { !$0.isEmpty } : []
      return known.isEmpty ? say("区划 ", "area ") + digits : PrintableText.escape(known.joined(separator: " "))
    }
  }
}
