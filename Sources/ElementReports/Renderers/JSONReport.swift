package import ElementCore
package import ElementFormats
import ElementSchema
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
      ("outcome", .text("reported")), ("audience", .text(report.audience.rawValue)),
      ("leftOut", .list(report.leftOut.map { .text($0.name) })), ("office", office),
      ("day", .text(reading.day.day.text)),
      ("comparedDay", .optional(reading.before?.day.text)), ("baseline", .optional(reading.counts.baseline?.text)),
      ("digest", .text(reading.day.digest)),
      ("schemaDigest", .text(reading.day.schemaDigest)), ("auditHead", .optional(reading.auditHead)),
      ("outdated", .bool(reading.isOutdated)), ("grade", .text(report.grade.rawValue)),
      ("ownGrade", report.ownGrade.map { .integer($0) } ?? .null), ("standard", .text(report.goals.standard.rawValue)),
      ("total", Self.share(report.grade == .untrusted ? nil : report.score.total)),
      ("dimensions", .list(QualityDimension.allCases.map(dimension))),
      ("indicators", .list(QualityIndicator.all(of: report.goals.standard).map(indicator))),
      ("collections", .list(report.collections.map(collection))),
      ("findings", findings), ("kinds", .list(report.sums.kinds.map(kind))),
      ("tasks", .list(report.tasks.map(task))),
      ("communities", .list(report.communities.map(community))), ("grids", .list(report.grids.map(grid))),
      ("senders", .list(report.senders.map(sender))), ("drifts", .list(report.drifts.map(drift))),
      ("waiting", .list(reading.waiting.map(waiting))),
      ("deliveries", .list(reading.deliveries.map(delivery))),
      ("people", people),
      ("packages", .list(reading.packages.map(package))), ("endings", .list(report.endings.map(ending))),
      (
        "damage",
        .list(report.damage.map { .object([("subject", .text($0.subject)), ("message", .text($0.message[language]))]) })
      ),
      ("error", .null),
    ])
  }

  private var people: JSONValue {
    guard let people = report.reading.people else { return .null }
    let overlaps = people.overlaps.map { overlap -> JSONValue in
      .object([("left", .text(overlap.left)), ("right", .text(overlap.right)), ("people", .integer(overlap.people))])
    }
    let runs = people.runs.map { run -> JSONValue in
      .object([("day", .text(run.day)), ("rows", .integer(run.rows)), ("people", .integer(run.people))])
    }
    return .object([
      ("rows", .integer(people.rows)), ("people", .integer(people.people)), ("shared", .integer(people.shared)),
      ("questions", .integer(people.questions)), ("oldest", .integer(people.oldest)), ("answers", .integer(people.answers)),
      ("overlaps", .list(overlaps)), ("runs", .list(runs)),
    ])
  }

  private func package(_ package: SentPackage) -> JSONValue {
    .object([
      ("package", .text(package.identity)), ("profile", .text(package.profile)),
      ("recipient", .optional(package.recipient.isEmpty ? nil : package.recipient)), ("day", .text(package.day)),
      ("days", .integer(package.age)), ("answer", .text(package.answer)), ("records", .integer(package.records)),
      ("behind", .integer(package.behind)),
      (
        "refusals",
        .list(
          package.refusals.map {
            .object([("cause", .text($0.cause)), ("words", .text($0.words)), ("count", .integer($0.count))])
          })
      ),
    ])
  }

  private func ending(_ ending: QualityReport.Ending) -> JSONValue {
    .object([
      ("recipient", .text(ending.recipient)), ("approval", .text(ending.number)), ("validUntil", .text(ending.until)),
      ("days", .integer(ending.days)),
    ])
  }

  /// A share of 0 to 1; null for none.
  private static func share(_ value: Double?) -> JSONValue { value.map(decimal) ?? .null }

  /// A number with six decimals, as all platforms print it.
  private static func decimal(_ value: Double) -> JSONValue {
    let millionths = Int((value * 1_000_000).rounded())
    let digits = String(millionths.magnitude % 1_000_000)
    let sign = millionths < 0 ? "-" : ""
    return .number(
      "\(sign)\(millionths.magnitude / 1_000_000)." + String(repeating: "0", count: 6 - digits.utf8.count) + digits)
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
          ("\(cause)", .integer(report.sums.kinds.reduce(0) { $0 + ($1[keyPath: counts][cause] ?? 0) }))
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

  private func grid(_ grid: QualityReport.PlaceScore) -> JSONValue {
    .object([
      ("gridCode", .optional(grid.code == QualityReading.noGrid ? nil : grid.code)), ("name", .text(grid.name)),
      ("community", .optional(grid.community.isEmpty ? nil : grid.community)), ("total", Self.share(grid.score.total)),
      ("before", Self.share(grid.before)),
      (
        "dimensions", .object(QualityDimension.allCases.map { ("\($0)", Self.share(grid.score.dimensions[$0])) })
      ),
    ])
  }

  private var office: JSONValue {
    switch report.reading.office {
    case .all: .null
    case .area(let digits): .object([("kind", .text("area")), ("code", .text(digits))])
    case .grid(let code): .object([("kind", .text("grid")), ("code", .text(code))])
    }
  }

  private func community(_ place: QualityReport.PlaceScore) -> JSONValue {
    .object([
      ("area", .text(place.code)), ("name", .text(place.name)), ("total", Self.share(place.score.total)),
      ("before", Self.share(place.before)),
      ("dimensions", .object(QualityDimension.allCases.map { ("\($0)", Self.share(place.score.dimensions[$0])) })),
    ])
  }

  private func collection(_ entry: CollectionShare) -> JSONValue {
    .object([
      ("dataset", .text(entry.dataset)), ("collected", entry.collected.map(numbers) ?? .null),
      ("verified", entry.verified.map(numbers) ?? .null),
    ])
  }

  private func numbers(_ share: QualityReading.Share) -> JSONValue {
    .object([("numerator", .integer(share.numerator)), ("denominator", .integer(share.denominator))])
  }

  private func sender(_ sum: QualityReport.SenderSum) -> JSONValue {
    .object([
      ("sender", .optional(sum.name.isEmpty ? nil : sum.name)), ("open", .integer(sum.open)), ("new", .integer(sum.new)),
      ("fixed", .integer(sum.fixed)), ("waiting", .integer(sum.waiting)),
    ])
  }

  private func drift(_ drift: QualityDrift) -> JSONValue {
    .object([
      ("kind", .text(drift.kind.rawValue)), ("dataset", .text(drift.dataset)),
      ("field", .optional(drift.field.isEmpty ? nil : drift.field)), ("code", .optional(drift.code.isEmpty ? nil : drift.code)),
      ("gridCode", .optional(drift.grid.isEmpty ? nil : drift.grid)), ("before", numbers(drift.before)),
      ("now", numbers(drift.now)), ("amount", Self.decimal(drift.amount)), ("limit", Self.decimal(drift.limit)),
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
