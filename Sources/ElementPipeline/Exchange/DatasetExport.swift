import ElementCore
import ElementExchange
import ElementExpression
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

/// Gives the open row that has a key now, whose values are parted by `CheckedBatch.keySeparator`; none where no row has it.
typealias KeyHolder = ([UInt8]) throws -> PackageReader.Rows

/// Writes the records of one dataset into the files of a package, and keeps behind what the target would not take.
struct DatasetExport {
  /// What is written into, and what is found meanwhile.
  struct State {
    /// What the files hold.
    var ledger = PackageLedger()
    /// The names of the files, as bytes.
    var names: Set<[UInt8]> = []
    /// The files that are whole.
    var files: [PackageManifest.File] = []
    /// Why records stayed behind.
    var behind: [ExportResult.Behind] = []
    /// How many records the target may hold that were removed for good, so that nobody can tell it which.
    var untold = 0
  }

  private let profile: ExportProfile
  private let part: ProfileDataset
  private let stamps: PackageStamps
  private let isDelta: Bool
  private let today: CalendarDate
  private let codeSets: [String]
  private let stamp: String
  private let composer: RecordComposer
  /// Makes records of a file of deletions, which has the columns of the key alone.
  private let keyComposer: RecordComposer
  /// The fields that are read, from 0.
  let read: [Int]
  private let sink: any PackageSink
  /// Tells children, where they stay; nil where all may leave.
  private let adult: AdultTest?
  private var record = ComposedRecord()
  private var clearing: ClearedFields
  private var open: DataFile?
  private var deletions: DataFile?
  private var fileCount = 0

  /// An export of a dataset of a profile into a sink.
  init(
    _ part: ProfileDataset, _ profile: ExportProfile, _ stamps: PackageStamps, isDelta: Bool, key: PseudonymKey?,
    today: CalendarDate, codeSets: [String], stamp: String, admitsMinors: Bool, _ sink: any PackageSink
  ) {
    (self.profile, self.part, self.stamps, self.isDelta, self.today) = (profile, part, stamps, isDelta, today)
    (self.codeSets, self.stamp, self.sink) = (codeSets, stamp, sink)
    adult = admitsMinors ? nil : AdultTest(part, today: today)
    read = part.readFields
    clearing = ClearedFields(key: part.dataset.key.compactMap(read.firstIndex(of:)), width: read.count)
    composer = RecordComposer(part, read: read, profile, stamps, key: key)
    keyComposer = RecordComposer(part.only(columns: part.keyColumns), read: read, profile, stamps, key: key)
  }

  // MARK: Records

  /// Writes rows that all stand, as the target has them; `cleared` says of some rows, by their numbers, which fields are empty that the
  /// target may hold a value of.
  mutating func add(_ rows: PackageReader.Rows, cleared: [Int64: Set<Int>], to state: inout State) throws {
    let verdict = Verdict(part, rows, read: read, today: today)
    for place in rows.ids.indices where verdict.isMeant(place) {
      let id = rows.ids[place]
      if let rule = verdict.broken(place) {
        leave(id, Misfit(column: -1, .rule(rule)), &state)
        continue
      }
      try write(rows, place, cleared: cleared[id] ?? [], to: &state)
    }
  }

  /// Writes what a row is to the target that may have it otherwise: as it stands, or gone. `holder` gives the row that has a key now.
  mutating func add(_ change: PackageReader.Change, holder: KeyHolder, to state: inout State) throws {
    let verdict = Verdict(part, change.now, read: read, today: today)
    let isThere = !change.now.ids.isEmpty && verdict.isMeant(0)
    if change.isHeld { try removeFormer(change, isThere: isThere, holder, &state) }
    let cleared = clearing.cleared(change, isThere: isThere)
    guard isThere else { return }
    if let rule = verdict.broken(0) { return leave(change.id, Misfit(column: -1, .rule(rule)), &state) }
    if cleared.isEmpty, try looksTheSame(change) { return }
    if profile.emptied == .record, !cleared.isEmpty { try remove(change.id, change.now, 0, &state) }
    try write(change.now, 0, cleared: cleared, to: &state)
  }

  /// Whether a record looks to the target as it did in all its versions since: what changed in fields that do not leave is nobody's business there.
  private mutating func looksTheSame(_ change: PackageReader.Change) throws -> Bool {
    guard change.isSure, !change.before.ids.isEmpty else { return false }
    let verdict = Verdict(part, change.before, read: read, today: today)
    func compose(_ rows: PackageReader.Rows, _ place: Int) -> Misfit? {
      composer.compose(rows.bytes.span, rows.ranges.span, first: place * read.count, .kept, into: &record)
    }
    guard compose(change.now, 0) == nil else { return false }
    let now = record
    for place in change.before.ids.indices {
      guard verdict.isMeant(place), compose(change.before, place) == nil, record.bytes == now.bytes, record.values == now.values
      else { return false }
    }
    return true
  }

