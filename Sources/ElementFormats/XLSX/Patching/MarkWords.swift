/// The words by which marks in a workbook are known again as ours.
package enum MarkWords {
  /// The headings of the column with the reasons of each row, Chinese and English.
  package static let resultHeadings = ["校验结果", "Check result"]
  /// The headings of the column with the worst severity of each row, which lists of delimited text have.
  package static let levelHeadings = ["校验级别", "Check level"]
  /// The first line of a note.
  package static let notes = ["校验提示（yaosu）", "Check (yaosu)"]
  /// The names of the sheet that sums up.
  package static let summaries = ["校验汇总", "Check summary"]
  /// What stands in its first cell.
  package static let stamps = ["校验汇总（yaosu）", "Check summary (yaosu)"]
  /// The name of the hidden sheet that keeps what cells looked like.
  static let keeper = "校验标记"
  /// What stands in the first cell of that one.
  static let keeperStamp = "校验标记（yaosu）"

  /// Whether a heading is of a column of ours.
  package static func isHeading(_ text: String) -> Bool {
    (resultHeadings + levelHeadings).contains { $0.utf8.elementsEqual(text.utf8) }
  }

  /// Whether a sheet that begins with a text is one of ours.
  package static func isStamp(_ text: String) -> Bool {
    (stamps + [keeperStamp]).contains { $0.utf8.elementsEqual(text.utf8) }
  }
}
