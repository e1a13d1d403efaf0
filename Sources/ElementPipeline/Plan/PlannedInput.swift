import ElementCore
import ElementWarehouse

/// What becomes of the rows of one input: decisions, and no value of any row. What only a written plan tells is kept where one is asked
/// for: 24 bytes a row and the codes or fields that it names.
struct PlannedInput {
  /// The action of each row.
  var rows = PlannedRows()
  private var notes: Spool?
  /// Reasons of rows that wait for what other rows say.
  private var reasons: Spool?
  /// Of rows that were planned anew, what a written plan tells of them: the fingerprint, nil for that noted at first, and the words.
  private var replacements: [Int: (content: UInt64?, words: [String])] = [:]

  /// What a written plan tells of a row.
  struct Note {
    /// The row, from 1.
    let row: Int
    /// The hash of its key.
    let key: UInt64
    /// The fingerprint of what is stored of it; 0 where nothing is.
    let content: UInt64
    /// The fields that change, or the codes of what it waits for.
    let words: [String]
  }

  /// A plan; notes stand beside one of `paths`, where one is to be written.
  init(notesBeside paths: [String]?) {
    notes = paths.map { Spool(beside: $0) }
    reasons = paths.map { Spool(beside: $0) }
  }

  /// Whether a plan is to be written.
  var isNoted: Bool { notes != nil }

  /// Notes the next row.
  mutating func note(_ note: Note) throws { try Self.append(note, to: &notes) }

  /// Makes a row wait; of such rows each comes behind those before it.
  mutating func wait(_ row: Int, key: UInt64, _ codes: [RuleCode]) throws {
    rows.set(row, .wait)
    try Self.append(Note(row: row, key: key, content: 0, words: codes.map(\.description)), to: &reasons)
  }

  /// Plans a row anew: one that is put together of several, or that goes on for a stored row without a key. What is stored of it has another
  /// fingerprint where `content` is not nil.
  mutating func replace(_ row: Int, _ action: RowAction, content: UInt64? = nil, words: [String]) {
    rows.set(row, action)
    if isNoted { replacements[row] = (content, words) }
  }

  /// Visits the rows in order.
  func forEach(_ body: (Note, RowAction) throws -> Void) throws {
    guard var notes = notes?.reader(), var reasons = reasons?.reader() else { return }
    var later = try Self.next(&reasons)
    while let note = try Self.next(&notes) {
      guard let action = rows[note.row] else { bug("a row was noted and not planned") }
      let replacement = replacements[note.row]
      var words = replacement?.words ?? note.words
      if let found = later, found.row == note.row {
        // A row that changes stored fields and must wait does not.
        words = action == .wait && note.content == 0 ? words + found.words : found.words
        later = try Self.next(&reasons)
      }
      // What a row would have changed does not matter where it becomes a version of another.
      if action == .join { words = [] }
      let isStored = [.create, .update, .unchanged].contains(action)
      let content = replacement?.content ?? note.content
      try body(Note(row: note.row, key: note.key, content: isStored ? content : 0, words: words), action)
    }
  }

  private static func append(_ note: Note, to spool: inout Spool?) throws {
    let words = Array(note.words.joined(separator: ",").utf8)
    spool?.append(word: UInt64(note.row) << 32 | UInt64(words.count))
    spool?.append(word: note.key)
    spool?.append(word: note.content)
    spool?.append(words.span)
    try spool?.settle()
  }

  private static func next(_ reader: inout Spool.Reader) throws -> Note? {
    if reader.isAtEnd { return nil }
    let head = try reader.nextWord()
    let (key, content) = try (reader.nextWord(), reader.nextWord())
    let words = try String(decoding: reader.next(Int(head & 0xFFFF_FFFF)), as: UTF8.self)
    return Note(
      row: Int(head >> 32), key: key, content: content, words: words.split(separator: ",").map(String.init))
  }
}
