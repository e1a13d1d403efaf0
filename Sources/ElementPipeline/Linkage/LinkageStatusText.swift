package import ElementFormats
package import ElementLinkage
package import ElementSchema
package import ElementWarehouse

/// The questions that wait, for programs: rows and levels, no value of anybody.
package struct QuestionsText {
  private let questions: [StoredQuestion]
  private let model: LinkageModel

  /// The text of some questions, whose levels a model names.
  package init(_ questions: [StoredQuestion], _ model: LinkageModel) { (self.questions, self.model) = (questions, model) }

  /// The object that `dedupe list --json` prints.
  package func object(_ version: String) -> JSONValue {
    let comparisons = model.comparisons
    let rows = questions.map { question -> JSONValue in
      let pattern = UInt64(bitPattern: question.link.pattern)
      let levels = comparisons.enumerated().map { place, comparison -> (String, JSONValue) in
        let level = Int(pattern >> UInt64(4 * place) & 0xF)
        return (comparison.name, .text(comparison.levels.indices.contains(level) ? comparison.levels[level] : "none"))
      }
      let sides = [question.link.left, question.link.right].map {
        JSONValue.object([("dataset", .text($0.dataset)), ("row", .integer(Int($0.row)))])
      }
      return .object([
        ("id", .integer(Int(question.id))), ("state", .text(question.state.rawValue)), ("grid", .text(question.grid)),
        ("rows", .list(sides)), ("pairs", .integer(question.pairs)),
        ("weight", .number(LinkageLists.decimal(Double(question.link.weight) / Double(LevelWeights.bit), 3))),
        ("guard", question.link.barrier.map { .text($0) } ?? .null), ("levels", .object(levels)),
      ])
    }
    return .object([
      ("format", .integer(1)), ("command", .text("dedupe list")), ("version", .text(version)),
      ("kind", .text(model.kind.rawValue)),
      ("questions", .list(rows)), ("error", .null),
    ])
  }
}

/// How many people there are and what was done, for programs.
package struct LinkageStatusText {
  private let kind: LinkageKind
  private let totals: (rows: Int, entities: Int, shared: Int, decisions: Int)
  private let questions: Int
  private let runs: [LinkageSession.PastRun]

  /// The text of counts and runs.
  package init(
    _ kind: LinkageKind, _ totals: (rows: Int, entities: Int, shared: Int, decisions: Int), questions: Int,
    _ runs: [LinkageSession.PastRun]
  ) {
    (self.kind, self.totals, self.questions, self.runs) = (kind, totals, questions, runs)
  }

  /// The object that `dedupe status --json` prints.
  package func object(_ version: String) -> JSONValue {
    let past = runs.map { run -> JSONValue in
      .object([
        ("id", .integer(run.id)), ("endedAt", .text(run.at)), ("operator", .text(run.operatorName)),
        ("rows", .integer(run.rows)),
        ("compared", .integer(run.compared)), ("entities", .integer(run.entities)), ("applied", .bool(run.isApplied)),
        ("takenBack", .bool(run.isTakenBack)),
      ])
    }
    return .object([
      ("format", .integer(1)), ("command", .text("dedupe status")), ("version", .text(version)), ("kind", .text(kind.rawValue)),
      ("rows", .integer(totals.rows)), ("entities", .integer(totals.entities)), ("shared", .integer(totals.shared)),
      ("questions", .integer(questions)), ("decisions", .integer(totals.decisions)), ("runs", .list(past)), ("error", .null),
    ])
  }
}
