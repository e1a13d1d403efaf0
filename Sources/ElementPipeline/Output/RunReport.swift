package import ElementCore
import ElementRules
package import ElementFormats
import ElementSchema
import ElementWarehouse

/// The object that `--json` prints of a run, documented in `schemas/output/run.schema.json`.
package struct RunReport: Sendable {
  private let verb: String
  private let version: String
  private let language: Language

  /// A report of runs of one verb.
  package init(verb: String, version: String, language: Language) {
    self.verb = verb
    self.version = version
    self.language = language
  }

  /// The object of a run that ended.
  ///
  /// - Throws: `SpillError` where findings cannot be read again.
  package func object(_ result: RunResult, filter: FindingFilter, maxSamples: Int, exitCode: Int) throws -> JSONValue {
    let findings = result.findings
    let datasets = Set(result.inputs.map(\.map.dataset.name))
    return .object([
      ("format", .integer(1)), ("command", .text(verb)), ("version", .text(version)),
      ("outcome", .text(result.outcome.rawValue)),
      ("exitCode", .integer(exitCode)), ("dataset", datasets.count == 1 ? .optional(datasets.first) : .null),
      ("batch", result.batch.map { .integer($0) } ?? .null), ("sender", .optional(result.sender)),
      ("asOf", .text(result.asOf.text)),
      ("inputs", .list(result.inputs.map(input))), ("counts", counts(result.counts)),
      ("findings", summary(findings, result.waived, filter)),
      ("fixes", fixes(result.fixCounts)), ("removed", .integer(0)),
      (
        "notEvaluated",
        .list(result.notEvaluated.map { .object([("code", .text($0.code.description)), ("why", .text($0.why[language]))]) })
      ),
      ("hold", hold(result)), ("waits", waits(result)), ("presence", .list(result.presences.map(presence))),
      ("lives", lives(result.lives)),
      ("digest", .optional(result.digest)),
      ("samples", .list(try samples(result, filter, maxSamples))),
      ("error", .null),
    ])
  }

  /// The object of a run that could not be done.
  package func failure(outcome: Outcome, exitCode: Int, _ trouble: Trouble) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text(verb)), ("version", .text(version)), ("outcome", .text(outcome.rawValue)),
      ("exitCode", .integer(exitCode)), ("dataset", .null), ("batch", .null), ("sender", .null), ("asOf", .null),
      ("inputs", .list([])),
      ("counts", counts(RunCounts())), ("findings", summary(FindingCounts(), [:], FindingFilter())), ("fixes", fixes([:])),
      ("removed", .integer(0)),
      ("notEvaluated", .list([])), ("hold", .null), ("waits", .null), ("presence", .list([])), ("lives", .null),
      ("digest", .null),
      ("samples", .list([])),
      (
        "error",
        .object([
          ("kind", .text(trouble.kind)), ("code", .optional(trouble.code?.description)),
          ("message", .text(trouble.message[language])), ("hint", .text(trouble.hint[language])),
          ("file", .optional(trouble.file)), ("line", trouble.line > 0 ? .integer(trouble.line) : .null),
          ("column", trouble.column > 0 ? .integer(trouble.column) : .null),
        ])
      ),
    ])
  }

  private func input(_ input: InputResult) -> JSONValue {
    .object([
      ("path", .text(input.path)), ("sha256", .optional(input.sha256)), ("bytes", .integer(input.bytes)),
      ("format", .text(input.format)), ("sheet", .optional(input.sheet)),
      ("encoding", .text(input.encoding)), ("encodingEvidence", .text(input.evidence[language])),
      ("delimiter", .optional(input.delimiter)),
      ("headerLine", .integer(input.headerLine)), ("dataset", .text(input.map.dataset.name)),
      ("notStored", .list(input.notStored.map { .text($0) })),
      ("blankLines", .integer(input.blankLines)),
      ("counts", counts(input.counts)),
    ])
  }

  private func counts(_ counts: RunCounts) -> JSONValue {
    .object([
      ("read", .integer(counts.read)), ("created", .integer(counts.created)), ("updated", .integer(counts.updated)),
      ("unchanged", .integer(counts.unchanged)), ("duplicate", .integer(counts.duplicate)),
      ("quarantined", .integer(counts.quarantined)),
      ("fixed", .integer(counts.fixed)),
    ])
  }

  private func summary(_ findings: FindingCounts, _ waived: [FindingCounts.Key: Int], _ filter: FindingFilter) -> JSONValue {
    let shown = findings.counts.filter { filter.shows($0.key.code) }
    func total(_ severity: Severity) -> Int { shown.reduce(0) { $1.key.severity == severity ? $0 + $1.value : $0 } }
    let byCode = shown.reduce(into: [RuleCode: Int]()) { $0[$1.key.code, default: 0] += $1.value }
    return .object([
      ("total", .integer(shown.values.reduce(0, +))), ("error", .integer(total(.error))),
      ("warning", .integer(total(.warning))),
      ("info", .integer(total(.info))),
      ("waived", .integer(waived.reduce(0) { filter.shows($1.key.code) ? $0 + $1.value : $0 })), ("byCode", table(byCode)),
    ])
  }

  private func fixes(_ counts: [RuleCode: Int]) -> JSONValue {
    .object([("total", .integer(counts.values.reduce(0, +))), ("byCode", table(counts))])
  }

  private func table(_ counts: [RuleCode: Int]) -> JSONValue {
    .object(counts.sorted { $0.key < $1.key }.map { ($0.key.description, .integer($0.value)) })
  }

  private func waits(_ result: RunResult) -> JSONValue {
    guard let waits = result.endedWaits else { return .null }
    return .object([("resolved", .integer(waits.resolved)), ("replaced", .integer(waits.replaced))])
  }

  private func lives(_ lives: LifeCounts?) -> JSONValue {
    guard let lives else { return .null }
    func causes(_ counts: [LifeCause: Int]) -> JSONValue {
      .object(LifeCause.allCases.map { ("\($0)", .integer(counts[$0] ?? 0)) })
    }
    return .object([
      ("new", causes(lives.beginning)), ("fixed", causes(lives.ending)), ("persisting", .integer(lives.persisting)),
      ("first", .integer(lives.first)),
    ])
  }

  private func presence(_ presence: RunResult.Presence) -> JSONValue {
    let found = presence.outcome
    return .object([
      ("dataset", .text(presence.dataset)), ("inScope", found.scopeCount.map { .integer($0) } ?? .null),
      ("closed", .integer(found.closing.count)), ("opened", .integer(found.opening.count)),
      ("withoutArea", .integer(found.withoutArea)), ("unreadable", .integer(found.unreadable)),
    ])
  }

  private func hold(_ result: RunResult) -> JSONValue {
    guard let hold = result.hold else { return .null }
    let limits = hold.limits.map { excess in
      JSONValue.object([
        ("name", .text(excess.name)), ("dataset", .optional(excess.dataset)), ("limit", .text(excess.limit)),
        ("actual", .integer(excess.actual)),
      ])
    }
    return .object([("id", hold.batch.map { .integer($0) } ?? .null), ("limits", .list(limits))])
  }

  /// The first findings of each code, most severe first.
  private func samples(_ result: RunResult, _ filter: FindingFilter, _ limit: Int) throws -> [JSONValue] {
    let texts = result.inputs.map { FindingText(book: result.book, map: $0.map, language: language) }
    var seen: [RuleCode: Int] = [:]
    let all = try FindingSamples(result, filter, limit: limit).all
    return try Severity.allCases.reversed().flatMap { severity in
      try all.filter { $0.finding.severity == severity }.compactMap { input, finding in
        seen[finding.code, default: 0] += 1
        return seen[finding.code, default: 0] <= limit ? try sample(finding, result.inputs[input], texts[input]) : nil
      }
    }
  }

  private func sample(_ finding: Finding, _ input: InputResult, _ text: FindingText) throws -> JSONValue {
    let origin = finding.row > 0 ? try input.table?.origin(ofRow: finding.row) : nil
    func number(_ value: Int) -> JSONValue { value > 0 ? .integer(value) : .null }
    let suggestion: JSONValue =
      finding.suggestion.map { .object([("value", .text($0.value)), ("safe", .bool($0.safe))]) } ?? .null
    return .object([
      ("code", .text(finding.code.description)), ("severity", .text(finding.severity.rawValue)),
      ("dataset", .text(input.map.dataset.name)),
      ("file", .text(PrintableText.escape(origin?.path ?? input.path))), ("sheet", .optional(input.sheet)),
      ("row", number(origin?.row ?? finding.row)), ("line", number(finding.line)),
      ("column", number(input.table == nil ? finding.column : 0)),
      ("field", finding.field < 0 ? .null : .text(input.map.dataset.fields[finding.field].name)),
      ("header", finding.field < 0 ? .null : .text(text.header(finding))), ("cell", .optional(finding.cell)),
      ("value", .text(finding.value)), ("message", .text(text.message(finding))), ("expected", .text(finding.expected)),
      ("suggestion", suggestion),
      ("byte", finding.row > 0 && input.sheet == nil && input.table == nil ? .integer(finding.byte) : .null),
      ("path", .optional(input.pointer(finding))),
      ("fingerprint", .optional(finding.fingerprint?.text)), ("waived", .bool(finding.isWaived)),
      ("batch", origin.map { .integer($0.batch) } ?? .null),
    ])
  }
}
