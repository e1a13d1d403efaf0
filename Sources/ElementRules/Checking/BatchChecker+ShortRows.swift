import ElementCore
import ElementSchema

extension BatchChecker {
  /// Why a record with fewer fields than there are columns is not whole.
  enum ShortReason {
    /// A value fits a column to the right of its own: a delimiter is missing before it.
    case shifted(field: Int)
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
    for record in 0..<out.count where out.source.spots[record].flags.isEmpty {
      let width = Int(out.source.spots[record].fieldCount)
      if width == plan.columnCount { continue }
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

  private func shortReason(_ record: Int, _ width: Int) -> ShortReason? {
    if let field = shiftedField(record, width) { return .shifted(field: field) }
    let spot = out.source.spots[record]
    let next = record + 1 < out.count ? out.source.spots[record + 1] : out.source.follower
    if let next, next.row == spot.row + 1, isTail(next, of: width) { return .brokenBefore(line: Int(next.line)) }
    let previous = record > 0 && out.source.spots[record - 1].row + 1 == spot.row ? out.source.spots[record - 1] : nil
    let head = previous.map { $0.flags.isSubset(of: .ragged) ? Int($0.fieldCount) : plan.columnCount }
    let isBehindShort = head.map { $0 < plan.columnCount } ?? (record == 0 && out.source.followsShort)
    return isBehindShort && isTail(spot, of: head ?? 1) ? .brokenBehind : nil
  }

  /// Whether a record may be the rest of one of which `head` fields came before: short as well, no wider than what is missing, and without
  /// a key that can be read.
  private func isTail(_ spot: RecordSpot, of head: Int) -> Bool {
    let width = Int(spot.fieldCount)
    guard width < plan.columnCount, spot.flags.isSubset(of: .ragged), head + width - 1 <= plan.columnCount else { return false }
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
