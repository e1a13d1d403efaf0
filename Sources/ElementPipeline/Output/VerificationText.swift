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
  package static func object(
    _ report: VerificationReport, _ proof: SourceProof.Report?, _ language: Language
  ) -> JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("verify")),
      ("outcome", .text(report.differences.isEmpty ? "verified" : "differs")),
      ("rows", .integer(report.rows)), ("batches", .integer(report.batches)), ("digest", .text(report.digest)),
      ("auditHead", JSONValue.optional(report.auditHead)),
      (
        "differences",
        .list(report.differences.map { object($0, language) })
      ), ("source", proof.map { object($0, language) } ?? .null),
    ])
  }

  /// What the proof of a batch's files came to, in lines.
  package static func lines(_ proof: SourceProof.Report, batch: Int, _ language: Language) -> String {
    let blank = LocalizedText(zh: "，空行 \(proof.blankLines)", en: ", \(proof.blankLines) blank lines")[language]
    let rows = RunSummary.balance(proof.counts, language) + blank
    let (proved, wrong, open) = (proof.proved, proof.differences.count, proof.unproved.count)
    let ending: LocalizedText
    if proof.differences.isEmpty, proof.unproved.isEmpty {
      ending = LocalizedText(
        zh: "第 \(batch) 批逐行核对：\(proved) 行去向与文件一致", en: "batch \(batch), row by row: \(proved) rows went where the file says")
    } else if proof.differences.isEmpty, let excuse = proof.excuse {
      ending = LocalizedText(
        zh: "第 \(batch) 批逐行核对：\(proved) 行一致，\(open) 行不能证明：\(excuse.zh)",
        en: "batch \(batch), row by row: \(proved) rows agree, \(open) cannot be proved: \(excuse.en)")
    } else {
      ending = LocalizedText(
        zh: "第 \(batch) 批逐行核对：\(proved) 行一致，不符 \(wrong) 处",
        en: "batch \(batch), row by row: \(proved) rows agree; \(wrong) differences")
    }
    return rows + "\n" + ending[language] + "\n"
  }

  /// The same for programs, as `source` holds it.
  private static func object(_ proof: SourceProof.Report, _ language: Language) -> JSONValue {
    .object([
      ("read", .integer(proof.counts.read)), ("created", .integer(proof.counts.created)),
      ("updated", .integer(proof.counts.updated)), ("unchanged", .integer(proof.counts.unchanged)),
      ("duplicate", .integer(proof.counts.duplicate)), ("quarantined", .integer(proof.counts.quarantined)),
      ("blankLines", .integer(proof.blankLines)), ("proved", .integer(proof.proved)),
      ("excuse", proof.excuse.map { .text($0[language]) } ?? .null),
      ("unproved", .list(proof.unproved.map { object($0, language) })),
    ])
  }
}
