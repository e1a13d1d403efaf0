import ElementCore
import ElementFormats
import ElementRules

/// Reads rows again that were read before, in their order, a few thousand at a time and in as many threads as there are jobs.
struct RowsAgain {
  /// A row that was read again.
  struct Member: Sendable {
    let checked: CheckedBatch
    /// Its place in the batch, from 0.
    let record: Int
    /// What its own check leaves to the end of the file.
    let deferred: [Finding]
  }

  private let rows: [RowReference]
  private let states: [InputState]
  private let jobs: Int
  private var place = 0
  /// The one reader where none can start in the middle of a file.
  private var reader: RowReader?

  /// So many rows are read at once, and each thread takes so many at least: it is not worth a few.
  private static let (step, share) = (4_096, 64)

  /// The rows (ascending) of some inputs.
  init(_ rows: [RowReference], _ states: [InputState], jobs: Int) {
    (self.rows, self.states, self.jobs) = (rows, states, max(1, jobs))
    if !states.allSatisfy(\.input.layout.isSeekable) { reader = RowReader(rows[...], states) }
  }

  /// Reads rows (ascending) again and visits each.
  static func forEach(
    _ rows: [RowReference], _ states: [InputState], jobs: Int, _ body: (RowReference, Member) throws -> Void
  ) throws {
    var again = RowsAgain(rows, states, jobs: jobs)
    var place = 0
    while place < rows.count, let members = try again.next() {
      for member in members {
        try body(rows[place], member)
        place += 1
      }
    }
  }

  /// Whether they are so few that all may be kept.
  var isShort: Bool { rows.count <= RowsAgain.step }

  /// The next rows; nil behind the last one.
  mutating func next() throws -> [Member]? {
    try Interruption.check()
    if reader != nil { return try reader?.next() }
    let part = rows[place..<min(rows.count, place + RowsAgain.step)]
    if part.isEmpty { return nil }
    place += part.count
    let share = max(RowsAgain.share, (part.count + jobs - 1) / jobs)
    let parts = stride(from: part.startIndex, to: part.endIndex, by: share).map { part[$0..<min(part.endIndex, $0 + share)] }
    return try parts.concurrentMap { [states] part in
      var (reader, members): (RowReader, [Member]) = (RowReader(part, states), [])
      while let some = try reader.next() { members += some }
      return members
    }.flatMap { $0 }
  }
}

/// Reads rows again in one thread, batch by batch.
private struct RowReader {
  private let rows: ArraySlice<RowReference>
  private let states: [InputState]
  private var place: Int
  private var open: (input: Int, reader: any RecordSource)?
  /// So many rows of one batch are worth keeping it.
  private static let manyRows = 16

  init(_ rows: ArraySlice<RowReference>, _ states: [InputState]) {
    (self.rows, self.states, place) = (rows, states, rows.startIndex)
  }

  /// The rows of the next batch that has any; nil behind the last one.
  mutating func next() throws -> [RowsAgain.Member]? {
    guard place < rows.endIndex else { return nil }
    let input = rows[place].input
    let state = states[input]
    let mark = state.marks.mark(before: rows[place].row)
    if open?.input != input || state.input.layout.isSeekable && !state.input.layout.isMovable {
      open = (input, try state.input.reader(from: mark))
    }
    try open?.reader.skip(to: mark)
    while true {
      guard let batch = try open?.reader.nextBatch(), let first = batch.spots.first, let last = batch.spots.last else {
        bug("a row is not there any more")
      }
      let wanted = rows[place...].prefix { $0.input == input && $0.number <= last.row }
      if wanted.isEmpty { continue }
      place += wanted.count
      let few = batch.keeping(wanted.map { $0.row - Int(first.row) })
      let result = state.input.check(few, state.plan)
      let waiting = Dictionary(grouping: result.deferred, by: \.row)
      return wanted.enumerated().map { record, reference in
        // A few get a batch of their own, which takes longer: rows far apart would keep all that stands between them.
        RowsAgain.Member(
          checked: wanted.count < RowReader.manyRows ? result.batch.only(record) : result.batch,
          record: wanted.count < RowReader.manyRows ? 0 : record, deferred: waiting[reference.row] ?? [])
      }
    }
  }
}
