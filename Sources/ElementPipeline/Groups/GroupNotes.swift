/// The rows that groups stand against, and why: little of each, since a file may have nothing but such rows.
struct GroupNotes {
  /// What a group of rows has done.
  enum Kind {
    /// They are more than a rule of the dataset (from 0) allows.
    case exceeding(rule: Int)
    /// Each is the parent of the next, and the last one that of the first.
    case cycle
    /// Their codes are those of a whole grid and of its parts.
    case wholeAndSplit
  }

  /// Why a row waits, as far as it is known before the row is read again.
  enum Reason {
    /// A value of this field was found wrong by its own check, and the end of the file confirmed it.
    case deferred(field: Int)
    /// It belongs to the rows of this number in `groups`.
    case group(Kind, rows: Int)
    /// It belongs to the rows of this number in `conflicts`.
    case conflict(rows: Int)
    /// Its parent is not there.
    case orphan
    /// Its group has fewer rows than a rule of the dataset (from 0) asks for.
    case short(rule: Int)
    /// It does not follow another row as a rule over neighbours (from 0) asks.
    case after(rule: Int, RowReference)
  }

  /// The rows, each once, ascending when they are sorted.
  private(set) var rows: [RowReference] = []
  private(set) var groups: [[RowReference]] = []
  /// The rows of keys that stand with different contents.
  var conflicts: [[RowReference]] = []
  private var notes: [(reference: RowReference, reason: Reason)] = []
  /// Where the reasons of each row begin, and where the last ones end.
  private var starts: [Int] = []

  mutating func add(_ reference: RowReference, _ reason: Reason) { notes.append((reference, reason)) }

  /// Notes the rows of a group.
  mutating func add(_ rows: [RowReference], _ kind: Kind) {
    for reference in rows { add(reference, .group(kind, rows: groups.count)) }
    groups.append(rows)
  }

  /// Puts the rows into order, when all are noted; reasons of one row stay in theirs.
  mutating func sort() {
    notes.sort { $0.reference.place < $1.reference.place }
    for (place, note) in notes.enumerated() where rows.last?.isSameRow(note.reference) != true {
      rows.append(note.reference)
      starts.append(place)
    }
    starts.append(notes.count)
  }

  /// The reasons of a row by its number in `rows`.
  func reasons(_ row: Int) -> [Reason] { notes[starts[row]..<starts[row + 1]].map(\.reason) }
}
