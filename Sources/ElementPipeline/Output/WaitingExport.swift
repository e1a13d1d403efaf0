package import ElementCore
package import ElementFormats
import ElementRules
package import ElementSchema
package import ElementWarehouse

/// Waiting rows as the office wrote them, for it to mend: what is wrong first, then its own columns under its own headings.
package struct WaitingExport {
  /// Rows of one dataset under one list of headings: a file of their own.
  package struct Table: Sendable, Hashable {
    /// What they are records of, by its identifier.
    package let dataset: String
    /// The headings of their mapped columns.
    package let headings: [String]
  }

  private let warehouse: Warehouse
  private let filter: WaitingRow.Filter
  private let language: Language
  private let text: WaitingText
  private let pack: SchemaPack
  /// So many bytes are handed over at once.
  private static let pieceSize = 1 << 16

  /// An export of the rows of a warehouse that a filter leaves.
  package init(
    _ warehouse: Warehouse, _ filter: WaitingRow.Filter, _ text: WaitingText, _ pack: SchemaPack, _ language: Language
  ) {
    (self.warehouse, self.filter, self.text, self.pack, self.language) = (warehouse, filter, text, pack, language)
  }

  /// The tables of the rows, in the order in which they first came, with how many rows each has.
  package func tables() throws -> [(table: Table, count: Int)] {
    var (order, counts): ([Table], [Table: Int]) = ([], [:])
    try warehouse.forEachWaiting(filter) { row in
      let table = Table(dataset: row.dataset, headings: row.headings)
      if counts[table] == nil { order.append(table) }
      counts[table, default: 0] += 1
    }
    return order.map { ($0, counts[$0, default: 0]) }
  }

  /// What a table is called for people.
  package func title(_ table: Table) -> String { pack.dataset(table.dataset)?.title[language] ?? table.dataset }

  /// Writes a table in a format; `body` takes the bytes. A value that cannot be decoded, or that the format has no room for, is left empty:
  /// one such row holds none of the others up.
  ///
  /// - Throws: `InputError` where a value cannot be written in that format.
  package func write(_ table: Table, _ format: WrittenFormat, _ body: ([UInt8]) throws -> Void) throws {
    let headings = WaitingColumn.allCases.map { $0.heading[language] } + table.headings
    var count = 0
    do {
      let writer = try format.writer(headings.map { WrittenColumn($0) }, text: .people, sheet: title(table))
      try warehouse.forEachWaiting(filter, tells: true) { row in
        guard Table(dataset: row.dataset, headings: row.headings) == table else { return }
        count += 1
        try append([row.name.description, reasons(row), text.day(row)?.text ?? ""] + row.values, to: writer)
        if writer.pendingCount > WaitingExport.pieceSize { try body(WaitingExport.taken(writer)) }
      }
      try writer.finish()
      try body(WaitingExport.taken(writer))
    } catch let error as UnwritableValue {
      throw WritingRefusal.error(error, warehouse.path, headings, row: count, format)
    }
  }

  private static func taken(_ writer: any RecordWriter) -> [UInt8] {
    defer { writer.pending = [] }
    return writer.pending
  }

  /// Writes a row without what the format cannot hold.
  private func append(_ values: [String], to writer: any RecordWriter) throws(UnwritableValue) {
    var values = values
    while true {
      do throws(UnwritableValue) {
        return try writer.append(values)
      } catch {
        guard values.indices.contains(error.column), !values[error.column].isEmpty else { throw error }
        values[error.column] = ""
      }
    }
  }

  /// Why a row waits: as it was told, or what its codes mean.
  private func reasons(_ row: WaitingRow) -> String {
    let dataset = pack.dataset(row.dataset)
    let known = row.isProbablyKnown ? [text.reason(ProbablyKnown.descriptor.code, language)] : []
    return
      (row.reasons.map { code in
        let told = row.findings.first { $0.code == code }
        if language == .zh, let told { return "\(code) \(told.message)" }
        let field = told.flatMap { told in dataset?.index(of: told.field).map { dataset?.fields[$0].english ?? "" } }
        return text.reason(code, language) + (field.map { " (\($0))" } ?? "")
      } + known).joined(separator: language == .zh ? "；" : "; ")
  }
}
