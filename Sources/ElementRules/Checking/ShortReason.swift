import ElementCore
import ElementSchema

/// Why a record with fewer fields than there are columns is not whole.
enum ShortReason {
  /// A value fits a column to the right of its own: a delimiter is missing before it.
  case shifted(field: Int)
  /// What ends a text fits the column to its right: the delimiter between them is missing.
  case glued(field: Int)
  /// It and the record behind it (by its line) are one that a line break parted.
  case brokenBefore(line: Int)
  /// It and the record before it are one that a line break parted.
  case brokenBehind

  /// The reason for a message.
  func text(_ dataset: Dataset) -> LocalizedText {
    switch self {
    case .shifted(let field):
      LocalizedText(
        zh: "；“\(dataset.fields[field].title)”的内容像是右边一列的，中间可能少了分隔符",
        en: "; what stands under \(dataset.fields[field].english) fits a column to its right: a delimiter may be missing")
    case .glued(let field):
      LocalizedText(
        zh: "；“\(dataset.fields[field].title)”末尾的内容像是右边一列的，中间可能少了分隔符",
        en: "; what ends \(dataset.fields[field].english) fits the column to its right: a delimiter may be missing")
    case .brokenBefore(let line):
      LocalizedText(
        zh: "；与第 \(line) 行像是一条记录，被换行拆开了", en: "; it and line \(line) look like one record that a line break parted")
    case .brokenBehind:
      LocalizedText(zh: "；与上一行像是一条记录，被换行拆开了", en: "; it and the line above look like one record that a line break parted")
    }
  }
}
