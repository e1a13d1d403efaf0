import ElementCore
import GRDB

/// How many people the rows of a warehouse are of, as far as they were joined, and how that went on.
package struct PeopleCounts: Sendable, Hashable {
  /// How many rows of people are in it, and of how many people they are.
  package let rows, people: Int
  /// How many people have several rows.
  package let shared: Int
  /// How many questions wait, and for how many days the oldest does.
  package let questions, oldest: Int
  /// How many answers there are.
  package let answers: Int
  /// How many people stand in two datasets, the most first.
  package let overlaps: [Overlap]
  /// The runs that joined people, oldest first, at most so many as a chart takes.
  package let runs: [Run]

  /// People who stand in two datasets.
  package struct Overlap: Sendable, Hashable {
    /// The datasets.
    package let left, right: String
    /// How many people.
    package let people: Int
  }

  /// A run that joined people.
  package struct Run: Sendable, Hashable {
    /// The day, `YYYY-MM-DD`, in UTC.
    package let day: String
    /// How many rows there were, and of how many people.
    package let rows, people: Int
  }

  private static let shownRuns = 60

  /// Reads them as of a day; nil where nobody has joined people.
  init?(_ db: Database, on day: CalendarDate) throws {
    guard try StoredFormat.number(db) >= 9,
      let counts = try Row.fetchOne(
        db,
        sql: """
          SELECT (SELECT count(*) FROM entity_member), (SELECT count(*) FROM entity WHERE kind = 'person' AND state = 'current'),
            (SELECT count(*) FROM (SELECT 1 FROM entity_member WHERE how <> 'single' GROUP BY entity)),
            (SELECT count(*) FROM linkage_question WHERE kind = 'person'),
            (SELECT count(*) FROM linkage_decision WHERE kind = 'person' AND superseded_by IS NULL),
            (SELECT min(asked_at) FROM linkage_question WHERE kind = 'person')
          """), (counts[1] as Int) > 0
    else { return nil }
    (rows, people, shared, questions, answers) = (counts[0], counts[1], counts[2], counts[3], counts[4])
    let asked = (counts[5] as String?).map { Array($0.utf8.prefix(10)) }
    oldest = asked.flatMap { CalendarDate(iso: $0.span) }.map { max(0, day.dayNumber - $0.dayNumber) } ?? 0
    overlaps = try Row.fetchAll(
      db,
      sql: """
        SELECT a.dataset, b.dataset, count(DISTINCT a.entity) AS people FROM entity_member a
        JOIN entity_member b ON b.entity = a.entity AND b.dataset > a.dataset WHERE a.how <> 'single'
        GROUP BY 1, 2 ORDER BY people DESC, 1, 2
        """
    ).map { Overlap(left: $0[0], right: $0[1], people: $0[2]) }
    runs = try Row.fetchAll(
      db,
      sql: """
        SELECT substr(ended_at, 1, 10), rows, entities_after FROM linkage_run
        WHERE kind = 'person' AND is_applied AND taken_back_by IS NULL ORDER BY id DESC LIMIT ?
        """, arguments: [Self.shownRuns]
    ).reversed().map { Run(day: $0[0], rows: $0[1], people: $0[2]) }
  }
}