  /// Tells the target that records are gone which a row that stands was known by before.
  mutating func addFormer(_ change: PackageReader.Change, holder: KeyHolder, to state: inout State) throws {
    guard change.isHeld, !change.now.ids.isEmpty else { return }
    try removeFormer(change, isThere: true, holder, &state)
  }

  /// Tells the target that records are gone which it may know under keys that the row has no more.
  private mutating func removeFormer(
    _ change: PackageReader.Change, isThere: Bool, _ holder: KeyHolder, _ state: inout State
  ) throws {
    let present = isThere ? clearing.key(change.now, 0) : nil
    var told: Set<[UInt8]> = []
    // A row that stands and is not meant any more is known by the key that it has.
    let versions =
      (isThere ? [] : change.now.ids.indices.map { (change.now, $0) }) + change.before.ids.indices.map { (change.before, $0) }
    for (rows, place) in versions {
      let former = clearing.key(rows, place)
      guard former != present, told.insert(former).inserted else { continue }
      // A row that came anew under the key takes the place of this one.
      let other = try holder(former)
      if !other.ids.isEmpty, Verdict(part, other, read: read, today: today).isMeant(0) { continue }
      try remove(change.id, rows, place, &state)
    }
  }

  private mutating func write(
    _ rows: PackageReader.Rows, _ place: Int, cleared: Set<Int>, to state: inout State
  ) throws {
    let id = rows.ids[place]
    if let adult, adult.isChild(rows, first: place * read.count) {
      leave(id, Misfit(column: -1, .minor), &state)
      return
    }
    let misfit = composer.compose(
      rows.bytes.span, rows.ranges.span, first: place * read.count, .kept, cleared: cleared, into: &record)
    if let misfit {
      leave(id, misfit, &state)
      return
    }
    let file = try file(&state)
    do {
      try file.append(record)
    } catch let error as UnwritableValue {
      leave(id, Misfit(column: error.column, .character), &state)
      return
    }
    state.ledger.add(id, to: file.place, isGone: false)
  }

  private mutating func remove(_ id: Int64, _ rows: PackageReader.Rows, _ place: Int, _ state: inout State) throws {
    let isApart = profile.deletions == .apart
    _ = (isApart ? keyComposer : composer).compose(
      rows.bytes.span, rows.ranges.span, first: place * read.count, .deleted, into: &record)
    let file = isApart ? try deletionFile(&state) : try file(&state)
    try file.append(record)
    state.ledger.add(id, to: file.place, isGone: true)
  }

  /// Notes that a record stays behind.
  private func leave(_ id: Int64, _ misfit: Misfit, _ state: inout State) {
    let rule = misfit.rule
    let column = misfit.column < 0 ? "" : part.columns[misfit.column].name
    let message = message(misfit, rule, column)
    state.ledger.leave(id, of: part.dataset.name, code: rule.code.description, field: column, words: message.zh)
    let same = state.behind.firstIndex {
      $0.code == rule.code && $0.dataset == part.dataset.name && $0.column.utf8.elementsEqual(column.utf8)
        && $0.message == message
    }
    if let same {
      state.behind[same].count += 1
    } else {
      state.behind.append(
        ExportResult.Behind(code: rule.code, dataset: part.dataset.name, column: column, message: message, count: 1))
    }
  }

  private func message(_ misfit: Misfit, _ rule: RuleDescriptor, _ column: String) -> LocalizedText {
    func filled(_ text: String, _ ruleText: KeyPath<LocalizedText, String>) -> String {
      var text = text.replacing("{column}", with: column)
      if case .tooLong(let limit) = misfit.reason { text = text.replacing("{limit}", with: String(limit)) }
      if case .rule(let place) = misfit.reason {
        text = text.replacing("{rule}", with: part.rules[place].message[keyPath: ruleText])
      }
      return text
    }
    return LocalizedText(zh: filled(rule.message.zh, \.zh), en: filled(rule.message.en, \.en))
  }

  // MARK: Files

  private mutating func file(_ state: inout State) throws -> DataFile {
    if let open, let most = profile.layout.recordsPerFile, open.count >= most {
      try close(open, &state)
      self.open = nil
    }
    if let open { return open }
    fileCount += 1
    let made = try make(isDelta ? "changes" : "records", file: fileCount, waits: false, &state)
    open = made
    return made
  }

  private mutating func deletionFile(_ state: inout State) throws -> DataFile {
    if let deletions { return deletions }
    let made = try make("deletions", file: 1, waits: true, &state)
    deletions = made
    return made
  }

