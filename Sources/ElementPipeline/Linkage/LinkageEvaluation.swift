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

  /// Compares: `truth` has the columns `entity` (or `cluster`) and perhaps `row`, `entities` and `pairs` are as `find` writes them, of one
  /// file. Rows that a search did not compare are taken as groups of their own.
  ///
  /// - Throws: `InputError` where a list lacks a column, or the lists are not about the same rows.
  package func evaluate(truth: String, entities: String, pairs: String?) throws -> LinkageEvaluation {
    let people = try groups(truth, ["entity", "cluster"])
    var found = try groups(entities, ["entity"])
    guard Set(found.keys).isSubset(of: people.keys) else {
      throw InputError(
        .dataset, path: entities,
        message: LocalizedText(zh: "有真值中没有的行", en: "has rows that the truth does not have"),
        hint: LocalizedText(zh: "两份清单应当说的是同一个文件", en: "Both lists are to be about one file"))
    }
    var next = (found.values.max() ?? -1) + 1
    for row in people.keys.sorted() where found[row] == nil {
      found[row] = next
      next += 1
    }
    let rows = people.keys.sorted()
    func inOrder(_ groups: [Int: Int]) -> [Int] { rows.compactMap { groups[$0] } }
    var evaluation = LinkageEvaluation(GroupComparison(truth: inOrder(people), found: inOrder(found)))
    guard let pairs else { return evaluation }
    let answers = try add(pairs, people, found, to: &evaluation)
    evaluation.answered = GroupComparison(truth: inOrder(people), found: Self.joined(inOrder(found), answers))
    return evaluation
  }

  /// The group of each row, both by any numbers: a row by its column `row` where there is one, else by where it stands.
  private func groups(_ path: String, _ names: [String]) throws -> [Int: Int] {
    var numbers: [[UInt8]: Int] = [:]
    var groups: [Int: Int] = [:]
    var (column, rowColumn): (Int?, Int?)
    var records = RawRecords(path: path, options: options, pack: pack)
    let begin = { (headings: [String]) in
      column = RawRecords.places(of: names, in: headings).compactMap { $0 }.first
      rowColumn = RawRecords.places(of: ["row"], in: headings)[0]
    }
    try records.eachRecord(begin) { _, values, place in
      guard let column, column < values.count else { throw Self.missing(path, names[0]) }
      let written = rowColumn.map { $0 < values.count ? Int(values[$0]) : nil } ?? place.record
      guard let row = written, groups[row] == nil else { throw Self.notOneFile(path, row: place.record) }
      let key = Array(values[column].utf8)
      let number = numbers[key] ?? numbers.count
      numbers[key] = number
      groups[row] = number
    }
    return groups
  }

  private static func notOneFile(_ path: String, row: Int) -> InputError {
    InputError(
      .dataset, path: path,
      message: LocalizedText(
        zh: "第 \(row) 条的 row 不是行号，或与前面的重复", en: "record \(row): row is no number, or stands there twice"),
      hint: LocalizedText(
        zh: "一次只能衡量一个文件的查重结果", en: "A search is measured in one file at a time"))
  }

  private static func missing(_ path: String, _ column: String) -> InputError {
    InputError(
      .header, path: path, message: LocalizedText(zh: "没有列 \(column)", en: "has no column \(column)"),
      hint: LocalizedText(
        zh: "真值须有 entity 列，每行一条记录；其他清单由 yaosu dedupe find 写出",
        en: "A truth has a column entity, a row a record; yaosu dedupe find writes the other lists"))
  }

  private func add(_ path: String, _ people: [Int: Int], _ found: [Int: Int], to evaluation: inout LinkageEvaluation) throws
    -> [(Int, Int)]
  {
    let wanted = ["left", "right", "weight", "tier", "guard", "probability"]
    var places: [Int?] = []
    var (linked, questions): ((count: Int, right: Int), [[Int]: Bool]) = ((0, 0), [:])
    var bins: [Int: LinkageEvaluation.Bin] = [:]
    var answers: [(Int, Int)] = []
    var records = RawRecords(path: path, options: options, pack: pack)
    try records.eachRecord({ places = RawRecords.places(of: wanted, in: $0) }) { _, values, _ in
      func cell(_ name: Int) throws -> String {
        guard let place = places[name], place < values.count else { throw Self.missing(path, wanted[name]) }
        return values[place]
      }
      guard let left = Int(try cell(0)), let right = Int(try cell(1)), let weight = Double(try cell(2)),
        let person = people[left], let another = people[right], let one = found[left], let other = found[right]
      else { throw Self.missing(path, "left") }
      let isRight = person == another
      let (tier, barrier) = (LinkTier(rawValue: try cell(3)), try cell(4))
      if tier == .certain || tier == .auto { linked = (linked.count + 1, linked.right + (isRight ? 1 : 0)) }
      let isQuestion = tier == .ask || barrier.utf8.elementsEqual(LinkageGuard.oneNumber.rawValue.utf8)
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
    return answers
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
