package import ElementCore
package import ElementSchema
package import ElementWarehouse

/// How good the data of a warehouse is on a day, what changed since the day before, and what to do first: a value that every renderer draws.
package struct QualityReport: Sendable {
  /// What the warehouse knows.
  package let reading: QualityReading
  /// What is wanted.
  package let goals: QualityGoals
  /// The score of the day.
  package let score: QualityScore
  /// The score of the day before; nil where there is none.
  package let scoreBefore: QualityScore?
  /// The scores of the days up to this one, oldest first.
  package let trend: [(day: CalendarDate, score: QualityScore)]
  /// The findings of the day by their kinds, what came and went, and how old they are.
  package let sums: LifeSums
  /// The grids with their scores, the lowest first; those of which nothing was evaluated are left out.
  package let grids: [PlaceScore]
  /// The communities with theirs, the lowest first; those that have no name or digits are left out.
  package let communities: [PlaceScore]
  /// Who sends, with what was found of the rows that stand as they gave them, the most first.
  package let senders: [SenderSum]
  /// What moved away from the day that drifts are held against, the most of each kind first.
  package let drifts: [QualityDrift]
  /// What to do first, five at most.
  package let tasks: [Task]
  /// What `verify` and the chain found wrong; none for a sound warehouse.
  package let damage: [Difference]
  /// For whom it is made.
  package let audience: ReportAudience
  /// The approvals of recipients that end within thirty days, or have ended; none for anybody but the office itself.
  package let endings: [Ending]
  /// Whose report it is: the name of the office.
  package let office: String
  /// The rules by their codes.
  package let book: RuleBook
  /// What the names of datasets and fields in it are called.
  package let datasets: [Dataset]
  /// What is left out whole, because standing in it says something sensitive of people; none for the office itself.
  package let leftOut: [Dataset]

  /// An approval that ends.
  package struct Ending: Sendable, Hashable {
    /// The recipient by its name in the register.
    package let recipient: String
    /// The number of the approval.
    package let number: String
    /// The last day on which it holds, `YYYY-MM-DD`.
    package let until: String
    /// How many days from the day of the report that is; negative where it has ended.
    package let days: Int

    /// An approval that ends so many days from the day of the report.
    package init(recipient: String, number: String, until: String, days: Int) {
      (self.recipient, self.number, self.until, self.days) = (recipient, number, until, days)
    }
  }

  /// A grid or a community, and what it comes to.
  package struct PlaceScore: Sendable {
    /// Its code, or the digits of its area; `-` for records without one.
    package let code: String
    /// Its name; its code where nobody said another.
    package let name: String
    /// Its community, of a grid; empty where nobody said.
    package let community: String
    /// The score of the day.
    package let score: QualityScore
    /// The total of the day before; nil where it was not there.
    package let before: Double?
  }

  /// A sender and what was found of the rows that stand, or wait, as it gave them.
  package struct SenderSum: Sendable {
    /// Who it is; empty for nobody named.
    package let name: String
    /// The findings of the day.
    package var open = 0
    /// Those that the day before had not.
    package var new = 0
    /// Those that only the day before had.
    package var fixed = 0
    /// The rows that wait.
    package var waiting = 0
  }

  /// Who can mend a finding.
  package enum Mender: Sendable, CaseIterable {
    /// Who sent a row that waits.
    case sender
    /// The members of the grid in which a stored record lies.
    case member
    /// Who keeps the data, for records without a grid.
    case keeper

    /// Who can mend some findings.
    init(_ group: LifeGroup) {
      self = group.isWaiting ? .sender : group.grid.utf8.elementsEqual(QualityReading.noGrid.utf8) ? .keeper : .member
    }
  }

  /// Something to do, and how much it is.
  package struct Task: Sendable {
    /// What it is about.
    package enum Kind: Sendable {
      /// A load that is held, by its batch.
      case held(Int)
      /// Rows that wait.
      case waiting
      /// Findings of a rule at a field.
      case findings(RuleCode)
    }

    /// What it is about.
    package let kind: Kind
    /// The dataset, by its identifier; empty for several.
    package let dataset: String
    /// The field by its name; empty for none.
    package let field: String
    /// How many rows, or findings.
    package let count: Int
    /// How many of them are new.
    package let new: Int
    /// The days since the oldest was found.
    package let age: Int
  }

  /// A report on what was read.
  package init(
    _ reading: QualityReading, _ goals: QualityGoals, damage: [Difference], office: String, book: RuleBook,
    datasets: [Dataset], audience: ReportAudience = .own, endings: [Ending] = []
  ) {
    self.audience = audience
    self.endings = audience == .own ? endings : []
    leftOut = audience == .own ? [] : datasets.filter(\.isSensitive)
    let reading = leftOut.isEmpty ? reading : reading.without(Set(leftOut.map(\.name)))
    (self.reading, self.goals, self.damage, self.office, self.book, self.datasets) = (
      reading, goals, damage, office, book, datasets
    )
    sums = LifeSums(reading.lives, reading.days, reading.dates)
    score = QualityScore(Self.totals(reading.shares), goals)
    scoreBefore = reading.before == nil ? nil : QualityScore(Self.totals(reading.sharesBefore), goals)
    trend = zip(reading.days, reading.trend).map { ($0.day, QualityScore($1, goals)) }
    let places = PlaceScores(reading, goals)
    (grids, communities) = (places.grids, places.communities)
    senders = audience == .own ? Self.senders(reading) : []
    drifts = QualityDrift.all(of: reading.counts, goals.drift, datasets)
    tasks = Self.tasks(reading, LifeSums(reading.lives.filter { !$0.isWaiting }, reading.days, reading.dates).kinds)
  }

  private static func totals(_ shares: [QualityReading.Place: QualityReading.Share]) -> [String: QualityReading.Share] {
    Dictionary(
      uniqueKeysWithValues: shares.filter { $0.key.dataset.isEmpty && $0.key.grid.isEmpty }.map { ($0.key.indicator, $0.value) }
    )
  }

  private static func senders(_ reading: QualityReading) -> [SenderSum] {
    var found: [String: SenderSum] = [:]
    for group in reading.lives {
      guard let fate = group.fate(on: reading.day.number) else { continue }
      var sum = found[group.sender] ?? SenderSum(name: group.sender)
      switch fate {
      case .fixed: sum.fixed += group.count
      case .new:
        sum.new += group.count
        sum.open += group.count
      case .persisting: sum.open += group.count
      }
      found[group.sender] = sum
    }
    for waiting in reading.waiting {
      found[waiting.sender, default: SenderSum(name: waiting.sender)].waiting += waiting.ages.count
    }
    return found.values.sorted { ($1.open, $1.waiting, $0.name) < ($0.open, $0.waiting, $1.name) }
  }

  /// Held loads first, then what is an error, what is doubtful and what is missing, the most of each first; rows that wait are one of them.
  private static func tasks(_ reading: QualityReading, _ kinds: [QualityReading.KindCount]) -> [Task] {
    let held = reading.deliveries.filter { $0.state == "held" }.map {
      Task(kind: .held($0.batch), dataset: "", field: "", count: $0.counts.read, new: 0, age: 0)
    }
    let waiting = reading.waiting.flatMap(\.ages)
    let waits =
      waiting.isEmpty
      ? []
      : [Task(kind: .waiting, dataset: "", field: "", count: waiting.count, new: 0, age: waiting.max() ?? 0)]
    let mostFirst = kinds.filter { $0.open > 0 }.sorted {
      ($1.kind.severity, $1.open, $0.kind.dataset, $0.kind.field) < ($0.kind.severity, $0.open, $1.kind.dataset, $1.kind.field)
    }
    let found = mostFirst.map { (count: QualityReading.KindCount) in
      Task(
        kind: .findings(count.kind.code), dataset: count.kind.dataset, field: count.kind.field, count: count.open,
        new: count.new.values.reduce(0, +), age: reading.day.day.dayNumber - count.oldest.dayNumber)
    }
    return Array((held + waits + found).prefix(5))
  }

  /// How many findings there are on the day.
  package var open: Int { sums.kinds.reduce(0) { $0 + $1.open } }
  /// How many of them the day before had not.
  package var new: Int { sums.kinds.reduce(0) { $0 + $1.new.values.reduce(0, +) } }
  /// How many the day before had and the day has not.
  package var fixed: Int { sums.kinds.reduce(0) { $0 + $1.fixed.values.reduce(0, +) } }
  /// How many both have; on the first day of all.
  package var persisting: Int { sums.kinds.reduce(0) { $0 + $1.persisting } }
  /// The dimensions that miss their targets.
  package var missed: [QualityDimension] {
    QualityDimension.allCases.filter { dimension in
      score.dimensions[dimension].map { $0 * 100 < goals.target(dimension) } ?? false
    }
  }

  /// How the data stand as a whole.
  package enum Grade: String, Sendable {
    /// All dimensions that were evaluated reach their targets.
    case good
    /// At most two miss them.
    case fair
    /// More miss them.
    case poor
    /// The warehouse itself is not sound: no total is given.
    case untrusted
    /// Nothing was evaluated.
    case notEvaluated
  }

  /// The place of the total among the site's own grades, from 1 for the best; nil where it has none, or nothing was evaluated.
  package var ownGrade: Int? {
    guard !goals.grades.isEmpty, grade != .untrusted, let total = score.total else { return nil }
    return (goals.grades.firstIndex { total * 100 >= $0 } ?? goals.grades.count) + 1
  }

  /// How the data stand as a whole.
  package var grade: Grade {
    if !damage.isEmpty { return .untrusted }
    if score.total == nil { return .notEvaluated }
    return missed.isEmpty ? .good : missed.count <= 2 ? .fair : .poor
  }
}
