package import ElementCore
package import ElementFormats
import ElementRules
package import ElementSchema
package import ElementWarehouse
import Foundation

/// Rows that wait, for people and programs; keys are masked as their fields ask.
package struct WaitingText {
  /// By what rows that wait are counted.
  package enum Grouping: String, Sendable, CaseIterable {
    case sender, dataset, batch, cause
  }

  private let pack: SchemaPack
  private let book: RuleBook
  private let today: CalendarDate
  private let zone: OfficeZone

  /// How many rows, and of how many records: a record that waits several times counts once.
  private struct Count {
    var rows = 0
    var records: Set<String> = []
    var oldest = 0

    mutating func add(_ row: WaitingRow, _ days: Int) {
      rows += 1
      records.insert(row.identity ?? row.name.description)
      oldest = max(oldest, days)
    }
  }

  /// Texts about rows of a warehouse; days are those of an office's zone, and counted up to `today`.
  package init(_ pack: SchemaPack, today: CalendarDate, _ zone: OfficeZone) {
    (self.pack, book, self.today, self.zone) = (pack, pack.book, today, zone)
  }

  /// One row for people: its name, what and whose it is, where it stands, how long it has waited, and why.
  package func line(_ row: WaitingRow, _ language: Language) -> String {
    let place = LocalizedText(
      zh: "\(PrintableText.escape(row.file)) 第 \(row.line) 行", en: "\(PrintableText.escape(row.file)), line \(row.line)")
    let age = LocalizedText(zh: "已 \(days(row)) 天", en: "\(days(row)) days")
    let parts: [String?] = [
      row.name.description, pack.dataset(row.dataset)?.title[language] ?? row.dataset, row.sender.map(PrintableText.escape),
      key(row), place[language], age[language],
      told(row).map { reason($0, language) }.joined(separator: language == .zh ? "；" : "; "),
    ]
    return parts.compactMap { $0 }.joined(separator: "  ") + "\n"
  }

  /// The codes that are told of a row: why it waits, and that it is probably about somebody who stands.
  private func told(_ row: WaitingRow) -> [RuleCode] {
    row.reasons + (row.isProbablyKnown ? [ProbablyKnown.descriptor.code] : [])
  }

  /// A code with what it means.
  func reason(_ code: RuleCode, _ language: Language) -> String {
    book[code].map { "\(code) \($0.title[language])" } ?? code.description
  }

  /// How many rows wait, for people.
  package func ending(_ rows: [WaitingRow], _ language: Language) -> String {
    let all = count(rows)
    return LocalizedText(
      zh: "待更正 \(rows.count) 行（\(all.records.count) 条记录）", en: "\(rows.count) rows wait, of \(all.records.count) records")[
        language] + "\n"
  }

  /// The counts of groups of rows, for people: the most first.
  package func lines(_ rows: [WaitingRow], by grouping: Grouping, _ language: Language) -> String {
    groups(rows, grouping).map { name, count in
      let shown =
        switch grouping {
        case .cause: RuleCode(parsing: name).map { reason($0, language) } ?? name
        case .dataset: pack.dataset(name)?.title[language] ?? name
        case .batch: LocalizedText(zh: "第 \(name) 批", en: "batch \(name)")[language]
        case .sender: name.isEmpty ? LocalizedText(zh: "（未写明）", en: "(not said)")[language] : PrintableText.escape(name)
        }
      return LocalizedText(
        zh: "\(shown)  \(count.rows) 行（\(count.records.count) 条记录），最久 \(count.oldest) 天\n",
        en: "\(shown)  \(count.rows) rows of \(count.records.count) records, the oldest \(count.oldest) days\n")[language]
    }.joined()
  }

  /// The object that `quarantine list --json` prints.
  package func object(_ rows: [WaitingRow], by grouping: Grouping?) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("quarantine list")),
      ("counts", .object([("rows", .integer(rows.count)), ("records", .integer(count(rows).records.count))])),
      (
        "groups",
        grouping.map { grouping in
          .list(
            groups(rows, grouping).map { name, count in
              .object([
                (grouping.rawValue, .text(name)), ("rows", .integer(count.rows)),
                ("records", .integer(count.records.count)), ("oldestDays", .integer(count.oldest)),
              ])
            })
        } ?? .null
      ),
      ("rows", grouping == nil ? .list(rows.map(object)) : .null),
    ])
  }

  private func object(_ row: WaitingRow) -> JSONValue {
    .object([
      ("name", .text(row.name.description)), ("batch", .integer(row.name.batch)), ("file", .text(row.file)),
      ("row", .integer(row.name.row)), ("line", .integer(row.line)), ("dataset", .text(row.dataset)),
      ("sender", .optional(row.sender)), ("key", .optional(key(row))), ("identity", .optional(row.identity)),
      ("probablyKnown", .bool(row.isProbablyKnown)),
      (
        "since",
        .object([("batch", .integer(row.since.batch)), ("time", .text(row.since.time)), ("days", .integer(days(row)))])
      ),
      ("reasons", .list(row.reasons.map { .text($0.description) })),
    ])
  }

  private func count(_ rows: [WaitingRow]) -> Count { rows.reduce(into: Count()) { $0.add($1, days($1)) } }

  private func groups(_ rows: [WaitingRow], _ grouping: Grouping) -> [(name: String, count: Count)] {
    var counts: [[UInt8]: Count] = [:]
    for row in rows {
      let names =
        switch grouping {
        case .sender: [row.sender ?? ""]
        case .dataset: [row.dataset]
        case .batch: [String(row.name.batch)]
        case .cause: row.reasons.map(\.description)
        }
      for name in names { counts[Array(name.utf8), default: Count()].add(row, days(row)) }
    }
    return counts.sorted { one, other in
      one.value.rows == other.value.rows
        ? one.key.lexicographicallyPrecedes(other.key) : one.value.rows > other.value.rows
    }.map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
  }

  /// For how many days it has waited.
  private func days(_ row: WaitingRow) -> Int {
    day(row).map { max(0, today.dayNumber - $0.dayNumber) } ?? 0
  }

  /// The day on which it first came.
  func day(_ row: WaitingRow) -> CalendarDate? {
    (try? Date(row.since.time, strategy: .iso8601)).flatMap { zone.day(at: Int($0.timeIntervalSince1970)) }
  }

  /// The key as it may be said.
  private func key(_ row: WaitingRow) -> String? {
    guard let dataset = pack.dataset(row.dataset), let key = row.key else { return nil }
    let parts = key.split(separator: CheckedBatch.keySeparator, omittingEmptySubsequences: false)
    guard parts.count == dataset.key.count else { return nil }
    return zip(dataset.key, parts).map { dataset.fields[$0].mask(String(decoding: $1, as: UTF8.self)) }.joined(separator: " ")
  }
}
