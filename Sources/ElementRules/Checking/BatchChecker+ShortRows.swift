import ElementCore
import ElementSchema

extension BatchChecker {
  /// Why a record with fewer fields than there are columns is not whole.
  enum ShortReason {
    /// A value fits a column to the right of its own: a delimiter is missing before it.
    case shifted(field: Int)
    /// What ends a text fits the column to its right: the delimiter between them is missing.
    case glued(field: Int)
    /// It and the record behind it (by its line) are one that a line break parted.
    case brokenBefore(line: Int)
    /// It and the record before it are one that a line break parted.
    case brokenBehind

    /// The reason for a message.
    func text(_ dataset: Dataset) -> LocalizedText {
      switch self {
      case .shifted(let field):
        LocalizedText(
          zh: "；“\(dataset.fields[field].title)”的内容像是右边一列的，中间可能少了分隔符",
          en: "; what stands under \(dataset.fields[field].english) fits a column to its right: a delimiter may be missing")
      case .glued(let field):
        LocalizedText(
          zh: "；“\(dataset.fields[field].title)”末尾的内容像是右边一列的，中间可能少了分隔符",
          en: "; what ends \(dataset.fields[field].english) fits the column to its right: a delimiter may be missing")
      case .brokenBefore(let line):
        LocalizedText(
          zh: "；与第 \(line) 行像是一条记录，被换行拆开了", en: "; it and line \(line) look like one record that a line break parted")
      case .brokenBehind:
        LocalizedText(zh: "；与上一行像是一条记录，被换行拆开了", en: "; it and the line above look like one record that a line break parted")
      }
    }
  }

  /// Judges records of other widths: spreadsheets leave out the delimiters of empty last cells, and such a record is whole; it waits where
  /// a key is missing, a value stands in another's place, or a line break may have parted it.
  mutating func checkWidths() {
    if !mayBeParted() { return }
    for record in 0..<out.count where out.source.spots[record].flags.isEmpty {
      let width = Int(out.source.spots[record].fieldCount)
      if width == plan.columnCount {
        guard let reason = partingReason(record) else { continue }
        out.source.spots[record].flags.insert(.ragged)
        shortReasons[record] = reason
        continue
      }
      if width < plan.columnCount {
        let lacksKey = plan.dataset.keyFields.contains { plan.columns[$0].map { $0 >= width } ?? false }
        let reason = lacksKey ? nil : shortReason(record, width)
        if lacksKey || reason != nil {
          out.source.spots[record].flags.insert(.ragged)
          shortReasons[record] = reason
          continue
        }
      }
      out.otherWidths.add(line: Int(out.source.spots[record].line))
    }
  }

  /// What may have made the shape of a record that is not short alone: a delimiter inside a value that no quotes keep together, `="…"`
  /// with a delimiter inside among them, or one that is missing between quoted values.
  func shapeReason(_ spot: RecordSpot) -> LocalizedText {
    let width = Int(spot.fieldCount)
    let isWide = width > plan.columnCount && spot.flags == .ragged
    let writesEquals =
      isWide
      && (0..<width).contains { column in
        out.source.bytes.span.extracting(out.source.fields[Int(spot.firstField) + column].indices).starts(with: [0x3D, 0x22])
      }
    if writesEquals {
      return LocalizedText(
        zh: "；有的值写作 =\"…\"，它不能保住其中的分隔符", en: "; a value is written =\"…\", which does not keep a delimiter inside together")
    }
    if isWide {
      return LocalizedText(
        zh: "；可能有的值含分隔符而没有加引号", en: "; a value with a delimiter inside may stand without quotes")
    }
    return spot.flags.contains(.textAfterQuote) && width < plan.columnCount
      ? LocalizedText(zh: "；本行比表头少列，中间可能少了分隔符", en: "; the row has fewer fields than the header: a delimiter may be missing")
      : LocalizedText(zh: "", en: "")
  }

  /// Whether any record is of another width, or a single value, which may be a part of its neighbour.
  private func mayBeParted() -> Bool {
    if out.source.follower?.fieldCount == 1 { return true }
    let spots = out.source.spots.span
    for record in 0..<spots.count where spots[record].fieldCount != UInt32(plan.columnCount) { return true }
    return false
  }

