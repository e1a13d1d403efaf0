import ElementCore
import GRDB

/// Holds the findings of a day against those that lived until then, and says which lives begin and which end.
///
/// What persists is only read: a quiet day writes no life.
struct LifeLedger {
  private let db: Database
  private let path: String
  /// The number of the day.
  private let day: Int

  /// A life that begins or ends.
  struct Change {
    /// The fingerprint: 16 bytes.
    let fingerprint: [UInt8]
    /// The number of its kind in the warehouse.
    let kind: Int
    /// The number of the stored row, the negative one of a row that waits, or 0.
    let record: Int64
    /// The day on which it began; that of the ledger for one that begins.
    let first: Int
  }

  /// The ledger of a day of the warehouse at a path.
  init(_ db: Database, day: Int, path: String) { (self.db, self.day, self.path) = (db, day, path) }

  /// Takes back what the day had said of lives: it is recorded anew.
  func reopen() throws {
    try db.execute(sql: "DELETE FROM finding_life WHERE first = ?", arguments: [day])
    try db.execute(
      sql: "UPDATE finding_life SET last = NULL, end_cause = NULL WHERE last = ? AND end_cause IS NOT NULL",
      arguments: [day - 1])
  }

  /// Compares what was found with the lives that last; `kinds` says the number of each kind of `found`, and `isChecked` of which kinds all was
  /// found. Returns the lives that begin and those that end, those of which the record came to be another (a row that waited went in), and how
  /// many persist.
  func compare(
    _ found: inout FoundToday, _ kinds: [Int], isChecked: (Int) -> Bool, beside paths: [String]
  ) throws -> (beginning: ChangeList, ending: ChangeList, moving: ChangeList, persisting: Int) {
    var (beginning, ending, moving) = (ChangeList(beside: paths), ChangeList(beside: paths), ChangeList(beside: paths))
    var persisting = 0
    let lives = try BulkStatement(
      db, "SELECT first, kind, record, fingerprint FROM finding_life WHERE last IS NULL ORDER BY fingerprint", path: path)
    var open = try next(lives)
    func end(_ life: Change) throws {
      if isChecked(life.kind) { try ending.add(life) } else { persisting += 1 }
    }
    try found.forEach { entry in
      while let life = open, life.fingerprint.lexicographicallyPrecedes(entry.fingerprint) {
        try end(life)
        open = try next(lives)
      }
      if let life = open, life.fingerprint == entry.fingerprint {
        persisting += 1
        if life.record != entry.record || life.kind != kinds[entry.kind] {
          try moving.add(
            Change(fingerprint: life.fingerprint, kind: kinds[entry.kind], record: entry.record, first: life.first))
        }
        open = try next(lives)
      } else {
        try beginning.add(
          Change(fingerprint: entry.fingerprint, kind: kinds[entry.kind], record: entry.record, first: day))
      }
    }
    while let life = open {
      try end(life)
      open = try next(lives)
    }
    return (beginning, ending, moving, persisting)
  }

  private func next(_ lives: borrowing BulkStatement) throws -> Change? {
    guard try lives.step() else { return nil }
    var fingerprint: [UInt8] = []
    lives.append(3, to: &fingerprint)
    return Change(
      fingerprint: fingerprint, kind: Int(lives.integer(1)), record: lives.integer(2), first: Int(lives.integer(0)))
  }

  /// Writes the lives that begin, ascending, with the cause of each.
  func begin(_ changes: inout ChangeList, cause: (Change) throws -> Int) throws {
    let insert = try BulkStatement(
      db, "INSERT INTO finding_life (fingerprint, first, kind, record, cause) VALUES (?, ?, ?, ?, ?)", path: path)
    try changes.forEach { change in
      insert.bind(blob: change.fingerprint, at: 1)
      insert.bind(Int64(day), at: 2)
      insert.bind(Int64(change.kind), at: 3)
      insert.bind(change.record, at: 4)
      insert.bind(Int64(try cause(change)), at: 5)
      try insert.run()
    }
  }

  /// Writes which record lives are about by now, and of which kind: the same finding may be graver than it was.
  func move(_ changes: inout ChangeList) throws {
    let update = try BulkStatement(
      db, "UPDATE finding_life SET record = ?, kind = ? WHERE fingerprint = ? AND first = ?", path: path)
    try changes.forEach { change in
      update.bind(change.record, at: 1)
      update.bind(Int64(change.kind), at: 2)
      update.bind(blob: change.fingerprint, at: 3)
      update.bind(Int64(change.first), at: 4)
      try update.run()
    }
  }

  /// Writes that lives ended with the day before, with the cause of each.
  func end(_ changes: inout ChangeList, cause: (Change) throws -> LifeCause) throws {
    let update = try BulkStatement(
      db, "UPDATE finding_life SET last = ?, end_cause = ? WHERE fingerprint = ? AND first = ?", path: path)
    try changes.forEach { change in
      update.bind(Int64(day - 1), at: 1)
      update.bind(Int64(try cause(change).rawValue), at: 2)
      update.bind(blob: change.fingerprint, at: 3)
      update.bind(Int64(change.first), at: 4)
      try update.run()
    }
  }
}

/// Lives that begin or end, in the order of their fingerprints, in little memory however many they are.
struct ChangeList {
  private var sorter: EntrySorter
  /// How many there are.
  private(set) var count = 0

  /// No lives; what is too much for memory goes beside the first of `paths` that has room.
  init(beside paths: [String]) { sorter = EntrySorter(beside: paths, runSize: 4 << 20) }

  /// Takes one more, in any order.
  mutating func add(_ change: LifeLedger.Change) throws {
    var entry = change.fingerprint
    entry.append(integer: UInt64(change.kind))
    entry.append(integer: UInt64(bitPattern: change.record))
    entry.append(integer: UInt64(change.first))
    sorter.add(entry.span)
    try sorter.settle()
    count += 1
  }

  /// Visits the lives, ascending.
  mutating func forEach(_ body: (LifeLedger.Change) throws -> Void) throws {
    var entries = try sorter.sorted()
    while let (bytes, place) = entries.first {
      let entry = bytes.span.extracting(place)
      try body(
        LifeLedger.Change(
          fingerprint: Array(span: entry.extracting(0..<16)), kind: Int(entry.word(at: 16)),
          record: Int64(bitPattern: entry.word(at: 24)), first: Int(entry.word(at: 32))))
      try entries.advance()
    }
  }
}
