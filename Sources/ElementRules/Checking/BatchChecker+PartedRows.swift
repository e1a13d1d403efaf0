import ElementCore
import ElementSchema

/// Rows that a line break parted into two records.
extension BatchChecker {
  /// The record on the line behind one; nil where none follows.
  func follower(_ record: Int) -> RecordSpot? {
    let next = record + 1 < notes.out.count ? notes.out.source.spots[record + 1] : notes.out.source.follower
    return next.flatMap { $0.row == notes.out.source.spots[record].row + 1 ? $0 : nil }
  }

  /// The record on the line before one; nil where that is not in the batch.
  func predecessor(_ record: Int) -> RecordSpot? {
    guard record > 0 else { return nil }
    let previous = notes.out.source.spots[record - 1]
    return previous.row + 1 == notes.out.source.spots[record].row ? previous : nil
  }

  /// Why a record of the header's width is only a part of one: the line behind holds the rest of its last value, or the line before the
  /// key, alone, that it lacks.
  func partingReason(_ record: Int) -> ShortReason? {
    guard plan.columnCount > 1 else { return nil }
    if let next = follower(record), next.fieldCount == 1, next.flags.isEmpty, continuesLast(record, next) {
      return .brokenBefore(line: Int(next.line))
    }
    if let previous = predecessor(record), previous.fieldCount == 1, previous.flags.isSubset(of: .ragged),
      notes.out.source.fields[Int(notes.out.source.spots[record].firstField)].isEmpty,
      let key = plan.dataset.key.first(where: { plan.columns[$0] == 0 }), isReadable(previous, key)
    {
      return .brokenBehind
    }
    return nil
  }

  /// Whether the only value of the line behind goes on with the last value of a record: together they are one of the last column's type,
  /// or that is a text and the line is none of those that forms end with.
  private func continuesLast(_ record: Int, _ next: RecordSpot) -> Bool {
    guard let spec = plan.specs.first(where: { $0.column == plan.columnCount - 1 }), !hasReadableKey(next) else { return false }
    let bytes = notes.out.source.bytes.span
    let last = bytes.extracting(notes.out.source.range(record, plan.columnCount - 1).indices)
    let rest = bytes.extracting(notes.out.source.fields[Int(next.firstField)].indices)
    if plan.checks[spec.index].isText { return !last.isEmpty && !rest.isEmpty && !PartedRow.isClosing(rest) }
    let joined = Array(span: last) + Array(span: rest)
    return plan.fits(joined.span, spec) == true
  }

  /// Whether a record may be the rest of one of which `head` fields came before: short as well, no wider than what is missing, and without
  /// a key that can be read.
  func isTail(_ spot: RecordSpot, of head: Int) -> Bool {
    let width = Int(spot.fieldCount)
    guard width < plan.columnCount || head == 1, spot.flags.isSubset(of: .ragged), head + width - 1 <= plan.columnCount else {
      return false
    }
    return !hasReadableKey(spot)
  }

  private func hasReadableKey(_ spot: RecordSpot) -> Bool {
    let dataset = plan.dataset
    return dataset.key.allSatisfy { isReadable(spot, $0) }
      || dataset.interim.map { $0.must.allSatisfy { isReadable(spot, $0) } } ?? false
  }

  private func isReadable(_ spot: RecordSpot, _ field: Int) -> Bool {
    guard let column = plan.columns[field], column < Int(spot.fieldCount) else { return false }
    let value = notes.out.source.bytes.span.extracting(notes.out.source.fields[Int(spot.firstField) + column].indices)
    let inner = value.extracting(CodeFolding.trimmed(value))
    if inner.isEmpty { return false }
    let spec = plan.specs[field]
    return plan.checks[spec.index].canBeRead(inner, plan.basis) ?? plan.fits(inner, spec) ?? true
  }
}

/// What tells the rest of a record from a line that says something about all of them.
enum PartedRow {
  /// What lines below a roster begin with: sums, who filled it in, notes.
  private static let closings = [
    "合计", "总计", "小计", "共计", "累计", "总数", "共", "制表", "填表", "填报", "审核", "复核", "经办", "负责人", "联系人", "单位", "日期", "备注", "说明", "注", "附",
    "以上",
    "total", "sum", "note",
  ].map { Array($0.utf8) }

  /// Whether a line of one value closes a roster, or says something of it: it begins with such a word, or has a colon.
  static func isClosing(_ line: Span<UInt8>) -> Bool {
    let text = Array(span: line).filter { $0 > 0x20 }.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    // Half and full width.
    let colon = Array("：".utf8)
    return closings.contains { text.starts(with: $0) } || text.contains(0x3A)
      || text.indices.contains { text[$0...].starts(with: colon) }
  }
}
