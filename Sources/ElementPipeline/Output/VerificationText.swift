package import ElementFormats
package import ElementCore
package import ElementWarehouse

/// What `verify` found, for programs.
package enum VerificationText {
  /// The object that `--json` prints.
  package static func object(_ report: VerificationReport, _ language: Language) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("verify")),
      ("outcome", .text(report.differences.isEmpty ? "verified" : "differs")),
      ("rows", .integer(report.rows)), ("batches", .integer(report.batches)), ("digest", .text(report.digest)),
      (
        "differences",
        .list(report.differences.map { .object([("subject", .text($0.subject)), ("message", .text($0.message[language]))]) })
      ),
    ])
  }
}
