package import ElementCore
import Foundation
import GRDB

/// Who sent a delivery, and from where: what decides whether it may take over records that another office confirmed.
package struct OwnershipClaim: Sendable, Hashable {
  /// Who sent it, and the statistical code of the area; nil where one of them is not known: such a delivery owns nothing.
  package let owner: RowOwner?
  /// The day that counts as today.
  package let today: CalendarDate
  /// For how many days a record belongs to who confirmed it last; 0 for none.
  package let days: Int

  /// A claim by a sender in an area.
  package init(sender: String?, area: String?, today: CalendarDate, days: Int) {
    (self.today, self.days) = (today, days)
    if let sender, let area, !sender.isEmpty, !area.isEmpty {
      owner = RowOwner(sender: sender, area: area)
    } else {
      owner = nil
    }
  }
}

/// An office that confirmed a record.
package struct RowOwner: Sendable, Hashable {
  /// The name of the sender.
  package let sender: String
  /// The beginning of the statistical code of its area.
  package let area: String

  /// Whether neither of two areas lies in the other.
  package func isApart(fromArea other: some Collection<UInt8>) -> Bool {
    !area.utf8.starts(with: other) && !other.starts(with: area.utf8)
  }
}

/// The stored rows of a dataset that other offices confirmed lately: a delivery may not take them over without one of the two saying so.
///
/// A record belongs to the sender of the last batch that wrote it, or found it as it stands, and said who sent it and from where.
final class RowOwners {
  /// The batches that own rows and whose area lies apart from the delivery's, within the days that this counts.
  private let others: [Int: RowOwner]
  /// The last batch with a sender and an area that wrote or confirmed each row, by its number; 0 for none.
  private var owners: [Int32] = []
  /// The rows that are closed: who closed them owns them no more.
  private let closed: RowSet

  /// The owners of the rows of a table of the warehouse at `path` beside a delivery, before a batch; nil where it can take over none.
  init?(_ db: Database, _ shape: TableShape, _ claim: OwnershipClaim, before batch: Int, path: String) throws {
    if claim.days == 0 { return nil }
    let standing = try BatchStates.standing(db, behind: batch == 0 ? .max : batch - 1)
    var known: [Int: RowOwner] = [:]
    var others: [Int: RowOwner] = [:]
    let batches = try Row.fetchCursor(
      db, sql: "SELECT id, sender, area, as_of FROM batch WHERE sender <> '' AND area <> '' AND kind IN ('load', 'retry')")
    while let row = try batches.next() {
      let (id, day): (Int, String) = (row[0], row[3])
      guard standing.contains(id) else { continue }
      let owner = RowOwner(sender: row[1], area: row[2])
      known[id] = owner
      let age = CalendarDate(iso: Array(day.utf8).span).map { claim.today.dayNumber - $0.dayNumber } ?? 0
      if age <= claim.days, claim.owner.map({ owner.isApart(fromArea: $0.area.utf8) }) ?? true { others[id] = owner }
    }
    if others.isEmpty { return nil }
    (self.others, closed) = (others, try Closings.closed(db, shape.dataset, behind: batch == 0 ? nil : batch - 1))
    try note(db, shape, Set(known.keys), path: path)
  }

  /// Notes which of some batches wrote or confirmed each row last.
  private func note(_ db: Database, _ shape: TableShape, _ known: Set<Int>, path: String) throws {
    func take(_ row: Int64, _ batch: Int) {
      let place = Int(row)
      if place >= owners.count { owners += repeatElement(0, count: max(place + 1, owners.count * 2) - owners.count) }
      owners[place] = max(owners[place], Int32(truncatingIfNeeded: batch))
    }
    for table in [shape.table, shape.history] {
      let rows = try BulkStatement(db, "SELECT _id, _batch FROM \(table)", path: path)
      while try rows.step() {
        let batch = Int(rows.integer(1))
        if known.contains(batch) { take(rows.integer(0), batch) }
      }
    }
    let confirmed = try Row.fetchCursor(
      db, sql: "SELECT batch, ids FROM confirmation WHERE dataset = ?", arguments: [shape.dataset])
    while let row = try confirmed.next() {
      let batch: Int = row[0]
      if known.contains(batch) { RowSet(bytes: [UInt8](row[1] as Data)).forEach { take($0, batch) } }
    }
  }

  /// The office that a row belongs to, where it is another than the delivery's; nil where the delivery may take it over.
  func other(of row: Int64) -> RowOwner? {
    guard Int(row) < owners.count, !closed.contains(row) else { return nil }
    return others[Int(owners[Int(row)])]
  }
}
