package import ElementCore
package import ElementFormats
import ElementLinkage

/// What an evaluation says: text, and JSON.
package struct LinkageEvaluationText {
  private let evaluation: LinkageEvaluation
  private let language: Language

  /// The texts of an evaluation.
  package init(_ evaluation: LinkageEvaluation, _ language: Language) {
    (self.evaluation, self.language) = (evaluation, language)
  }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// A few lines.
  package var text: String {
    let groups = evaluation.groups
    var text = say(
      "分组：精确率 \(share(groups.precision))，召回率 \(share(groups.recall))，F1 \(share(groups.f1))；混入两个人的 \(groups.mixedGroups) 组\n",
      "groups: precision \(share(groups.precision)), recall \(share(groups.recall)), F1 \(share(groups.f1)); \(groups.mixedGroups) of them hold two people\n"
    )
    if let linked = evaluation.linked, let questions = evaluation.questions, let answered = evaluation.answered {
      let precision = linked.count == 0 ? 1 : Double(linked.right) / Double(linked.count)
      text += say(
        "自动合并的记录对：\(linked.count) 对，精确率 \(share(precision))\n",
        "pairs linked without a person: \(linked.count), precision \(share(precision))\n")
      let perThousand = LinkageLists.decimal(evaluation.questionsPerThousand ?? 0, 1)
      text += say(
        "待核对：\(questions.count) 题（每千条记录 \(perThousand) 题），其中 \(questions.yes) 题是同一人；全部答对后 F1 \(share(answered.f1))\n",
        "questions: \(questions.count) (\(perThousand) for each thousand rows), \(questions.yes) of them one person; F1 \(share(answered.f1)) when all are answered rightly\n"
      )
      text += say("把握（比特）\t记录对\t预计\t实际\n", "bits\tpairs\tsaid\ttrue\n")
      for bin in evaluation.bins {
        let (said, real) = (bin.said / Double(bin.count), Double(bin.right) / Double(bin.count))
        text += "\(Int(bin.least))\t\(bin.count)\t\(share(said))\t\(share(real))\n"
      }
    }
    return text
  }

  private func share(_ number: Double) -> String { LinkageLists.decimal(number, 4) }

  /// The same for programs.
  package func object(_ version: String) -> JSONValue {
    let groups = evaluation.groups
    var members: [(String, JSONValue)] = [
      ("format", .integer(1)), ("command", .text("dedupe evaluate")), ("version", .text(version)),
      ("outcome", .text("evaluated")),
      ("rows", .integer(groups.count)),
      (
        "entities",
        .object([
          ("precision", .number(share(groups.precision))), ("recall", .number(share(groups.recall))),
          ("f1", .number(share(groups.f1))),
          ("mixed", .integer(groups.mixedGroups)),
        ])
      ),
    ]
    if let linked = evaluation.linked, let questions = evaluation.questions, let answered = evaluation.answered {
      members += [
        ("linked", .object([("pairs", .integer(linked.count)), ("right", .integer(linked.right))])),
        ("questions", .object([("count", .integer(questions.count)), ("yes", .integer(questions.yes))])),
        ("answered", .object([("f1", .number(share(answered.f1)))])),
        (
          "bins",
          .list(
            evaluation.bins.map {
              .object([
                ("least", .integer(Int($0.least))), ("pairs", .integer($0.count)), ("right", .integer($0.right)),
                ("said", .number(share($0.said / Double($0.count)))),
              ])
            })
        ),
      ]
    }
    return .object(members + [("error", .null)])
  }
}
