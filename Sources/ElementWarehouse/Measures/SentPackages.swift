import ElementCore
import GRDB

/// A package that left and of which something is still to be done: it is not answered, or records of it were refused.
package struct SentPackage: Sendable, Hashable {
  /// Its identity, and the profile that it was made by.
  package let identity, profile: String
  /// The recipient by its name in the register; empty for the office itself.
  package let recipient: String
  /// The day it was made, in UTC, and for how many days it has been out.
  package let day: String
  /// How many days ago that was, on the day of the report.
  package let age: Int
  /// What its target said: `open`, `partly` or `acknowledged`.
  package let answer: String
  /// How many records it holds, and how many stayed behind.
  package let records, behind: Int
  /// What the target refused and has not got since, the most first.
  package let refusals: [Refusal]

  /// Records that were refused with the same words.
  package struct Refusal: Sendable, Hashable {
    /// `ours` or `theirs`: whose it is to mend.
    package let cause: String
    /// As the target said it.
    package let words: String
    /// How many records.
    package let count: Int
  }
}

/// Reads of which packages something is still to be done.
struct SentPackages {
  private let db: Database
  private let day: CalendarDate

  /// A reader on a day.
  init(_ db: Database, on day: CalendarDate) { (self.db, self.day) = (db, day) }

  /// The packages, oldest first.
  func open() throws -> [SentPackage] {
    let packages = try StoredPackage.all(db, state: .sent).filter(\.isAnswered)
    let refused = try refusals(packages)
    return packages.compactMap { package in
      let refusals = refused[package.number] ?? []
      guard package.answer != .acknowledged || !refusals.isEmpty else { return nil }
      let made = String(package.madeAt.prefix(10))
      let bytes = Array(made.utf8)
      let age = CalendarDate(iso: bytes.span).map { max(0, day.dayNumber - $0.dayNumber) } ?? 0
      return SentPackage(
        identity: package.identity, profile: package.profile, recipient: package.recipient ?? "", day: made, age: age,
        answer: package.answer.rawValue, records: package.records, behind: package.behind, refusals: refusals)
    }
  }

  /// What was refused of each package, by its number, and was not in a package of the profile since that was acknowledged.
  private func refusals(_ packages: [StoredPackage]) throws -> [Int: [SentPackage.Refusal]] {
    var counts: [Int: [[String]: Int]] = [:]
    /// What packages that came later and were acknowledged hold, by series and dataset.
    var settled: [PackageSeries: [String: RowSet]] = [:]
    for package in packages.reversed() {
      let rows = try Row.fetchCursor(
        db, sql: "SELECT dataset, id, cause, words FROM package_row WHERE package = ? AND state = 'refused'",
        arguments: [package.number])
      while let row = try rows.next() {
        let (dataset, id, cause, words): (String, Int64, String?, String) = (row[0], row[1], row[2], row[3])
        if settled[package.series]?[dataset]?.contains(id) == true { continue }
        counts[package.number, default: [:]][[cause ?? "", words], default: 0] += 1
      }
      guard package.answer == .acknowledged else { continue }
      for (dataset, ids) in try PackageContent.rows(db, of: package.number) {
        for id in ids { settled[package.series, default: [:]][dataset, default: RowSet()].insert(id) }
      }
    }
    return counts.mapValues { counts in
      counts.map { SentPackage.Refusal(cause: $0.key[0], words: $0.key[1], count: $0.value) }
        .sorted { ($1.count, $0.words) < ($0.count, $1.words) }
    }
  }
}
