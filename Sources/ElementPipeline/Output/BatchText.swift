package import ElementFormats
package import ElementCore
package import ElementWarehouse

/// Batches for people and programs.
package enum BatchText {
  /// One batch for people: number, time, operator, state and counts.
  package static func line(_ batch: BatchSummary, _ language: Language) -> String {
    let who = PrintableText.escape(batch.operatorName)
    return "\(batch.id)  \(batch.state)  \(batch.startedAt)  \(who)  \(RunSummary.balance(batch.counts, language))\n"
  }

  /// One batch for programs, as `batch list --json` lists it.
  package static func object(_ batch: BatchSummary) -> JSONValue {
    .object([
      ("batch", .integer(batch.id)), ("state", .text(batch.state)), ("operator", .text(batch.operatorName)),
      ("startedAt", .text(batch.startedAt)), ("counts", counts(batch.counts)), ("digest", .text(batch.digest)),
    ])
  }

  /// A batch with its inputs and findings as an object.
  package static func object(
    _ batch: BatchSummary, _ inputs: [BatchInputSummary], _ findings: [(code: String, severity: String, count: Int)]
  ) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("batch show")), ("batch", object(batch)),
      (
        "inputs",
        .list(
          inputs.map { input in
            .object([
              ("path", .text(input.path)), ("dataset", .text(input.dataset)), ("sha256", .text(input.sha256)),
              ("encoding", .text(input.encoding)), ("counts", counts(input.counts)),
            ])
          })
      ),
      ("findings", .object(findings.map { ($0.code, .integer($0.count)) })),
    ])
  }

  private static func counts(_ counts: RunCounts) -> JSONValue {
    .object([
      ("read", .integer(counts.read)), ("created", .integer(counts.created)), ("updated", .integer(counts.updated)),
      ("unchanged", .integer(counts.unchanged)), ("duplicate", .integer(counts.duplicate)),
      ("quarantined", .integer(counts.quarantined)),
    ])
  }
}