  private func shortReason(_ record: Int, _ width: Int) -> ShortReason? {
    if case .brokenBefore? = shortReasons[record - 1] { return .brokenBehind }
    if let field = shiftedField(record, width) { return .shifted(field: field) }
    if let field = gluedField(record, width) { return .glued(field: field) }
    let spot = out.source.spots[record]
    if let next = follower(record), isTail(next, of: width) { return .brokenBefore(line: Int(next.line)) }
    let previous = predecessor(record)
    let head = previous.map { $0.flags.isSubset(of: .ragged) ? Int($0.fieldCount) : plan.columnCount }
    let isBehindShort = head.map { $0 < plan.columnCount } ?? (record == 0 && out.source.followsShort)
    return isBehindShort && isTail(spot, of: head ?? 1) ? .brokenBehind : nil
  }

  /// The record on the line behind one; nil where none follows.
  private func follower(_ record: Int) -> RecordSpot? {
    let next = record + 1 < out.count ? out.source.spots[record + 1] : out.source.follower
    return next.flatMap { $0.row == out.source.spots[record].row + 1 ? $0 : nil }
  }

  /// The record on the line before one; nil where that is not in the batch.
  private func predecessor(_ record: Int) -> RecordSpot? {
    guard record > 0 else { return nil }
    let previous = out.source.spots[record - 1]
    return previous.row + 1 == out.source.spots[record].row ? previous : nil
  }

  /// Why a record of the header's width is only a part of one: the line behind holds the rest of its last value, or the line before the
  /// key, alone, that it lacks.
  private func partingReason(_ record: Int) -> ShortReason? {
    guard plan.columnCount > 1 else { return nil }
    if let next = follower(record), next.fieldCount == 1, next.flags.isEmpty, continuesLast(record, next) {
      return .brokenBefore(line: Int(next.line))
    }
    if let previous = predecessor(record), previous.fieldCount == 1, previous.flags.isSubset(of: .ragged),
      out.source.fields[Int(out.source.spots[record].firstField)].isEmpty,
      let key = plan.dataset.key.first(where: { plan.columns[$0] == 0 }), isReadable(previous, key)
    {
      return .brokenBehind
    }
    return nil
  }

  /// Whether the only value of the line behind goes on with the last value of a record: together they are one of the last column's type.
  private func continuesLast(_ record: Int, _ next: RecordSpot) -> Bool {
    guard let spec = plan.specs.first(where: { $0.column == plan.columnCount - 1 }), !hasReadableKey(next) else { return false }
    let bytes = out.source.bytes.span
    let last = bytes.extracting(out.source.range(record, plan.columnCount - 1).indices)
    let joined = Array(span: last) + Array(span: bytes.extracting(out.source.fields[Int(next.firstField)].indices))
    return spec.fits(joined.span, plan) == true
  }

  /// The first text whose end fits the empty column to its right, where that is of a type that no text ends with by chance.
  private func gluedField(_ record: Int, _ width: Int) -> Int? {
    plan.specs.first { spec in
      guard spec.isText, let column = spec.column, column < width,
        let right = plan.specs.first(where: { $0.column == column + 1 }), right.isLong
      else { return false }
      let bytes = out.source.bytes.span
      if column + 1 < width, !out.source.range(record, column + 1).isEmpty { return false }
      let value = bytes.extracting(out.source.range(record, column).indices)
      var start = value.count
      while start > 0, value[start - 1] < 0x80 { start -= 1 }
      return (start..<value.count).contains { place in
        value.count - place >= FieldSpec.leastDigits && right.fits(value.extracting(place..<value.count), plan) == true
      }
    }?.index
  }

  /// Whether a record may be the rest of one of which `head` fields came before: short as well, no wider than what is missing, and without
  /// a key that can be read.
  private func isTail(_ spot: RecordSpot, of head: Int) -> Bool {
    let width = Int(spot.fieldCount)
    guard width < plan.columnCount || head == 1, spot.flags.isSubset(of: .ragged), head + width - 1 <= plan.columnCount else {
      return false
    }
    return !hasReadableKey(spot)
  }

