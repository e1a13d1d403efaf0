/// The findings of one input as a stream: those that are kept stand in memory up to a limit, beyond it in a file without a name, and are
/// read in one order, as often as they are asked for.
///
/// The order is total: by row (0 for the input as a whole), column, code and serial number, which is the order of arrival. Across a run
/// the inputs come in the order of the delivery.
package struct FindingLog: Sendable {
  /// How many there were, kept or not.
  package private(set) var counts: FindingCounts
  private var sorter: EntrySorter
  private var serial: UInt64 = 0
  /// What was taken back: findings of a code about a field.
  private var retracted: Set<Retraction> = []
  /// Room for one entry.
  private var entry: [UInt8] = []
  /// Whether the disk is done without where it has no room: what is kept is bounded then.
  private let canStay: Bool

  /// Says of a finding, as it is kept, what is known of it beside its row.
  package var mark: (@Sendable (inout Finding) -> Void)?

  /// Findings that were taken back one by one.
  private var mended: Set<FindingPlace> = []

  private struct Retraction: Sendable, Hashable {
    let code: RuleCode
    let field: Int
  }

  /// So many bytes stay in memory: of a thousand findings of each of many rules all do.
  private static let runSize = 4 << 20

  /// An empty log that keeps what `counts` has room for, and what is too much for memory beside the first of `paths` that has room.
  package init(_ counts: FindingCounts = FindingCounts(), beside paths: [String] = [], runSize: Int = FindingLog.runSize) {
    self.counts = counts
    canStay = counts.isBounded
    sorter = EntrySorter(beside: paths, runSize: runSize)
  }

  // MARK: Writing

  /// Counts a finding about a field (-1 for none) and says whether there is room to keep it.
  package mutating func count(_ code: RuleCode, _ severity: Severity, field: Int) -> Bool {
    counts.count(code, severity, field: field)
  }

  /// Keeps a finding that was counted.
  package mutating func keep(_ finding: Finding) {
    var finding = finding
    mark?(&finding)
    var entry: [UInt8] = []
    swap(&entry, &self.entry)
    entry.removeAll(keepingCapacity: true)
    FindingEntry.append(finding, serial: serial, to: &entry)
    serial += 1
    sorter.add(entry.span)
    swap(&entry, &self.entry)
  }

  /// Counts a finding and keeps it where there is room.
  package mutating func add(_ finding: Finding) {
    var finding = finding
    mark?(&finding)
    if count(finding.code, finding.severity, field: finding.field) || finding.isWaived { keep(finding) }
  }

  /// Takes over what the buffer of a batch, later in the input, has counted and kept.
  package mutating func merge(_ other: FindingBuffer) {
    var seen: [FindingCounts.Key: Int] = [:]
    for finding in other.findings { keepOther(finding, &seen) }
    counts.add(other.counts)
  }

  /// Takes over what another log of the same input has counted and kept; what is kept there and not wanted counts no more.
  package mutating func merge(_ other: FindingLog, where isWanted: (Finding) -> Bool = { _ in true }) throws {
    var (seen, dropped): ([FindingCounts.Key: Int], [FindingCounts.Key: Int]) = ([:], [:])
    try other.forEach { finding in
      if isWanted(finding) { keepOther(finding, &seen) } else { dropped[Self.key(finding), default: 0] += 1 }
      try settle()
    }
    counts.add(other.counts)
    for (key, count) in dropped { counts.drop(key, count: count) }
  }

  /// Keeps a finding that another has counted, where there is room; `seen` counts those of the other.
  private mutating func keepOther(_ finding: Finding, _ seen: inout [FindingCounts.Key: Int]) {
    let key = Self.key(finding)
    let before = seen[key] ?? counts.counts[key, default: 0]
    if counts.hasRoom(key, before, field: finding.field) || finding.isWaived { keep(finding) }
    seen[key] = before + 1
  }

  private static func key(_ finding: Finding) -> FindingCounts.Key {
    FindingCounts.Key(code: finding.code, severity: finding.severity)
  }

  /// Takes the errors of a code about a field out again, of which there were so many, kept or not.
  package mutating func drop(_ code: RuleCode, field: Int, count: Int) {
    retracted.insert(Retraction(code: code, field: field))
    counts.drop(code, count: count)
  }

  /// Takes single findings out again, each of which was counted once, kept or not.
  package mutating func take(back places: Set<FindingPlace>) {
    var dropped: [FindingCounts.Key: Int] = [:]
    for place in places { dropped[FindingCounts.Key(code: place.code, severity: place.severity), default: 0] += 1 }
    for (key, count) in dropped { counts.drop(key, count: count) }
    mended.formUnion(places)
  }

  /// Lets go of what is too much for memory.
  package mutating func settle() throws(SpillError) {
    do throws(SpillError) {
      try sorter.settle()
    } catch {
      guard canStay else { throw error }
      sorter.stayInMemory()
    }
  }

  // MARK: Reading

  /// What is known of a finding before it is taken out.
  package struct Glance: Sendable {
    /// The rule that is broken.
    package let code: RuleCode
    /// How much it matters.
    package let severity: Severity
    /// The data row, from 1; 0 for the input as a whole.
    package let row: Int
  }

  /// Visits the findings that are wanted, in their order.
  ///
  /// - Throws: `SpillError` where the disk failed, and what `body` throws.
  package func forEach(
    where isWanted: (Glance) -> Bool = { _ in true }, _ body: (Finding) throws -> Void
  ) throws {
    var sorter = sorter
    var entries = try sorter.sorted()
    while let (bytes, place) = entries.first {
      let entry = bytes.span.extracting(place)
      let (glance, field) = FindingEntry.glance(entry)
      let isRetracted = !retracted.isEmpty && retracted.contains(Retraction(code: glance.code, field: field))
      let isMended =
        !mended.isEmpty
        && mended.contains(
          FindingPlace(row: glance.row, code: glance.code, field: field, severity: glance.severity))
      if !isRetracted, !isMended, isWanted(glance) { try body(FindingEntry.finding(entry)) }
      try entries.advance()
    }
  }
}
