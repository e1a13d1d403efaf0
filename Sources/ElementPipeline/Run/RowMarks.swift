import ElementCore
import ElementFormats

/// Where the records of a file stand: the line of each, and the start of one every so many, to read single rows again without
/// reading much else.
struct RowMarks {
  private let distance: Int
  private var marks: [Mark] = []
  /// The start of a record, in 16 bytes.
  private struct Mark {
    let byte: Int
    let line: UInt32
    /// The number of rows before it.
    let row: UInt32
    var start: RecordStart { RecordStart(byte: byte, line: Int(line), row: Int(row)) }
  }
  /// Rows whose lines follow each other at one distance, such as one or five.
  private struct Stretch {
    let row: UInt32
    let line: UInt32
    /// The lines between neighbours; `max` while one row is known.
    var step: UInt32
  }
  private var stretches: [Stretch] = []

  /// No marks yet; one every `distance` rows.
  init(distance: Int) { self.distance = distance }

  /// Notes the records of the next batch.
  mutating func add(_ batch: RecordBatch) {
    let spots = batch.spots
    for index in stride(from: 0, to: spots.count, by: distance) {
      let spot = spots[index]
      let byte = batch.starts.isEmpty ? Int(spot.byteStart) : batch.starts[index]
      marks.append(Mark(byte: byte, line: spot.line, row: spot.row - 1))
    }
    for spot in spots { addLine(spot.row, spot.line) }
  }

  private mutating func addLine(_ row: UInt32, _ line: UInt32) {
    guard let open = stretches.indices.last else { return begin(row, line) }
    // Rows of a sheet may come in any order.
    guard row > stretches[open].row, line >= stretches[open].line else { return begin(row, line) }
    let (rows, lines) = (row - stretches[open].row, line - stretches[open].line)
    // The second row of a stretch says at which distance its lines stand.
    if stretches[open].step == .max, lines % rows == 0 { stretches[open].step = lines / rows }
    guard stretches[open].step != .max, UInt64(rows) * UInt64(stretches[open].step) == UInt64(lines) else {
      return begin(row, line)
    }
  }

  private mutating func begin(_ row: UInt32, _ line: UInt32) {
    stretches.append(Stretch(row: row, line: line, step: .max))
  }

  /// The last mark at or before a row (from 1).
  func mark(before row: Int) -> RecordStart {
    let behind = marks.firstPlace { Int($0.row) >= row }
    guard behind > 0 else { bug("a row has no mark") }
    return marks[behind - 1].start
  }

  /// The line of a row (from 1) that was noted.
  func line(of row: Int) -> Int {
    let behind = stretches.firstPlace { Int($0.row) > row }
    guard behind > 0 else { bug("a row has no mark") }
    let stretch = stretches[behind - 1]
    return Int(stretch.line) + (row > Int(stretch.row) ? (row - Int(stretch.row)) * Int(stretch.step) : 0)
  }
}
