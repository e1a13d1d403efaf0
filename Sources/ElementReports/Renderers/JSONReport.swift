package import ElementCore
package import ElementFormats
import ElementWarehouse

/// Says a report to programs, documented in `schemas/output/report.schema.json`.
package struct JSONReport {
  private let report: QualityReport
  private let language: Language

  /// An object whose sentences are in one language.
  package init(_ report: QualityReport, _ language: Language) { (self.report, self.language) = (report, language) }

  /// The report, its members in the order of the schema.
  package var object: JSONValue {
    let reading = report.reading
    return .object([
      ("format", .integer(1)), ("command", .text("report")), ("version", .text(reading.day.toolVersion)),
      ("outcome", .text("reported")), ("day", .text(reading.day.day.text)),
      ("comparedDay", .optional(reading.before?.day.text)), ("digest", .text(reading.day.digest)),
      ("schemaDigest", .text(reading.day.schemaDigest)), ("auditHead", .optional(reading.auditHead)),
      ("outdated", .bool(reading.isOutdated)), ("grade", .text(report.grade.rawValue)),
      ("total", Self.share(report.grade == .untrusted ? nil : report.score.total)),
      ("dimensions", .list(QualityDimension.allCases.map(dimension))),
      ("indicators", .list(QualityIndicator.all.map(indicator))),
      ("findings", findings), ("kinds", .list(reading.kinds.map(kind))), ("tasks", .list(report.tasks.map(task))),
      ("grids", .list(report.grids.map(grid))), ("waiting", .list(reading.waiting.map(waiting))),
      ("deliveries", .list(reading.deliveries.map(delivery))),
      (
        "damage",
        .list(report.damage.map { .object([("subject", .text($0.subject)), ("message", .text($0.message[language]))]) })
      ),
      ("error", .null),
    ])
  }

  /// A share of 0 to 1 with six decimals, as all platforms print it.
  private static func share(_ value: Double?) -> JSONValue {
    guard let value else { return .null }
    let millionths = Int((value * 1_000_000).rounded())
    let digits = String(millionths % 1_000_000)
    return .number("\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - digits.utf8.count) + digits)
  }

  private func dimension(_ dimension: QualityDimension) -> JSONValue {
    .object([
      ("name", .text("\(dimension)")), ("title", .text(dimension.title[language])),
      ("value", Self.share(report.score.dimensions[dimension])),
      ("before", Self.share(report.scoreBefore?.dimensions[dimension])),
      ("target", Self.share(report.goals.target(dimension) / 100)), ("weight", .integer(report.goals.weights[dimension] ?? 0)),
    ])
  }

  private func indicator(_ indicator: QualityIndicator) -> JSONValue {
    let share = report.reading.shares[QualityReading.Place(indicator.code)]
    return .object([
      ("code", .text(indicator.code)), ("title", .text(indicator.title[language])),
      ("counts", .text(indicator.counts[language])),
      ("numerator", share.map { .integer($0.numerator) } ?? .null),
      ("denominator", share.map { .integer($0.denominator) } ?? .null),
      ("value", Self.share(report.score.indicators[indicator.code])),
    ])
  }

  private var findings: JSONValue {
    func causes(_ counts: KeyPath<QualityReading.KindCount, [LifeCause: Int]>) -> JSONValue {
      .object(
        LifeCause.allCases.map { cause in
          ("\(cause)", .integer(report.reading.kinds.reduce(0) { $0 + ($1[keyPath: counts][cause] ?? 0) }))
        })
    }
    return .object([
      ("open", .integer(report.open)), ("new", causes(\.new)), ("fixed", causes(\.fixed)),
      ("persisting", .integer(report.persisting)),
    ])
  }

  private func kind(_ count: QualityReading.KindCount) -> JSONValue {
    .object([
      ("code", .text(count.kind.code.description)), ("dataset", .text(count.kind.dataset)),
      ("field", .optional(count.kind.field.isEmpty ? nil : count.kind.field)),
      ("severity", .text(count.kind.severity.rawValue)),
      ("open", .integer(count.open)), ("new", .integer(count.new.values.reduce(0, +))),
      ("fixed", .integer(count.fixed.values.reduce(0, +))), ("persisting", .integer(count.persisting)),
      ("oldest", .text(count.oldest.text)),
    ])
  }

  private func task(_ task: QualityReport.Task) -> JSONValue {
    let (kind, code, batch): (String, JSONValue, JSONValue) =
      switch task.kind {
      case .held(let batch): ("held", .null, .integer(batch))
      case .waiting: ("waiting", .null, .null)
      case .findings(let code): ("findings", .text(code.description), .null)
      }
    return .object([
      ("kind", .text(kind)), ("code", code), ("batch", batch),
      ("dataset", .optional(task.dataset.isEmpty ? nil : task.dataset)),
      ("field", .optional(task.field.isEmpty ? nil : task.field)), ("count", .integer(task.count)), ("new", .integer(task.new)),
      ("days", .integer(task.age)), ("title", .text(ReportWords(report: report, language: language).task(task))),
    ])
  }

  private func grid(_ grid: QualityReport.GridScore) -> JSONValue {
    .object([
      ("gridCode", .optional(grid.code == QualityReading.noGrid ? nil : grid.code)), ("name", .text(grid.name)),
      ("community", .optional(grid.community.isEmpty ? nil : grid.community)), ("total", Self.share(grid.score.total)),
      ("before", Self.share(grid.before)),
      (
        "dimensions", .object(QualityDimension.allCases.map { ("\($0)", Self.share(grid.score.dimensions[$0])) })
      ),
    ])
  }

  private func waiting(_ waiting: QualityReading.Waiting) -> JSONValue {
    .object([
      ("sender", .optional(waiting.sender.isEmpty ? nil : waiting.sender)), ("dataset", .text(waiting.dataset)),
      ("rows", .integer(waiting.ages.count)), ("oldestDays", .integer(waiting.ages.last ?? 0)),
    ])
  }

  private func delivery(_ delivery: QualityReading.Delivery) -> JSONValue {
    let counts = delivery.counts
    return .object([
      ("batch", .integer(delivery.batch)), ("state", .text(delivery.state)), ("kind", .text(delivery.kind)),
      ("sender", .optional(delivery.sender.isEmpty ? nil : delivery.sender)),
      ("files", .list(delivery.files.map { .text($0) })), ("read", .integer(counts.read)),
      ("created", .integer(counts.created)),
      ("updated", .integer(counts.updated)), ("unchanged", .integer(counts.unchanged)),
      ("duplicate", .integer(counts.duplicate)), ("quarantined", .integer(counts.quarantined)),
    ])
  }
}
