import ElementCore
import ElementFormats
package import ElementLinkage
package import ElementSchema

/// How well the groups and pairs of a search agree with a known truth.
package struct LinkageEvaluation: Sendable {
  /// A class of pairs by their weight.
  package struct Bin: Sendable, Hashable {
    /// The least weight of the class, in bits.
    package let least: Double
    /// How many pairs there are.
    package var count = 0
    /// How many of them are one person.
    package var right = 0
    /// The sum of the probabilities that were said.
    package var said = 0.0
  }

  /// The groups beside the truth.
  package let groups: GroupComparison
  /// The groups when all questions are answered rightly; nil without pairs.
  package var answered: GroupComparison?
  /// Pairs that were linked without a person, and how many of them are right; nil without pairs.
  package var linked: (count: Int, right: Int)?
  /// Questions, each about two groups, and how many of them are to be answered with yes; nil without pairs.
  package var questions: (count: Int, yes: Int)?
  /// Classes of three bits, the lowest first; nothing without pairs.
  package var bins: [Bin] = []

  fileprivate init(_ groups: GroupComparison) { self.groups = groups }

  /// Questions for each thousand rows.
  package var questionsPerThousand: Double? { questions.map { 1_000 * Double($0.count) / Double(max(1, groups.count)) } }
}

/// Compares the lists of a search with a truth.
package struct LinkageEvaluator {
  private let options: DeliveryOptions
  private let pack: SchemaPack
  private static let binWidth = 3.0

  /// An evaluator that reads lists as the options say.
  package init(_ options: DeliveryOptions, _ pack: SchemaPack) { (self.options, self.pack) = (options, pack) }

  /// Compares: `truth` has the columns `row` (or `rec_id`) and `entity` (or `cluster`), `entities` and `pairs` are as `find` writes them, of one
  /// file.
  ///
  /// - Throws: `InputError` where a list lacks a column, or the lists are not about the same rows.
  package func evaluate(truth: String, entities: String, pairs: String?) throws -> LinkageEvaluation {
    let people = try groups(truth, ["entity", "cluster"])
    let found = try groups(entities, ["entity"])
    guard people.count == found.count else {
      throw InputError(
        .dataset, path: entities,
        message: LocalizedText(
          zh: "有 \(found.count) 行，而真值有 \(people.count) 行", en: "has \(found.count) rows, and the truth has \(people.count)"),
        hint: LocalizedText(zh: "两份清单应当说的是同一个文件", en: "Both lists are to be about one file"))
    }
    var evaluation = LinkageEvaluation(GroupComparison(truth: people, found: found))
    if let pairs { try add(pairs, people, found, to: &evaluation) }
    return evaluation
  }

  private func groups(_ path: String, _ names: [String]) throws -> [Int] {
    var numbers: [[UInt8]: Int] = [:]
    var groups: [Int] = []
    var columns: [Int?] = []
    var records = RawRecords(path: path, options: options, pack: pack)
    try records.eachRecord({ headings in columns = [names.compactMap { headings.firstIndex(of: $0) }.first] }) { _, values, _ in
      guard let column = columns.first ?? nil, column < values.count else { throw Self.missing(path, names[0]) }
      let key = Array(values[column].utf8)
      let number = numbers[key] ?? numbers.count
      numbers[key] = number
      groups.append(number)
    }
    return groups
  }

  private static func missing(_ path: String, _ column: String) -> InputError {
    InputError(
      .header, path: path, message: LocalizedText(zh: "没有列 \(column)", en: "has no column \(column)"),
      hint: LocalizedText(
        zh: "真值须有 entity 列，每行一条记录；其他清单由 yaosu dedupe find 写出",
        en: "A truth has a column entity, a row a record; yaosu dedupe find writes the other lists"))
  }

  private func add(_ path: String, _ people: [Int], _ found: [Int], to evaluation: inout LinkageEvaluation) throws {
    let wanted = ["left", "right", "weight", "tier", "guard", "probability"]
    var places: [Int?] = []
    var (linked, questions): ((count: Int, right: Int), [[Int]: Bool]) = ((0, 0), [:])
    var bins: [Int: LinkageEvaluation.Bin] = [:]
    var answers: [(Int, Int)] = []
    var records = RawRecords(path: path, options: options, pack: pack)
    try records.eachRecord({ headings in places = wanted.map { headings.firstIndex(of: $0) } }) { _, values, _ in
      func cell(_ name: Int) throws -> String {
        guard let place = places[name], place < values.count else { throw Self.missing(path, wanted[name]) }
        return values[place]
      }
      guard let left = Int(try cell(0)), let right = Int(try cell(1)), let weight = Double(try cell(2)),
        (1...people.count).contains(left), (1...people.count).contains(right)
      else { throw Self.missing(path, "left") }
      let isRight = people[left - 1] == people[right - 1]
      let (tier, barrier) = (LinkTier(rawValue: try cell(3)), try cell(4))
      if tier == .certain || tier == .auto { linked = (linked.count + 1, linked.right + (isRight ? 1 : 0)) }
      let isQuestion = tier == .ask || barrier.utf8.elementsEqual(LinkageGuard.oneNumber.rawValue.utf8)
      let (one, other) = (found[left - 1], found[right - 1])
      if isQuestion, one != other {
        let both = [min(one, other), max(one, other)]
        questions[both] = questions[both, default: false] || isRight
        if isRight { answers.append((one, other)) }
      }
      if tier == .guarded { return }
      let bin = Int((weight / Self.binWidth).rounded(.down))
      var counted = bins[bin] ?? LinkageEvaluation.Bin(least: Double(bin) * Self.binWidth)
      counted.count += 1
      counted.right += isRight ? 1 : 0
      counted.said += Double(try cell(5)) ?? 0
      bins[bin] = counted
    }
    evaluation.linked = linked
    evaluation.questions = (questions.count, questions.values.count { $0 })
    evaluation.bins = bins.keys.sorted().compactMap { bins[$0] }
    evaluation.answered = GroupComparison(truth: people, found: Self.joined(found, answers))
  }

  /// The groups when some of them have been joined.
  private static func joined(_ groups: [Int], _ pairs: [(Int, Int)]) -> [Int] {
    var parents = Array(0..<(groups.max() ?? -1) + 1)
    func head(_ group: Int) -> Int {
      var group = group
      while parents[group] != group { group = parents[group] }
      return group
    }
    for (one, other) in pairs {
      let (first, second) = (head(one), head(other))
      parents[max(first, second)] = min(first, second)
    }
    return groups.map(head)
  }
}