  private func hasReadableKey(_ spot: RecordSpot) -> Bool {
    let dataset = plan.dataset
    return dataset.key.allSatisfy { isReadable(spot, $0) }
      || dataset.interim.map { $0.must.allSatisfy { isReadable(spot, $0) } } ?? false
  }

  private func isReadable(_ spot: RecordSpot, _ field: Int) -> Bool {
    guard let column = plan.columns[field], column < Int(spot.fieldCount) else { return false }
    let value = out.source.bytes.span.extracting(out.source.fields[Int(spot.firstField) + column].indices)
    let inner = value.extracting(CodeFolding.trimmed(value))
    if inner.isEmpty { return false }
    switch plan.specs[field].kind {
    case .citizenId: return IdentifierReading.citizenID(inner, plan.tables).verdict.isDisjoint(with: [.length, .charset])
    case .grid:
      return IdentifierReading.gridCode(inner, plan.scheme, plan.tables).verdict.isDisjoint(with: [.length, .charset])
    case .identifier(let kind):
      return IdentifierReading.identifier(inner, kind, plan.tables).verdict.isDisjoint(with: [.length, .charset])
    case .text(.code): return inner.isASCII
    default: return plan.specs[field].fits(inner, plan) ?? true
    }
  }

  /// The first field whose value is none of its type and would be one of a column to the right, as far as columns are missing.
  private func shiftedField(_ record: Int, _ width: Int) -> Int? {
    let missing = plan.columnCount - width
    return plan.specs.first { spec in
      guard let column = spec.column, column < width else { return false }
      let value = out.source.bytes.span.extracting(out.source.range(record, column).indices)
      guard !value.isEmpty, spec.fits(value, plan) == false else { return false }
      return plan.specs.contains { other in
        guard let place = other.column, place > column, place - column <= missing else { return false }
        return other.fits(value, plan) == true
      }
    }?.index
  }
}

extension FieldSpec {
  /// The fewest characters of a value that no text ends with by chance.
  static let leastDigits = 8

  /// Whether it takes any text.
  var isText: Bool {
    switch kind {
    case .name, .text: true
    default: false
    }
  }

  /// Whether its values are days, or numbers of at least so many digits.
  var isLong: Bool {
    switch kind {
    case .date, .dateTime, .citizenId, .grid, .identifier, .phone, .statistical: true
    default: false
    }
  }

  /// Whether a value that is not empty can be one of the field's type; nil for texts, and for words that stand for nothing.
  func fits(_ value: Span<UInt8>, _ plan: CheckPlan) -> Bool? {
    if NothingWords.form(value, nothing) != nil { return nil }
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    switch kind {
    case .name, .text, .certificate: return nil
    case .integer, .decimal, .coordinate: return DecimalReading.canonical(folded.bytes) != nil
    case .boolean: return FieldPolicies.flag(folded.bytes) != nil
    case .date:
      if case .day = DateReading.read(folded.bytes.span) { return true }
      return DateReading.midnight(folded.bytes.span, plan.tables.zone) != nil
    case .dateTime:
      if case .time = DateReading.readTimed(folded.bytes.span, plan.tables.zone) { return true }
      return false
    case .code(let table): return field.isOpen ? nil : table.find(value) != nil || table.find(folded.bytes.span) != nil
    case .citizenId: return IdentifierReading.citizenID(value, plan.tables).verdict.isDisjoint(with: CitizenID.policy.errors)
    case .division:
      return folded.bytes.count == 6 && folded.bytes.span.isDigits
        ? DivisionCode.check(folded.bytes.span, plan.tables).isDisjoint(with: [.regionUnknown, .regionProvince])
        : plan.tables.divisions.code(path: String(escapingInvalid: folded.bytes.span)) != nil
    case .statistical(let length): return folded.bytes.count == length && folded.bytes.span.isDigits
    case .grid:
      return IdentifierReading.gridCode(value, plan.scheme, plan.tables).verdict.isDisjoint(with: GridCodeScheme.policy.errors)
    case .phone: return PhoneReading.read(value).verdict.isDisjoint(with: Phone.policy.errors)
    case .identifier(let kind):
      return IdentifierReading.identifier(value, kind, plan.tables).verdict.isDisjoint(with: kind.policy.errors)
    }
  }
}
