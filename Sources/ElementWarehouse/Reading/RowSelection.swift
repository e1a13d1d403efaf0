package import ElementCore
package import ElementSchema
import GRDB

/// Which rows of a warehouse are meant, by the schemas and the grid codes of the site.
package struct RowSelection: Sendable {
  private let scope: AreaScope
  let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let asOf: String
  /// Whether closed rows, and those that say themselves that they ended, are meant too.
  private let includesClosed: Bool

  /// The rows of a scope: those that are open, as of the day `asOf` (`YYYY-MM-DD`), or all.
  package init(_ scope: AreaScope, _ pack: SchemaPack, _ scheme: GridCodeScheme, asOf: String, includesClosed: Bool = false) {
    (self.scope, self.pack, self.scheme, self.asOf, self.includesClosed) = (scope, pack, scheme, asOf, includesClosed)
  }

  /// Those of some datasets, by the datasets' names, as they stand now or behind a batch.
  ///
  /// - Throws: `ScopeError` where a dataset cannot have the scope.
  func rows(
    _ db: Database, of datasets: [Dataset], behind batch: Int? = nil, path: String,
    source: @escaping (TableShape) -> String = { $0.table }
  ) throws -> [String: ScopedRows] {
    let finder = ScopeFinder(
      db, pack, scheme, scope, asOf: includesClosed ? nil : asOf, path: path, source: source)
    return Dictionary(
      uniqueKeysWithValues: try datasets.map { dataset in
        let closed = includesClosed ? RowSet() : try Closings.closed(db, dataset.name, behind: batch)
        return (dataset.name, try finder.rows(of: dataset, besides: closed))
      })
  }
}
