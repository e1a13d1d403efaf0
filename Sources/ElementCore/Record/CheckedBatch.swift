/// A value that was repaired: what the row holds now differs from what was written.
package struct Fix: Sendable, Hashable {
  /// The code of the repair (`N…`).
  package let code: RuleCode
  /// The record in its batch, from 0.
  package let record: Int
  /// The field of the dataset, from 0.
  package let field: Int
  /// The value as it was written.
  package let raw: [UInt8]

  /// A repair.
  package init(code: RuleCode, record: Int, field: Int, raw: [UInt8]) {
    self.code = code
    self.record = record
    self.field = field
    self.raw = raw
  }
}

/// A batch after normalising and checking: values in the order of the dataset's fields, findings, repairs and hashes.
package struct CheckedBatch: Sendable {
  /// The bytes and places.
  package var source: RecordBatch
  /// The number of fields of the dataset.
  package let fieldCount: Int
  /// The ranges of the normalised values, record by record, `fieldCount` a record.
  package var values: [FieldRange]
  /// Which records have an error so far.
  package var hasError: [Bool]
  /// The records, from 0, ascending, all of whose errors what is stored of them might mend: something is missing, or breaks a rule over the
  /// record.
  package var mendable: [Int] = []
  /// Findings that the records alone give and rows that were put together of them do not.
  package var mended: [FindingPlace] = []
  /// The errors of its records that are accepted for a time, one by one.
  package var accepted: Set<FindingPlace> = []
  /// Which records have a sound key.
  package var keyIsSound: [Bool]
  /// The fingerprint of each record's key values, or of what stands for them.
  package var keyHash: [UInt64]
  /// The fingerprint of each record's values, `_hash` of the warehouse.
  package var contentHash: [UInt64]
  /// For each record the names of the fields that were filled from others, joined by commas, as a range of the bytes; none where no
  /// record has any.
  package var derived: [FieldRange] = []
  /// What was found.
  package var findings = FindingBuffer()
  /// What was repaired, with the value as written.
  package var fixes: [Fix] = []
  /// How often each kind of reading or repair happened.
  package var fixCounts: [RuleCode: Int] = [:]
  /// For each group rule of the dataset: the hash of each record's group, 0 where it belongs to none; nothing for a
  /// rule that groups as an earlier one does.
  package var groupHash: [[UInt64]] = []
  /// For each group rule: whether each record meets its condition.
  package var groupMatch: [[Bool]] = []
  /// For each rule over neighbours: what it keeps of each record.
  package var sequences: [[SequencePoint]] = []
  /// Tallies for rules over a whole column, a field of the dataset each.
  package var tallies: [ColumnTally] = []

  /// A batch with nothing checked yet, its values still to be filled in.
  package init(source: RecordBatch, fieldCount: Int) {
    let count = source.count
    self.source = source
    self.fieldCount = fieldCount
    values = []
    hasError = Array(repeating: false, count: count)
    keyIsSound = Array(repeating: true, count: count)
    keyHash = Array(repeating: 0, count: count)
    contentHash = Array(repeating: 0, count: count)
    tallies = Array(repeating: ColumnTally(), count: fieldCount)
  }

  /// Records that are whole though they lack empty last fields, or have empty ones too many.
  package var otherWidths = LineTally()
  /// Records that were the header again.
  package var repeatedHeaders = LineTally()
  /// Records of a work list that nobody filled in.
  package var unanswered = LineTally()

  /// References (from 0) that some record makes and that could not be looked up.
  package var unresolved: Set<Int> = []

  /// Fields that the file has no column for: a stored row keeps what it has there.
  package var absentFields: [Int] = []
  /// Whether each of the `values` is missing from its record though others have it; nothing where the format has no such records.
  package var isMissing: [Bool] = []
  /// The places among `values` that are no sound ones, ascending.
  package var unsound: [Int] = []
  /// The places among `values` that are empty because the record says that the stored value goes, ascending.
  package var cleared: [Int] = []

  /// The fields that the file has no column for and that are empty in every record; `derived` ones may be filled from others.
  package func emptyFields(derived: Set<Int>) -> [Int] {
    absentFields.filter { field in
      !derived.contains(field) || stride(from: field, to: values.count, by: fieldCount).allSatisfy { values[$0].isEmpty }
    }
  }

  /// Whether the file has no column for a field, or a record has not what others have there; both from 0.
  package func isAbsent(_ record: Int, _ field: Int) -> Bool {
    absentFields.contains(field) || !isMissing.isEmpty && isMissing[record * fieldCount + field]
  }

  /// The fields of a record, from 0, whose stored values go, ascending.
  package func clearedFields(_ record: Int) -> [Int] {
    if cleared.isEmpty { return [] }
    let first = cleared.firstPlace { $0 >= record * fieldCount }
    return cleared[first...].prefix { $0 < (record + 1) * fieldCount }.map { $0 - record * fieldCount }
  }

  /// Whether a value is no sound one.
  package func isUnsound(_ record: Int, _ field: Int) -> Bool {
    let wanted = record * fieldCount + field
    let place = unsound.firstPlace { $0 >= wanted }
    return place < unsound.count && unsound[place] == wanted
  }

  /// The fingerprint of what a record says, which is its contents unless it says that values go.
  package func saidHash(_ record: Int) -> UInt64 {
    clearedFields(record).reduce(contentHash[record]) { hash, field in
      (hash ^ UInt64(field + 1)) &* 0x9E37_79B9_7F4A_7C15
    }
  }

  /// The batch with one record only, so that keeping a row does not keep its whole batch.
  package func only(_ record: Int) -> CheckedBatch {
    var spot = source.spots[record]
    var bytes = Array(source.raw(record))
    let raw = FieldRange(0, bytes.count)
    var (ranges, fields): ([FieldRange], [FieldRange]) = ([], [])
    for column in 0..<Int(spot.fieldCount) {
      let range = source.range(record, column)
      fields.append(FieldRange(bytes.count, bytes.count + range.count))
      bytes += source.bytes[range.indices]
    }
    spot.firstField = 0
    for field in 0..<fieldCount {
      let value = self.value(record, field)
      ranges.append(FieldRange(bytes.count, bytes.count + value.count))
      bytes += value
    }
    let names = derivedNames(record)
    let derivedRange = FieldRange(bytes.count, bytes.count + names.count)
    bytes += names
    var batch = RecordBatch(bytes: bytes, byteBase: Int(spot.byteStart))
    batch.spots = [spot]
    batch.fields = fields
    if !source.rawRanges.isEmpty { batch.rawRanges = [raw] }
    var out = CheckedBatch(source: batch, fieldCount: fieldCount)
    out.values = ranges
    if !names.isEmpty { out.derived = [derivedRange] }
    out.keyHash = [keyHash[record]]
    out.contentHash = [contentHash[record]]
    out.hasError = [hasError[record]]
    out.findings = FindingBuffer()
    for finding in findings.findings where finding.row == Int(spot.row) { out.findings.keep(finding) }
    out.absentFields = absentFields
    if !isMissing.isEmpty { out.isMissing = Array(isMissing[record * fieldCount..<(record + 1) * fieldCount]) }
    out.cleared = clearedFields(record)
    out.groupHash = groupHash.map { $0.isEmpty ? [] : [$0[record]] }
    out.groupMatch = groupMatch.map { $0.isEmpty ? [] : [$0[record]] }
    out.accepted = accepted
    out.unsound = unsound.filter { $0 / fieldCount == record }.map { $0 % fieldCount }
    return out
  }

  /// The names of the fields of a record that were filled from others, joined by commas; nothing for none.
  package func derivedNames(_ record: Int) -> ArraySlice<UInt8> {
    derived.isEmpty ? [] : source.bytes[derived[record].indices]
  }

  /// The number of records.
  package var count: Int { source.count }

  /// The value of a field, both indices from 0.
  package func value(_ record: Int, _ field: Int) -> ArraySlice<UInt8> {
    source.bytes[values[record * fieldCount + field].indices]
  }
}

