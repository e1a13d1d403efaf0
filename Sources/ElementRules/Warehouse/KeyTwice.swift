package import ElementCore

/// W0006: A stored record under two forms of its key in one delivery.
package enum KeyTwice {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0006"), symbol: "KEY_TWICE", severity: .error,
    title: LocalizedText(zh: "一条记录在同一次报送中用了两种编号", en: "A stored record under two forms of its key"),
    message: LocalizedText(
      zh: "“{header}”{value} 在台账中的记录，本次报送的另一行已用另一种写法（15 位与 18 位号码，或有无社区）更新",
      en:
        "The stored record of \"{header}\" {value} is changed by another row of the delivery under another form of the key (15 and 18 digits, or with and without a community)"
    ),
    rationale: LocalizedText(
      zh: "两行说的是同一个人或同一户，先后写入会互相覆盖。", en: "Both rows are about one person or household: one would overwrite the other."),
    fix: LocalizedText(
      zh: "合并为一行，写 18 位号码或所属网格。", en: "Make them one row, with the number of 18 digits or the grid."),
    source: "GB 11643-1999; GB/T 31000")

  /// The finding about a row whose key field (from 0, its value masked) is another form of that of another row.
  package static func finding(_ row: RecordSpot, column: Int, field: Int, value: String) -> Finding {
    descriptor.finding(at: row, column: column, field: field, value: value)
  }
}
