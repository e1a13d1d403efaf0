import ElementCore
import ElementSchema
import GRDB
import SQLitePages

/// Puts the new rows of a load into their table: as pages where many come, else value by value.
final class NewRows {
  private let db: Database
  private let dataset: Dataset
  private let shape: TableShape
  private let path: String
  private let batch: Int
  private let recordedAt: String
  private let storedCount: Int
  /// The pages of all tables of the load; nil where SQLite takes none.
  private let database: () -> PageDatabase?
  /// Takes rows value by value; nil before the first that needs it, and where nothing is written.
  private var feed: RowFeed?
  /// Takes rows faster, where many come; nil where few do, or SQLite has none.
  private var pages: PageFeed?
  /// Whether the table has no key index, which pages know nothing of.
  private var isBare: Bool
  private var (seenCount, createdCount) = (0, 0)
  /// Whether all rows are in but single ones.
  private var isFinished = false
  /// Whether rows went in that no page held.
  private var hasOtherRows = false
  /// How many records are expected in all.
  var expectedCount = 0
  /// From so many rows on, pages are worth what they take to set up.
  private static let manyRows = 1_000

  /// For a table that holds so many rows; `pages` gives those of the load, made at their first use.
  init(
    _ db: Database, _ dataset: Dataset, _ shape: TableShape, batch: Int, recordedAt: String, besideStored storedCount: Int,
    path: String, pages database: @escaping () -> PageDatabase?
  ) throws {
    (self.db, self.dataset, self.shape, self.path) = (db, dataset, shape, path)
    (self.batch, self.recordedAt, self.storedCount, self.database) = (batch, recordedAt, storedCount, database)
    isBare = try !DatasetTable.hasKeyIndex(db, dataset)
  }

  /// Whether rows went in as pages, as far as they could.
  var takesPages: Bool { pages != nil }

  /// Inserts those of `seen` records that are new, numbered behind `lastRow`; `keepsIndex` where stored rows are looked up by the key
  /// index.
  func insert(_ checked: CheckedBatch, _ fresh: [Int32], of seen: Int, after lastRow: Int64, input: Int, keepsIndex: Bool)
    throws
  {
    seenCount += seen
    createdCount += fresh.count
    if fresh.isEmpty { return }
    if !keepsIndex, !isBare, !isFinished, willCreateMany {
      try DatasetTable.dropKeyIndex(db, dataset)
      try DatasetTable.dropOtherIndexes(db, dataset)
      isBare = true
    }
    if isBare, !isFinished, pages == nil, expectedCount >= Self.manyRows { try makePages(isFirst: createdCount == fresh.count) }
    if isBare, !isFinished, let pages, try pages.insert(checked, fresh, input: input, after: lastRow) { return }
    try rowFeed().insert(checked, fresh, input: input, after: lastRow)
    hasOtherRows = true
  }

  private func rowFeed() throws -> RowFeed {
    if let feed { return feed }
    let made = try unsafe RowFeed(db.sqliteConnection, dataset, shape, batch: batch, recordedAt: recordedAt, path: path)
    feed = made
    return made
  }

  /// Gets pages, with the key index where no row is in the table yet.
  private func makePages(isFirst: Bool) throws {
    let sortsKeys = isFirst && storedCount == 0 && KeySorter.takes(dataset)
    if sortsKeys { try DatasetTable.makeKeyIndex(db, dataset) }
    if let database = database() {
      pages = try PageFeed(
        db, database, dataset, shape, batch: batch, recordedAt: recordedAt, sortsKeys: sortsKeys, path: path)
    }
    guard pages == nil else { return }
    // Where SQLite takes none, it is not asked again.
    expectedCount = 0
    if sortsKeys { try DatasetTable.dropKeyIndex(db, dataset) }
  }

  /// Is told of a row that will be taken back.
  func willTakeBack(_ checked: CheckedBatch, _ record: Int) { pages?.willTakeBack(checked, record) }

  /// Inserts what still waits, when no more rows come; returns the digest of the table without those that will be taken back
  /// where it is known.
  func finish() throws -> String? {
    let digest = try pages?.finish()
    isFinished = true
    return hasOtherRows ? nil : digest
  }

  /// Whether so many rows are new, or will be where the others are like those seen, that keeping the index sorted would cost
  /// more than making it anew.
  private var willCreateMany: Bool {
    let coming = seenCount < Self.manyRows ? 0 : max(0, expectedCount - seenCount) * createdCount / seenCount
    return createdCount + coming > max(10_000, storedCount / 20)
  }
}
