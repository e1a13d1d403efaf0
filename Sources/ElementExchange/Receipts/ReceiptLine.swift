import ElementSchema

/// What a target says of one record, as far as its answer names it.
package struct ReceiptLine: Sendable, Hashable {
  /// The row of the answer, from 1.
  package let place: Int
  /// The identity of the package; empty where it is not said.
  package let package: String
  /// Our file; empty where it is not said.
  package let file: String
  /// The record in our file, from 1; nil where it is not said.
  package let row: Int?
  /// The key of the record, column by column as it was sent; empty where it is not said.
  package let key: [[UInt8]]
  /// The dataset that the row's own columns are of; empty where they do not say.
  package let dataset: String
  /// Whether the target took the record.
  package let isAccepted: Bool
  /// Why not, in its own words.
  package let reason: String
}

/// Reads the rows of an answer by the mapping of a profile.
package struct ReceiptReader: Sendable {
  private let mapping: ReceiptMapping
  /// Our own columns of each dataset, and those of its key, by which a row of ours is known that came back.
  private let own: [(dataset: String, columns: [String], key: [String])]

  /// A reader of answers to packages of a profile.
  package init(_ profile: ExportProfile, _ mapping: ReceiptMapping) {
    self.mapping = mapping
    own = profile.datasets.map { part in
      (part.dataset.name, part.columns.map(\.name), part.keyColumns.map { part.columns[$0].name })
    }
  }

  /// What a row under some headings says; nil for a blank one.
  package func line(_ headings: [String], _ values: [String], place: Int) -> ReceiptLine? {
    if values.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { return nil }
    func value(_ heading: String) -> String {
      guard !heading.isEmpty, let column = Self.column(heading, headings), column < values.count else { return "" }
      return Self.trimmed(values[column])
    }
    let found = ownTable(headings)
    let names = Self.stand(mapping.key, headings) ? mapping.key : found?.key ?? []
    let key = names.map { Array(value($0).utf8) }
    let status = value(mapping.status)
    let isAccepted =
      mapping.status.isEmpty ? value(mapping.reason).isEmpty : mapping.accepted.contains { $0.utf8.elementsEqual(status.utf8) }
    return ReceiptLine(
      place: place, package: value(mapping.package), file: Self.fileName(value(mapping.file)),
      row: Int(value(mapping.row)).map { $0 - mapping.rowsBefore }, key: key.allSatisfy(\.isEmpty) ? [] : key,
      dataset: found?.dataset ?? "",
      isAccepted: isAccepted, reason: isAccepted ? "" : value(mapping.reason).isEmpty ? status : value(mapping.reason))
  }

  /// What a line of pasted text says, such as “第 17 行：所属网格不存在”; nil for other lines. A name of a file may stand before it.
  package func line(_ text: String, place: Int) -> ReceiptLine? {
    let pattern =
      /^(?<file>[^\s：:]*\.[A-Za-z]+)?[\s：:]*(?:第\s*|row\s+|line\s+)(?<row>[0-9]{1,9})\s*(?:行|条)?\s*[：:]\s*(?<reason>.+)$/
    guard let found = Self.trimmed(text).wholeMatch(of: pattern), let row = Int(found.row) else { return nil }
    return ReceiptLine(
      place: place, package: "", file: Self.fileName(String(found.file ?? "")), row: row - mapping.rowsBefore, key: [],
      dataset: "",
      isAccepted: false, reason: Self.trimmed(String(found.reason)))
  }

  /// Whether headings hold what names a record, and what became of it.
  package func knows(_ headings: [String]) -> Bool {
    // Where all was taken some leave the reasons out.
    guard Self.stand([mapping.reason], headings) || Self.stand([mapping.status], headings) else { return false }
    return Self.stand([mapping.row], headings) || Self.stand(mapping.key, headings) || ownTable(headings) != nil
  }

  /// The dataset whose columns all stand among some headings, the one with the most columns; else the one whose key does, where there is one alone.
  private func ownTable(_ headings: [String]) -> (dataset: String, key: [String])? {
    let whole = own.filter { Self.stand($0.columns, headings) }.max { $0.columns.count < $1.columns.count }
    if let whole { return (whole.dataset, whole.key) }
    let keyed = own.filter { Self.stand($0.key, headings) }
    guard let first = keyed.first else { return nil }
    return (keyed.count == 1 ? first.dataset : "", first.key)
  }

  /// Whether all of some columns stand among headings.
  private static func stand(_ names: [String], _ headings: [String]) -> Bool {
    !names.isEmpty && names.allSatisfy { !$0.isEmpty && column($0, headings) != nil }
  }

  private static func column(_ heading: String, _ headings: [String]) -> Int? {
    headings.firstIndex { trimmed($0).utf8.elementsEqual(heading.utf8) }
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func fileName(_ path: String) -> String {
    path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
  }
}
