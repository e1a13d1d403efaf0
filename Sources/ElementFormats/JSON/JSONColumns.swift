import ElementCore

/// Which member of an object is which column, and the members of one object after the other.
struct JSONColumns: Sendable {
  private let names: [[UInt8]]
  /// The names as they stand in quotes; empty for those that are written with escapes.
  private let quoted: [[UInt8]]
  /// What stands between two texts.
  private let joints: JSONJoints
  /// Which columns the object has had already.
  private var seen: ColumnSet
  private var places: [[UInt8]: Int] = [:]
  private var lateNames: [[UInt8]] = []
  private var isLate: Set<[UInt8]> = []
  private let limit: Int

  /// The columns of these names; names compare by bytes. Of those that no column has, `limit` are kept.
  init(_ columns: [String], limit: Int) {
    self.limit = limit
    names = columns.map { Array($0.utf8) }
    quoted = names.map { name in name.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C } ? [] : [0x22] + name + [0x22] }
    joints = JSONJoints(quoted)
    seen = ColumnSet(count: columns.count)
    for (place, name) in names.enumerated() { places[name] = place }
  }

  /// Names that came after the columns were known, in the order in which they came.
  var late: [String] { lateNames.map { String(escapingInvalid: $0.span) } }

  /// Takes an object: the ranges of its values go into the batch, column by column; `flags` tell what is odd, and what is no UTF-8.
  mutating func take(
    _ scanner: inout JSONScanner, _ bytes: Span<UInt8>, _ atEnd: Bool, _ limits: CSVDialect, _ batch: inout RecordBatch,
    _ side: inout [UInt8], _ flags: inout RecordFlags
  ) throws(JSONScanner.Stop) {
    let first = batch.fields.count
    try scanner.take(0x7B, bytes)
    batch.fields.append(contentsOf: repeatElement(.empty, count: names.count))
    scanner.skipSpace(bytes)
    let plain = takePlain(&scanner, bytes, &batch.fields, from: first, limits, &flags)
    scanner.skipSpace(bytes)
    // Of what comes before it is known whether it is UTF-8.
    let start = scanner.place
    // Behind a comma a member must follow.
    let mayEnd = plain.isClosed || plain.count == 0
    if try scanner.peek(bytes) == 0x7D, mayEnd {
      // The names of the members were those of columns.
      scanner.place += 1
      return
    }
    var expected = plain.count
    seen.removeAll(but: expected)
    while true {
      let column: Int?
      var name: [UInt8] = []
      if expected < quoted.count, scanner.take(name: quoted[expected], bytes) {
        column = expected
        name = names[expected]
      } else {
        let found = try scanner.name(bytes)
        let key = key(found, bytes, &flags)
        // An object is told by its members.
        let isObject = try scanner.peek(bytes) == 0x7B
        column = key.flatMap { isObject ? places[$0] : self.column($0) }
        name = key ?? []
      }
      let value = try scanner.value(bytes, atEnd: atEnd)
      scanner.skipSpace(bytes)
      let isLast = try scanner.peek(bytes) == 0x7D
      if !isLast { try scanner.take(0x2C, bytes) }
      // What stands behind a value says whether it is whole.
      if let column {
        if !seen.insert(column) { flags.insert(.duplicateKey) }
        expected = column + 1
        set(column, value, bytes, limits, first, &batch, &side, &flags)
      }
      if value.kind == .object { takeMembers(name, value.range, bytes, limits, first, &batch, &side, &flags) }
      if isLast { break }
      scanner.skipSpace(bytes)
    }
    scanner.place += 1
    if !JSONScanner.isUTF8(bytes, start..<scanner.place) { flags.insert(.undecodable) }
    // Members may come in any order; what is kept of numbers and lists is ascending.
    JSONColumns.sort(&batch.numbers, from: first)
    JSONColumns.sort(&batch.lists, from: first)
    JSONColumns.sort(&batch.nested, from: first)
  }

  /// Takes an array as a record: its values are those of the columns in their order; one more than there are is odd.
  mutating func takeRow(
    _ scanner: inout JSONScanner, _ bytes: Span<UInt8>, _ atEnd: Bool, _ limits: CSVDialect, _ batch: inout RecordBatch,
    _ side: inout [UInt8], _ flags: inout RecordFlags
  ) throws(JSONScanner.Stop) {
    let (first, start) = (batch.fields.count, scanner.place)
    try scanner.take(0x5B, bytes)
    batch.fields.append(contentsOf: repeatElement(.empty, count: names.count))
    scanner.skipSpace(bytes)
    var column = 0
    while try scanner.peek(bytes) != 0x5D {
      let value = try scanner.value(bytes, atEnd: atEnd)
      if column < names.count {
        set(column, value, bytes, limits, first, &batch, &side, &flags)
      } else if !value.range.isEmpty {
        flags.insert(.ragged)
      }
      column += 1
      scanner.skipSpace(bytes)
      if try scanner.peek(bytes) == 0x5D { break }
      try scanner.take(0x2C, bytes)
      scanner.skipSpace(bytes)
    }
    scanner.place += 1
    if !JSONScanner.isUTF8(bytes, start..<scanner.place) { flags.insert(.undecodable) }
  }

  /// Takes a value for a column.
  private func set(
    _ column: Int, _ value: (range: FieldRange, kind: JSONScanner.Kind), _ bytes: Span<UInt8>, _ limits: CSVDialect,
    _ first: Int,
    _ batch: inout RecordBatch, _ side: inout [UInt8], _ flags: inout RecordFlags
  ) {
    if value.range.count > limits.fieldLimit, value.kind != .object { flags.insert(.fieldTooLong) }
    let taken = text(value, bytes, &side, &flags)
    batch.fields[first + column] = taken.range
    if taken.isNumber { batch.numbers.append(first + column) }
    if taken.isList { batch.lists.append(first + column) }
    if taken.isNested { batch.nested.append(first + column) }
  }

  /// Takes the members of an object inside a record, whose columns bear its name before a stroke; it is known to be well-formed.
  private mutating func takeMembers(
    _ name: [UInt8], _ range: FieldRange, _ bytes: Span<UInt8>, _ limits: CSVDialect, _ first: Int, _ batch: inout RecordBatch,
    _ side: inout [UInt8], _ flags: inout RecordFlags
  ) {
    var scanner = JSONScanner(at: Int(range.start) + 1, depth: .max)
    while true {
      scanner.skipSpace(bytes)
      guard let member = try? scanner.name(bytes), let key = key(member, bytes, &flags),
        let value = try? scanner.value(bytes, atEnd: true)
      else { return }
      let path = name + [0x2F] + key
      if value.kind == .object {
        takeMembers(path, value.range, bytes, limits, first, &batch, &side, &flags)
      }
      if let column = value.kind == .object ? places[path] : column(path) {
        if !batch.fields[first + column].isEmpty { flags.insert(.duplicateKey) }
        set(column, value, bytes, limits, first, &batch, &side, &flags)
      }
      scanner.skipSpace(bytes)
      guard scanner.place < bytes.count, bytes[scanner.place] == 0x2C else { return }
      scanner.place += 1
    }
  }

  /// Takes the members that come in the order of the columns and are texts without escapes, as most do, and returns how many,
  /// and whether the scanner ended at the closing brace; else it is where a member must follow.
  private func takePlain(
    _ scanner: inout JSONScanner, _ bytes: Span<UInt8>, _ fields: inout [FieldRange], from first: Int, _ limits: CSVDialect,
    _ flags: inout RecordFlags
  ) -> (count: Int, isClosed: Bool) {
    var fields = fields.mutableSpan
    var (column, place) = (0, scanner.place)
    defer { scanner.place = place }
    var next = textStart(column, bytes, place)
    // The members of an object are written alike: with a blank before each text, and each name, or with none.
    let hasBlanks = next.map { bytes[$0 - 2] == 0x20 } ?? false
    while let start = next {
      let (end, isUTF8) = JSONScanner.textEnd(bytes, from: start)
      guard end + 2 < bytes.count, bytes[end] == 0x22 else { break }
      let joint = joints.stands(before: column + 1, hasBlanks, in: bytes, at: end)
      guard joint > 0 || bytes[end + 1] == 0x2C || bytes[end + 1] == 0x7D else { break }
      if end - start > limits.fieldLimit { flags.insert(.fieldTooLong) }
      if !isUTF8, !JSONScanner.isUTF8(bytes, start..<end) { flags.insert(.undecodable) }
      fields[first + column] = FieldRange(start, end)
      column += 1
      if joint > 0 {
        place = end + (hasBlanks ? 3 : 2)
        next = end + joint
      } else {
        place = end + 1
        if bytes[place] == 0x7D { return (column, true) }
        place += bytes[place + 1] == 0x20 ? 2 : 1
        next = textStart(column, bytes, place)
      }
    }
    return (column, false)
  }

  /// Where the text of the member at a place begins, which must be that of a column; nil where it is none.
  private func textStart(_ column: Int, _ bytes: Span<UInt8>, _ place: Int) -> Int? {
    guard column < quoted.count else { return nil }
    let name = quoted[column]
    var start = place + name.count + 1
    guard !name.isEmpty, start + 2 < bytes.count, bytes[start - 1] == 0x3A,
      bytes.holds(name.span, at: place)
    else { return nil }
    if bytes[start] == 0x20 { start += 1 }
    return bytes[start] == 0x22 ? start + 1 : nil
  }

  /// Forgets what was noted of fields from a place on.
  func forget(_ batch: inout RecordBatch, from first: Int) {
    while let last = batch.numbers.last, last >= first { batch.numbers.removeLast() }
    while let last = batch.lists.last, last >= first { batch.lists.removeLast() }
    while let last = batch.nested.last, last >= first { batch.nested.removeLast() }
  }

  /// Puts those indices in order that belong to the last record.
  private static func sort(_ indices: inout [Int], from first: Int) {
    let start = indices.lastIndex { $0 < first }.map { $0 + 1 } ?? 0
    if indices.count - start > 1 { indices[start...].sort() }
  }

  /// The name of a member; nil where half a character stands in it.
  private func key(
    _ name: (content: FieldRange, isEscaped: Bool), _ bytes: Span<UInt8>, _ flags: inout RecordFlags
  ) -> [UInt8]? {
    let content = bytes.extracting(name.content.indices)
    var key: [UInt8] = []
    if name.isEscaped {
      guard JSONText.unescape(content, into: &key) else {
        flags.insert(.loneSurrogate)
        return nil
      }
    } else {
      key = Array(span: content)
    }
    return key
  }

  /// The column of a member by its name; a name that no column has is kept in mind.
  private mutating func column(_ key: [UInt8]) -> Int? {
    if let place = places[key] { return place }
    // A name that is no text is no column; its record waits for its bytes.
    if lateNames.count < limit, UTF8Scan.isValid(key.span), isLate.insert(key).inserted {
      lateNames.append(key)
    }
    return nil
  }

  /// The text that is taken for a value.
  private struct Taken {
    /// Where it stands.
    var range: FieldRange
    /// Whether it is a number, or holds one.
    var isNumber = false
    /// Whether it is made of several values.
    var isList = false
    /// Whether it is no value that a text could be.
    var isNested = false
  }

  private func text(
    _ value: (range: FieldRange, kind: JSONScanner.Kind), _ bytes: Span<UInt8>, _ side: inout [UInt8],
    _ flags: inout RecordFlags
  ) -> Taken {
    // What is unescaped comes behind the window.
    let start = side.count
    switch value.kind {
    case .text(escaped: true):
      if !JSONText.unescape(bytes.extracting(value.range.indices), into: &side) { flags.insert(.loneSurrogate) }
      if side[start...].contains(0) { flags.insert(.nul) }
      return Taken(range: FieldRange(bytes.count + start, bytes.count + side.count))
    case .array:
      let content = bytes.extracting(value.range.indices)
      flags.formUnion(JSONNested.flags(content))
      if let list = JSONNested.list(content, into: &side) {
        return Taken(
          range: FieldRange(bytes.count + start, bytes.count + side.count), isNumber: list.hasNumber, isList: list.count > 1)
      }
      side.removeLast(side.count - start)
      return Taken(range: .empty, isNested: true)
    case .object:
      flags.formUnion(JSONNested.flags(bytes.extracting(value.range.indices)))
      return Taken(range: .empty, isNested: true)
    case .number: return Taken(range: value.range, isNumber: true)
    default: return Taken(range: value.range)
    }
  }
}

