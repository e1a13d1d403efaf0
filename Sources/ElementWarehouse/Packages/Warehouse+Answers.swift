import ElementCore
import ElementSchema
import Foundation
import GRDB

extension Warehouse {
  /// The rows of each dataset that a target refused for a cause and that were not sent again since, by their numbers ascending.
  package func refusedRows(of profile: String, cause: String) throws -> [String: [Int64]] {
    try translatingErrors(path) {
      try queue.read { db in
        var rows: [String: RowSet] = [:]
        for package in try StoredPackage.all(db, profile: profile, state: .sent) {
          // What was sent again is open again.
          for (dataset, ids) in try PackageContent.rows(db, of: package.number) {
            for id in ids { rows[dataset]?.remove(id) }
          }
          let refused = try Row.fetchCursor(
            db, sql: "SELECT dataset, id FROM package_row WHERE package = ? AND state = 'refused' AND cause = ?",
            arguments: [package.number, cause])
          while let row = try refused.next() { rows[row[0], default: RowSet()].insert(row[1]) }
        }
        return rows.compactMapValues { set in
          var ids: [Int64] = []
          set.forEach { ids.append($0) }
          return ids.isEmpty ? nil : ids
        }
      }
    }
  }
}

/// What the files of a package hold, as the warehouse kept it.
enum PackageContent {
  /// The rows of each dataset in the files of a package, in their order.
  static func rows(_ db: Database, of package: Int) throws -> [String: [Int64]] {
    var out: [String: [Int64]] = [:]
    for row in try Row.fetchAll(
      db, sql: "SELECT dataset, rows FROM package_file WHERE package = ? ORDER BY ordinal", arguments: [package])
    {
      let (dataset, rows): (String, Data) = (row[0], row[1])
      out[dataset, default: []] += RowNumbers(bytes: [UInt8](rows)).all
    }
    return out
  }
}