/// How many records something was seen of, and the line of the first, from 1.
package struct LineTally: Sendable, Hashable {
  /// How many records.
  package private(set) var count = 0
  /// The line of the first; 0 for none.
  package private(set) var line = 0

  /// Nothing counted.
  package init() {}

  /// Counts a record.
  package mutating func add(line: Int) {
    if count == 0 { self.line = line }
    count += 1
  }

  /// Adds what was counted of later records.
  package mutating func add(_ other: LineTally) {
    if count == 0 { line = other.line }
    count += other.count
  }
}

/// What was counted over one column: the ground for findings about a column as a whole.
package struct ColumnTally: Sendable, Hashable {
  /// Values that are not empty.
  package var filled = 0
  /// Values that are masked.
  package var masked = 0
  /// Values that miss the grid-code scheme.
  package var schemeMisses = 0
  /// Values that are names, not codes.
  package var names = 0
  /// Values that are no codes of the field's list.
  package var foreignCodes = 0
  /// Local numbers, such as those of households, of which nothing says where they were given.
  package var scopeless = 0
  /// How often each word for nothing stands, by its place in the list of them, from 0.
  package var nothing: [Int: Int] = [:]
  /// How often each withdrawn division stands, by its code; of so many codes as a message names.
  package private(set) var withdrawn: [Int: Int] = [:]
  /// How often each two-digit code stands, for fields whose list has look-alikes; nothing for others.
  package var codeCounts: [Int] = []
  /// Values of which only the reference data is remarkable, in the order of `referenceSymbols`.
  package private(set) var reference = [Int](repeating: 0, count: ColumnTally.referenceSymbols.count)

  /// The symbols that are told once a column, with their count.
  package static let referenceSymbols: [Verdict] = [
    .sampleData, .regionAggregate, .regionNewerThanTable, .statOnlyZone, .virtualUnit, .regionRetired,
  ]

  /// Nothing counted.
  package init() {}

  /// Counts a withdrawn division.
  package mutating func count(withdrawn code: Int) {
    if withdrawn[code] != nil || withdrawn.count < ColumnTally.namedDivisions { withdrawn[code, default: 0] += 1 }
  }

  /// A message names so many divisions.
  private static let namedDivisions = 8

  /// Counts values of the example county.
  package mutating func count(samples: Int) { reference[0] += samples }

  /// Counts the reference symbols of a verdict.
  package mutating func count(reference verdict: Verdict) {
    for (place, symbol) in ColumnTally.referenceSymbols.enumerated() where verdict.contains(symbol) { reference[place] += 1 }
  }

  /// Adds another tally.
  package mutating func add(_ other: ColumnTally) {
    filled += other.filled
    masked += other.masked
    schemeMisses += other.schemeMisses
    names += other.names
    foreignCodes += other.foreignCodes
    scopeless += other.scopeless
    nothing.merge(other.nothing, uniquingKeysWith: +)
    for (code, count) in other.withdrawn.sorted(by: { $0.key < $1.key }) {
      if withdrawn[code] != nil || withdrawn.count < ColumnTally.namedDivisions { withdrawn[code, default: 0] += count }
    }
    if codeCounts.isEmpty {
      codeCounts = other.codeCounts
    } else {
      for place in other.codeCounts.indices { codeCounts[place] += other.codeCounts[place] }
    }
    for place in reference.indices { reference[place] += other.reference[place] }
  }
}
