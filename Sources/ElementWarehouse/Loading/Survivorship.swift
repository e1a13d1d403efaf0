import ElementCore
import ElementSchema
import GRDB

/// How senders rank: of two different values of some fields that of the better one stands.
package struct SenderRanks: Sendable {
  /// Who sent the delivery; nil for nobody named.
  private let own: String?
  private let ranks: [String: Int]

  /// The ranks that a site gives its senders, the smaller the better; who has none comes last.
  package init(own: String?, _ ranks: [String: Int]) { (self.own, self.ranks) = (own, ranks) }

  private func rank(_ sender: String?) -> Int { sender.flatMap { ranks[$0] } ?? .max }

  /// Whether a value of a sender goes before one of the delivery.
  func prefers(_ sender: String?) -> Bool { rank(sender) < rank(own) }
}

/// Chooses between what records say and what is stored of them.
struct Survivorship {
  /// The fields, from 0, of which a delivered value does not always stand, ascending.
  let fields: [Int]
  /// The fields that must be known to choose: those, and the dates.
  let needed: [Int]
  private let rules: [Int: Survivor]
  private let dates: [Int: Int]
  private let names: [String]

  /// The choices of a dataset.
  init(_ dataset: Dataset) {
    rules = dataset.survivors
    names = dataset.fields.map(\.name)
    var dates: [Int: Int] = [:]
    for case (let field, .latest(let name)) in rules { dates[field] = dataset.index(of: name) }
    self.dates = dates
    fields = rules.keys.sorted()
    needed = Set(fields + dates.values).sorted()
  }

  /// The fields of a record, from 0, ascending, whose stored values stand against what it says. `giver` says who sent the stored value
  /// of a field; a correction goes before what has a later date, which may be what it corrects.
  func lost(
    _ checked: CheckedBatch, _ record: Int, _ stored: [Int: [UInt8]], _ ranks: SenderRanks, isCorrection: Bool,
    giver: (Int) throws -> String?
  ) throws -> [Int] {
    let cleared = checked.clearedFields(record)
    return try fields.filter { field in
      let (own, other) = (checked.value(record, field), stored[field] ?? [])
      // What the record says nothing of stays anyway; that a value goes is something said.
      if other.isEmpty || own.elementsEqual(other) || own.isEmpty && !cleared.contains(field) { return false }
      guard let date = dates[field] else { return ranks.prefers(try giver(field)) }
      if isCorrection { return false }
      let (ownDate, otherDate) = (checked.value(record, date), stored[date] ?? [])
      return !ownDate.isEmpty && !otherDate.isEmpty && ownDate.lexicographicallyPrecedes(otherDate)
    }
  }
}

extension StoredValues {
  /// Who sent the value that a field of the row of a number has, as far back as it had it; nil for nobody named.
  func giver(of name: String, _ id: Int64) throws -> String? {
    guard shape.column(name) != nil else { return nil }
    let column = "CAST(\(TableShape.quoted(name)) AS TEXT)"
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT v.value, b.sender FROM (
          SELECT \(column) AS value, _batch, 1 << 62 AS age FROM \(shape.table) WHERE _id = ?1 AND _batch <> ?2
          UNION ALL SELECT \(column), _batch, _version FROM \(shape.history) WHERE _id = ?1
        ) v JOIN batch b ON b.id = v._batch WHERE b.undone_by IS NULL ORDER BY v.age DESC
        """, arguments: [id, batch])
    var found: (value: String?, sender: String?)?
    while let row = try rows.next() {
      let value: String? = row[0]
      if let found, (found.value ?? "").utf8.elementsEqual((value ?? "").utf8) == false { break }
      found = (value, row[1])
    }
    return found?.sender
  }
}
