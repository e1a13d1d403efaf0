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
    /// How many rows are of nobody yet, where records say whose they are.
    var unlinked = 0
  }

  let profile: ExportProfile
  let part: ProfileDataset
  let stamps: PackageStamps
  let isDelta: Bool
  let today: CalendarDate
  let codeSets: [String]
  let stamp: String
  let composer: RecordComposer
  /// Makes records of a file of deletions, which has the columns of the key alone.
  private let keyComposer: RecordComposer
  /// The fields that are read, from 0.
  let read: [Int]
  let sink: any PackageSink
  /// Whose rows are, where records say so: their numbers, by those of the rows.
  var entities: [Int64: UInt32] = [:]
  /// Rows whose person is another than the receiver has.
  var moved: Set<Int64> = []
  private let pseudonyms: PseudonymKey?
  private let recipient: String?
  /// Tells children, where they stay; nil where all may leave.
  let adult: AdultTest?
  var record = ComposedRecord()
  private var clearing: ClearedFields
  var open: DataFile?
  var deletions: DataFile?
  var fileCount = 0

  /// An export of a dataset of a profile into a sink.
  init(
    _ part: ProfileDataset, _ profile: ExportProfile, _ stamps: PackageStamps, isDelta: Bool, key: PseudonymKey?,
    today: CalendarDate, codeSets: [String], stamp: String, recipient: String?, admitsMinors: Bool, _ sink: any PackageSink
  ) {
    (self.profile, self.part, self.stamps, self.isDelta, self.today) = (profile, part, stamps, isDelta, today)
    (self.codeSets, self.stamp, self.sink) = (codeSets, stamp, sink)
    (pseudonyms, self.recipient) = (key, recipient)
    adult = admitsMinors ? nil : AdultTest(part, today: today)
    read = part.readFields
    clearing = ClearedFields(key: part.dataset.key.compactMap(read.firstIndex(of:)), width: read.count)
    composer = RecordComposer(part, read: read, profile, stamps, key: key)
    keyComposer = RecordComposer(part.only(columns: part.keyColumns), read: read, profile, stamps, key: key)
  }

  /// What records say of the person, house or organisation of a number.
  func entityStamp(_ number: UInt32?) -> EntityStamp {
    var stamp = EntityStamp()
    guard let number, let kind = part.dataset.linkage?.kind else { return stamp }
    if profile.audience == .own {
      stamp.entity = Array(kind.label(number).utf8)
    } else if let pseudonyms {
      stamp.entity = pseudonyms.entity(number, kind, profile: profile.name, recipient: recipient)
    }
    return stamp
  }

  // MARK: Records

  /// Writes rows that all stand, as the target has them; `cleared` says of some rows, by their numbers, which fields are empty that the
  /// target may hold a value of.
  mutating func add(_ rows: PackageReader.Rows, cleared: [Int64: Set<Int>], to state: inout State) throws {
    let verdict = ProfileVerdict(part, rows, read: read, today: today)
    for place in rows.ids.indices where verdict.isMeant(place) {
      let id = rows.ids[place]
      if let rule = verdict.broken(place) {
        leave(id, Misfit(column: -1, .rule(rule)), &state)
        continue
      }
      try write(rows, place, cleared: cleared[id] ?? [], entityStamp(entities[id]), to: &state)
    }
  }

  /// Writes what a row is to the target that may have it otherwise: as it stands, or gone. `holder` gives the row that has a key now.
  mutating func add(_ change: PackageReader.Change, holder: KeyHolder, to state: inout State) throws {
    let verdict = ProfileVerdict(part, change.now, read: read, today: today)
    let isThere = !change.now.ids.isEmpty && verdict.isMeant(0)
    if change.isHeld { try removeFormer(change, isThere: isThere, holder, &state) }
    let cleared = clearing.cleared(change, isThere: isThere)
    guard isThere else { return }
    if let rule = verdict.broken(0) { return leave(change.id, Misfit(column: -1, .rule(rule)), &state) }
    if cleared.isEmpty, !moved.contains(change.id), try looksTheSame(change) { return }
    if profile.emptied == .record, !cleared.isEmpty { try remove(change.id, change.now, 0, EntityStamp(), &state) }
    try write(change.now, 0, cleared: cleared, entityStamp(entities[change.id]), to: &state)
  }

  /// Whether a record looks to the target as it did in all its versions since: what changed in fields that do not leave is nobody's business there.
  private mutating func looksTheSame(_ change: PackageReader.Change) throws -> Bool {
    guard change.isSure, !change.before.ids.isEmpty else { return false }
    let verdict = ProfileVerdict(part, change.before, read: read, today: today)
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
      // A row that came anew under the key takes the place of this one, unless it stays behind.
      let other = try holder(former)
      if !other.ids.isEmpty, goes(other) { continue }
      try remove(change.id, rows, place, EntityStamp(), &state)
    }
  }

  /// Whether the one row of `rows` is meant for the target and fits there.
  private mutating func goes(_ rows: PackageReader.Rows) -> Bool {
    let verdict = ProfileVerdict(part, rows, read: read, today: today)
    return verdict.isMeant(0) && verdict.broken(0) == nil
      && misfit(rows, 0, cleared: [], entityStamp(entities[rows.ids[0]])) == nil
  }

  /// Composes a row of the target; why it must stay, where it must.
  private mutating func misfit(
    _ rows: PackageReader.Rows, _ place: Int, cleared: Set<Int>, _ entity: EntityStamp
  ) -> Misfit? {
    if let adult, adult.isChild(rows, first: place * read.count) { return Misfit(column: -1, .minor) }
    return composer.compose(
      rows.bytes.span, rows.ranges.span, first: place * read.count, .kept, cleared: cleared, entity: entity, into: &record)
  }

  /// Writes a row; false where it stays behind.
  @discardableResult mutating func write(
    _ rows: PackageReader.Rows, _ place: Int, cleared: Set<Int>, _ entity: EntityStamp, to state: inout State
  ) throws -> Bool {
    let id = rows.ids[place]
    if let misfit = misfit(rows, place, cleared: cleared, entity) {
      leave(id, misfit, &state)
      return false
    }
    let file = try file(&state)
    do {
      try file.append(record)
    } catch let error as UnwritableValue {
      leave(id, Misfit(column: error.column, .character), &state)
      return false
    }
    state.ledger.add(id, to: file.place, isGone: false)
    return true
  }

  mutating func remove(
    _ id: Int64, _ rows: PackageReader.Rows, _ place: Int, _ entity: EntityStamp, _ state: inout State
  ) throws {
    let isApart = profile.deletions == .apart
    _ = (isApart ? keyComposer : composer).compose(
      rows.bytes.span, rows.ranges.span, first: place * read.count, .deleted, entity: entity, into: &record)
    let file = isApart ? try deletionFile(&state) : try file(&state)
    try file.append(record)
    state.ledger.add(id, to: file.place, isGone: true)
  }

  /// Notes that a record stays behind.
  func leave(_ id: Int64, _ misfit: Misfit, _ state: inout State) {
    let rule = misfit.rule
    let column = misfit.column < 0 ? "" : part.columns[misfit.column].name
    let message = message(misfit, rule, column)
    state.ledger.leave(id, of: part.ledgerName, code: rule.code.description, field: column, words: message.zh)
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

}
