package import ElementCore

/// How much is there, by grid, beside how much was there on an earlier day.
package struct DayCountsByGrid: Sendable {
  /// A number of rows, now and then.
  package struct Line: Sendable, Hashable {
    /// What is counted: its place among `subjects`.
    package let subject: Int
    /// How many there were on the earlier day.
    package var before: Int
    /// How many there are.
    package var now: Int
  }

  /// What is counted.
  package let subjects: [CountSubject]
  /// The numbers of each grid, `-` for rows that have none, in the order of the subjects.
  package var lines: [String: [Line]]
  /// The earlier day; nil where there is none, and then all of its numbers are 0.
  package let baseline: CalendarDate?

  /// Nothing counted.
  static let none = DayCountsByGrid(subjects: [], lines: [:], baseline: nil)

  /// The numbers of all grids together, in the order of the subjects.
  package var total: [Line] {
    var sums = subjects.indices.map { Line(subject: $0, before: 0, now: 0) }
    for line in lines.values.joined() {
      sums[line.subject].before += line.before
      sums[line.subject].now += line.now
    }
    return sums.filter { $0.before > 0 || $0.now > 0 }
  }
}
