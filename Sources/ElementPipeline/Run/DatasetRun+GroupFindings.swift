import ElementCore
import ElementExpression
import ElementFormats
import ElementRules
import ElementSchema

extension DatasetRun {
  /// What a row is told whose group has more members than a rule (from 0) allows.
  func exceeding(_ number: Int, _ reference: RowReference, _ members: GroupCrowd, _ target: RowTarget) throws -> Finding {
    let rule = dataset.groups[number]
    let ids = members.ids
    let stored = try ids.prefix(DatasetRun.namedRows).map { try target.place(ofStored: $0) }
    let more = ids.count > stored.count ? "…" : ""
    let facts = [
      "count": String(members.count), "stored": ids.isEmpty ? "" : "库中" + stored.map(\.zh).joined(separator: "、") + more,
      "storedEn": ids.isEmpty ? "" : "stored: " + stored.map(\.en).joined(separator: ", ") + more,
    ]
    return finding(
      rule.code, rule.severity, reference, field: rule.condition.fields.first ?? rule.by.first ?? -1,
      others: others(than: reference, in: members.rows), facts: facts)
  }

  /// What a row is told that leads back to itself: one that is its own parent stands against itself.
  private func cycle(_ reference: RowReference, _ rows: [RowReference]) -> Finding {
    let others = rows.count == 1 ? rows : others(than: reference, in: rows)
    return finding(ParentCycle.descriptor, reference, field: dataset.parent ?? -1, others: others)
  }

  /// The first other rows: more than are named, where there are more, and not all of a group that may be the whole file.
  func others(than reference: RowReference, in rows: [RowReference]) -> [RowReference] {
    Array(rows.lazy.filter { !$0.isSameRow(reference) }.prefix(DatasetRun.namedRows + 1))
  }

  private static let namedRows = 5

  /// What a row is told that does not follow another as a rule over neighbours (from 0) asks.
  func follows(_ number: Int, _ row: RowReference, _ before: RowReference) -> Finding {
    let rule = dataset.sequences[number]
    return finding(
      rule.descriptor.code, rule.descriptor.severity, row, field: rule.next, others: [before], facts: [:])
  }

  /// What a group is told that has fewer rows than a rule (from 0) asks for: at a row that is in it, or that has left it.
  func short(_ number: Int, _ reference: RowReference, _ severity: Severity, hasLeft: Bool) -> Finding {
    let rule = dataset.groups[number]
    let facts = ["which": hasLeft ? "原来的那一" : "本", "whichEn": hasLeft ? "The former" : "The"]
    return finding(rule.code, severity, reference, field: rule.by.first ?? -1, others: [], facts: facts)
  }

  /// A finding of a built-in rule about a row and others that it stands against.
  func finding(
    _ rule: RuleDescriptor, _ reference: RowReference, field: Int, others: [RowReference], facts: [String: String] = [:]
  ) -> Finding {
    finding(rule.code, rule.severity, reference, field: field, others: others, facts: facts)
  }

  /// A finding about a row and others that it stands against.
  func finding(
    _ code: RuleCode, _ severity: Severity, _ reference: RowReference, field: Int, others: [RowReference],
    facts: [String: String]
  ) -> Finding {
    var facts = facts
    facts["more"] = others.count > DatasetRun.namedRows ? "…" : ""
    return Finding(
      code, severity, row: reference.row, column: states[reference.input].column(of: field), field: field,
      facts: facts,
      related: others.prefix(DatasetRun.namedRows).map { RelatedRow(input: $0.input, row: $0.row, line: 0) })
  }

  /// Rows of one key with different contents: each finding names other rows and the fields that differ.
  private func conflict(_ reference: RowReference, _ rows: [RowReference], _ fields: [Int]) -> Finding {
    let map = states[reference.input].input.map
    func headings(_ language: Language) -> [String] { fields.map { PrintableText.escape(map.heading($0, language)) } }
    return finding(
      KeyConflict.descriptor, reference, field: dataset.key.first ?? -1, others: others(than: reference, in: rows),
      facts: KeyConflict.facts(differing: headings(.zh), headings(.en)))
  }

  /// What there is to say of a row that was read again, in the order of its reasons.
  func findings(
    _ member: RowsAgain.Member, _ verdicts: RowVerdicts, _ row: Int, _ differing: [[Int]], _ target: RowTarget
  ) throws -> [Finding] {
    let reference = verdicts.rows[row]
    return try verdicts.reasons(row).flatMap { reason -> [Finding] in
      switch reason {
      case .deferred(let field): member.deferred.filter { $0.field == field }
      case .exceeding(let rule, let members): [try exceeding(rule, reference, verdicts.crowds[members], target)]
      case .short(let rule): [short(rule, reference, .error, hasLeft: false)]
      case .wholeAndSplit(let rows):
        [
          finding(
            GridWholeAndSplit.descriptor, reference, field: dataset.key[0],
            others: others(than: reference, in: verdicts.groups[rows]))
        ]
      case .orphan: [finding(ParentUnknown.descriptor, reference, field: dataset.parent ?? -1, others: [])]
      case .cycle(let rows): [cycle(reference, verdicts.groups[rows])]
      case .after(let rule, let before): [follows(rule, reference, before)]
      case .conflict(let rows): [conflict(reference, verdicts.conflicts[rows], differing[rows])]
      }
    }.map { marked($0, member) }
  }

  /// A finding with its place, and those of the rows that it names.
  func place(_ finding: Finding, line: Int, byte: Int, _ input: Int) throws -> Finding {
    var placed = finding
    placed.related = finding.related.map {
      RelatedRow(input: $0.input, row: $0.row, line: states[$0.input].line(of: $0.row))
    }
    if !placed.related.isEmpty {
      placed.facts["others"] = try places(placed.related, from: input) + (finding.facts["more"] ?? "")
    }
    if let stored = finding.facts["stored"], let storedEn = finding.facts["storedEn"] {
      let others = placed.facts["others"]
      placed.facts["members"] = [others.map { "第 \($0) 行" } ?? "", stored].filter { !$0.isEmpty }.joined(separator: "、")
      placed.facts["membersEn"] = [others.map { "lines \($0)" } ?? "", storedEn].filter { !$0.isEmpty }.joined(separator: "; ")
    }
    (placed.line, placed.byte) = (line, byte)
    return placed
  }

  /// Where rows stand, as a finding of an input names them: lines, and the file where it is another; of stored ones the file that they came
  /// from.
  private func places(_ rows: [RelatedRow], from input: Int) throws -> String {
    try rows.map { row in
      if let origin = try states[row.input].input.layout.table?.origin(ofRow: row.row) {
        return "\(PrintableText.escape(origin.path)):\(origin.row)"
      }
      return row.input == input
        ? String(row.line) : "\(PrintableText.escape(states[row.input].input.survey.original.path)):\(row.line)"
    }.joined(separator: "、")
  }
}