  private func make(_ kind: String, file: Int, waits: Bool, _ state: inout State) throws -> DataFile {
    let name = stamps.name(profile, part, kind: kind, file: file)
    let own = [PackageManifest.fileName, SSHSignature.fileName, PackageDescription.dataPackage].map { Array($0.utf8) }
    guard !own.contains(Array(name.utf8)), !state.names.contains(Array(name.utf8)) else {
      throw ExportRefusal.fileName(profile, name)
    }
    state.names.insert(Array(name.utf8))
    let shown = kind == "deletions" ? part.only(columns: part.keyColumns) : part
    let writer = try profile.writer(shown, stamps, kind: kind, codeSets: codeSets, stamp: stamp)
    let place = state.ledger.begin(file: name, of: part.dataset.name)
    return try DataFile(name, kind: kind, place: place, writer, sink, waits: waits)
  }

  private func close(_ file: DataFile, _ state: inout State) throws {
    let digests = try file.finish(sink)
    let counts = state.ledger.counts(of: file.place)
    state.ledger.end(file.place, sha256: digests.sha256)
    state.files.append(
      PackageManifest.File(
        name: file.name, dataset: part.dataset.name, kind: file.kind, records: counts.records, deletions: counts.deletions,
        digests))
  }

  /// Ends the files; one is there even where no record stands, where that `saysNone`.
  mutating func finish(_ state: inout State, saysNone: Bool) throws {
    if open == nil, !isDelta, saysNone { _ = try file(&state) }
    if let open { try close(open, &state) }
    if let deletions { try close(deletions, &state) }
  }

  // MARK: Numbers

  /// Writes numbers of records instead of records.
  mutating func add(_ table: AggregateTable, to state: inout State) throws {
    let headings = part.columns.map(\.name) + [table.heading]
    fileCount += 1
    let name = stamps.name(profile, part, kind: "records", file: fileCount)
    let place = state.ledger.begin(file: name, of: part.dataset.name)
    let writer = try profile.layout.format.writer(
      headings.map { WrittenColumn($0) }, text: profile.layout.text, sheet: part.dataset.title.zh, stamp: stamp)
    let file = try DataFile(name, kind: "records", place: place, writer, sink, waits: false)
    for line in table.lines { try file.append(line) }
    state.ledger.add(records: table.lines.count, to: place)
    try close(file, &state)
  }

  /// Counts rows by the values of the columns.
  mutating func count(_ rows: PackageReader.Rows, into table: inout AggregateTable) {
    let verdict = Verdict(part, rows, read: read, today: today)
    for place in rows.ids.indices where verdict.isMeant(place) && verdict.broken(place) == nil {
      let misfit = composer.compose(rows.bytes.span, rows.ranges.span, first: place * read.count, .kept, into: &record)
      if misfit == nil { table.add(part.columns.indices.map { record.value($0) }) }
    }
  }
}

/// What the conditions of a profile say of some rows.
private struct Verdict {
  private let filter: [Bool]?
  private let rules: [(condition: [Bool]?, assertion: Truths)]

  init(_ part: ProfileDataset, _ rows: PackageReader.Rows, read: [Int], today: CalendarDate) {
    guard part.filter != nil || !part.rules.isEmpty else {
      (filter, rules) = (nil, [])
      return
    }
    let width = part.dataset.fields.count
    var ranges = [FieldRange](repeating: .empty, count: rows.ids.count * width)
    for row in rows.ids.indices {
      for (slot, field) in read.enumerated() { ranges[row * width + field] = rows.ranges[row * read.count + slot] }
    }
    func truths(_ expression: Expression) -> Truths {
      expression.evaluate(rows.bytes.span, ranges.span, width: width, count: rows.ids.count, today: today)
    }
    func holds(_ expression: Expression) -> [Bool] {
      let truths = truths(expression)
      return rows.ids.indices.map(truths.holds)
    }
    filter = part.filter.map(holds)
    rules = part.rules.map { ($0.condition.map(holds), truths($0.assertion)) }
  }

  /// Whether a row, from 0, is to be handed on; where the condition cannot be told it is not.
  func isMeant(_ row: Int) -> Bool { filter?[row] ?? true }

  /// The first rule, from 0, that does not hold of a row.
  func broken(_ row: Int) -> Int? {
    rules.firstIndex { ($0.condition?[row] ?? true) && $0.assertion.fails(row) }
  }
}

extension Misfit {
  /// The rule that tells of it.
  fileprivate var rule: RuleDescriptor {
    switch reason {
    case .missing: TargetValueMissing.descriptor
    case .unmapped: TargetCodeUnmapped.descriptor
    case .partialDate: TargetDatePartial.descriptor
    case .tooLong: TargetValueTooLong.descriptor
    case .pattern: TargetPatternBroken.descriptor
    case .value: TargetValueUnknown.descriptor
    case .character: TargetCharacterLacking.descriptor
    case .rule: TargetRuleBroken.descriptor
    case .minor: MinorWithheld.descriptor
    }
  }
}
