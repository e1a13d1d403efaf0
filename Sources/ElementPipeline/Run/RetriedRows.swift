import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

/// The rows that wait while some of them come back, by their names, and what the files say of these.
struct RetriedRows: Sendable {
  /// A row that came back: the number of the waiting row, and its own input (from 0, in the order of the run) and row.
  typealias Named = (id: Int64, input: Int, row: Int)

  private let rows: [WaitingName: WaitingRow]
  private let sender: String?
  private var seen: Set<Int64> = []
  /// The rows that came back.
  private(set) var named: [Named] = []

  /// The rows that wait, while those of a sender come back.
  init(_ rows: [WaitingName: WaitingRow], sender: String?) { (self.rows, self.sender) = (rows, sender) }

  /// Notes which waiting rows the records of a batch name; one that came back as it was handed out, though a part of it was lost, waits on.
  ///
  /// - Throws: `WaitingRefusal` where a record names none, or one that cannot come back so.
  mutating func take(_ checked: inout CheckedBatch, _ input: PreparedInput, _ index: Int) throws {
    let path = input.survey.original.path
    guard let column = input.map.written.firstIndex(where: WaitingColumn.name.isHeading) else {
      throw WaitingRefusal.unnamed(file: path)
    }
    for (record, spot) in checked.source.spots.enumerated() {
      let row = try self.row(RetriedRows.text(checked, record, column), input.map.dataset, (path, Int(spot.row)))
      named.append((row.id, index, Int(spot.row)))
      if row.isHandedOutInPart, !checked.hasError[record], row.isOfUnknownKind || isUnchanged(row, checked, record, input) {
        checked.hasError[record] = true
        checked.findings.add(Unmended.finding(spot, reasons: row.reasons.map(\.description).joined(separator: "、")))
      }
    }
  }

  /// The waiting row of a name that a row of a file, from 1, says.
  private mutating func row(_ text: String, _ dataset: Dataset, _ place: (file: String, row: Int)) throws -> WaitingRow {
    let (file, number) = place
    if text.isEmpty { throw WaitingRefusal.nameless(file: file, row: number) }
    guard let name = WaitingName(text), let row = rows[name] else {
      throw WaitingRefusal.notWaiting(text, file: file, row: number)
    }
    guard row.dataset.utf8.elementsEqual(dataset.name.utf8) else {
      throw WaitingRefusal.otherDataset(name, dataset: row.dataset, file: file, row: number)
    }
    guard (row.sender ?? "").utf8.elementsEqual((sender ?? "").utf8) else {
      throw WaitingRefusal.otherSender(name, sender: row.sender, file: file, row: number)
    }
    guard seen.insert(row.id).inserted else { throw WaitingRefusal.twice(name, file: file, row: number) }
    return row
  }

  /// Whether a record says what was handed out of a waiting row, and nothing else.
  private func isUnchanged(_ row: WaitingRow, _ checked: CheckedBatch, _ record: Int, _ input: PreparedInput) -> Bool {
    zip(row.headings, row.values).allSatisfy { heading, value in
      guard let column = input.map.written.firstIndex(where: { $0.utf8.elementsEqual(heading.utf8) }) else { return true }
      let written = Array(value.utf8)
      return RetriedRows.text(checked, record, column).utf8.elementsEqual(written[CodeFolding.trimmed(written.span)])
    }
  }

  /// A value of a record as it was written, without blanks around it; empty where it has no such column.
  private static func text(_ checked: CheckedBatch, _ record: Int, _ column: Int) -> String {
    guard column < Int(checked.source.spots[record].fieldCount) else { return "" }
    let bytes = checked.source.copy(checked.source.range(record, column))
    return String(validUTF8: bytes.span.extracting(CodeFolding.trimmed(bytes.span))) ?? "?"
  }
}
