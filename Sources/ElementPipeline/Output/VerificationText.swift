package import ElementFormats
package import ElementCore
package import ElementWarehouse

/// What `verify` found, for programs.
package enum VerificationText {
  /// What differs and where, a line each.
  package static func lines(_ differences: [Difference], _ language: Language) -> String {
    differences.map { "\($0.subject)  \($0.message[language])\n" }.joined()
  }

  /// What differs and where, as `differences` lists it in JSON.
  static func object(_ difference: Difference, _ language: Language) -> JSONValue {
    .object([("subject", .text(difference.subject)), ("message", .text(difference.message[language]))])
  }

  /// The object that `--json` prints.
  package static func object(_ report: VerificationReport, _ language: Language) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("verify")),
      ("outcome", .text(report.differences.isEmpty ? "verified" : "differs")),
      ("rows", .integer(report.rows)), ("batches", .integer(report.batches)), ("digest", .text(report.digest)),
      ("auditHead", JSONValue.optional(report.auditHead)),
      (
        "differences",
        .list(report.differences.map { object($0, language) })
      ),
    ])
  }
}