/// What stands between two texts of an object whose members are in the order of the columns: a quote, a comma, the name, a colon
/// and a quote, with a blank behind comma and colon or without.
private struct JSONJoints: Sendable {
  private var bytes: [UInt8] = []
  /// Where the joint before each column stands among the bytes, with blanks, then without; empty where there is none.
  private var ranges: [FieldRange] = []
  private let count: Int

  /// The joints of names in quotes, of which those that are empty have none.
  init(_ names: [[UInt8]]) {
    count = names.count
    for blank: [UInt8] in [[0x20], []] {
      for name in names {
        let start = bytes.count
        if !name.isEmpty { bytes += [0x22, 0x2C] + blank + name + [0x3A] + blank + [0x22] }
        ranges.append(FieldRange(start, bytes.count))
      }
    }
  }

  /// The length of the joint before a column, where it stands at a place of a window; else zero.
  @inline(__always)
  func stands(before column: Int, _ hasBlanks: Bool, in window: Span<UInt8>, at place: Int) -> Int {
    guard column < count else { return 0 }
    let joint = ranges[hasBlanks ? column : count &+ column].indices
    return window.holds(bytes.span.extracting(joint), at: place) ? joint.count : 0
  }
}

/// Which columns an object has had already.
private struct ColumnSet: Sendable {
  private var words: [UInt64]

  init(count: Int) { words = Array(repeating: 0, count: count / 64 + 1) }

  /// Forgets all columns but the first so many.
  mutating func removeAll(but first: Int) {
    for place in words.indices {
      let count = min(64, max(0, first - place * 64))
      words[place] = count == 64 ? .max : 1 << UInt64(count) - 1
    }
  }

  /// Adds a column; false where it was there.
  mutating func insert(_ column: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(column % 64)
    if words[column / 64] & bit != 0 { return false }
    words[column / 64] |= bit
    return true
  }
}
