package import ElementCore
package import ElementFormats
package import ElementWarehouse

/// The audit chain for people and programs.
package enum AuditText {
  /// One entry for people: number, time, who, what and of which batch.
  package static func line(_ entry: AuditEntry, _ language: Language) -> String {
    let who = PrintableText.escape(entry.operatorName)
    let batch = entry.batch.map { LocalizedText(zh: "第 \($0) 批", en: "batch \($0)")[language] }
    let parts = [
      String(entry.sequence), entry.recordedAt,
      "\(who) (\(PrintableText.escape(entry.account))@\(PrintableText.escape(entry.host)))",
      entry.command, batch, entry.counts, entry.purpose.map(PrintableText.escape), entry.reason.map(PrintableText.escape),
      String(entry.hash.prefix(16)),
    ]
    return parts.compactMap { $0 }.joined(separator: "  ") + "\n"
  }

  /// The object that `audit list --json` prints.
  package static func object(_ entries: [AuditEntry]) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("audit list")),
      (
        "entries",
        .list(
          entries.map { entry in
            .object([
              ("sequence", .integer(entry.sequence)), ("recordedAt", .text(entry.recordedAt)),
              ("operator", .text(entry.operatorName)), ("account", .text(entry.account)), ("host", .text(entry.host)),
              ("version", .text(entry.toolVersion)), ("command", .text(entry.command)), ("arguments", .text(entry.arguments)),
              ("batch", entry.batch.map(JSONValue.integer) ?? .null), ("inputs", JSONValue.optional(entry.inputs)),
              ("counts", JSONValue.optional(entry.counts)), ("purpose", JSONValue.optional(entry.purpose)),
              ("reason", JSONValue.optional(entry.reason)), ("previous", .text(entry.previous)), ("hash", .text(entry.hash)),
            ])
          })
      ),
    ])
  }

  /// The object that `audit verify --json` prints.
  package static func object(
    _ found: (differences: [Difference], entries: Int, head: String?), _ language: Language
  ) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("audit verify")),
      ("outcome", .text(found.differences.isEmpty ? "verified" : "differs")), ("entries", .integer(found.entries)),
      ("head", JSONValue.optional(found.head)),
      ("differences", .list(found.differences.map { VerificationText.object($0, language) })),
    ])
  }
}
