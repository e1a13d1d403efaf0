import ElementCore
import ElementFormats

/// Where every 128th record of a file starts, and every batch: to read single rows again without reading much else.
struct RowMarks {
  private static let distance = 128
  private var marks: [CSVReader.Start] = []

  /// Notes the records of the next batch.
  mutating func add(_ spots: [RecordSpot]) {
    for index in stride(from: 0, to: spots.count, by: Self.distance) {
      let spot = spots[index]
      marks.append(CSVReader.Start(byte: Int(spot.byteStart), line: Int(spot.line), row: Int(spot.row) - 1))
    }
  }

  /// The last mark at or before a row (from 1).
  func mark(before row: Int) -> CSVReader.Start { marks[place(before: row)] }

  /// The physical line of a row (from 1) where the marks tell: between two marks all records or none stand on one line.
  func line(of row: Int) -> Int? {
    let place = place(before: row)
    guard place + 1 < marks.count else { return nil }
    let (mark, next) = (marks[place], marks[place + 1])
    return next.line - next.row == mark.line - mark.row ? mark.line + (row - 1 - mark.row) : nil
  }

  private func place(before row: Int) -> Int {
    let low = marks.firstPlace { $0.row >= row }
    guard low > 0 else { bug("a row has no mark") }
    return low - 1
  }
}
