import ElementCore
import ElementSchema

extension BatchChecker {
  /// Judges records of other widths: spreadsheets leave out the delimiters of empty last cells, and such a record is whole; it waits where
  /// a key is missing, a value stands in another's place, or a line break may have parted it.
  mutating func checkWidths() {
    if !mayBeParted() { return }
    for record in 0..<notes.out.count where notes.out.source.spots[record].flags.isEmpty {
      let width = Int(notes.out.source.spots[record].fieldCount)
      if width == plan.columnCount {
        guard let reason = partingReason(record) else { continue }
        notes.out.source.spots[record].flags.insert(.ragged)
        shortReasons[record] = reason
        continue
      }
      if width < plan.columnCount {
        let lacksKey = plan.dataset.keyFields.contains { plan.columns[$0].map { $0 >= width } ?? false }
        let reason = lacksKey ? behindBroken(record) : shortReason(record, width)
        if lacksKey || reason != nil {
          notes.out.source.spots[record].flags.insert(.ragged)
          shortReasons[record] = reason
          continue
        }
      }
      notes.out.otherWidths.add(line: Int(notes.out.source.spots[record].line))
    }
  }

  /// How a record differs from the header.
  func shape(_ spot: RecordSpot, isParted: Bool) -> LocalizedText {
    let (width, count) = (Int(spot.fieldCount), plan.columnCount)
    if width != count {
      return LocalizedText(
        zh: "本行有 \(width) 列，表头有 \(count) 列", en: "it has \(width) fields, the header \(count)")
    }
    return isParted
      ? LocalizedText(zh: "本行不完整", en: "it is not whole")
      : LocalizedText(zh: "本行的值多于表头的 \(count) 列", en: "it has more values than the header's \(count)")
  }

  /// What may have made the shape of a record that is not short alone: a delimiter inside a value that no quotes keep together, `="…"`
  /// with a delimiter inside among them, or one that is missing between quoted values.
  func shapeReason(_ spot: RecordSpot) -> LocalizedText {
    let width = Int(spot.fieldCount)
    let isWide = width > plan.columnCount && spot.flags == .ragged
    let writesEquals =
      isWide
      && (0..<width).contains { column in
        notes.out.source.bytes.span.extracting(notes.out.source.fields[Int(spot.firstField) + column].indices).starts(with: [
          0x3D, 0x22,
        ])
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
    if notes.out.source.follower?.fieldCount == 1 { return true }
    let spots = notes.out.source.spots.span
    for record in 0..<spots.count where spots[record].fieldCount != UInt32(plan.columnCount) { return true }
    return false
  }

  /// Whether the record before one was found to go on in it.
  private func behindBroken(_ record: Int) -> ShortReason? {
    if case .brokenBefore? = shortReasons[record - 1] { .brokenBehind } else { nil }
  }

  private func shortReason(_ record: Int, _ width: Int) -> ShortReason? {
    if let reason = behindBroken(record) { return reason }
    if let field = shiftedField(record, width) { return .shifted(field: field) }
    if let field = gluedField(record, width) { return .glued(field: field) }
    let spot = notes.out.source.spots[record]
    if let next = follower(record), isTail(next, of: width) { return .brokenBefore(line: Int(next.line)) }
    let previous = predecessor(record)
    let head = previous.map { $0.flags.isSubset(of: .ragged) ? Int($0.fieldCount) : plan.columnCount }
    let isBehindShort = head.map { $0 < plan.columnCount } ?? (record == 0 && notes.out.source.followsShort)
    return isBehindShort && isTail(spot, of: head ?? 1) ? .brokenBehind : nil
  }

  /// The fewest characters of a value that no text ends with by chance.
  private var leastDigits: Int { 8 }

  /// The first text whose end fits the empty column to its right, where that is of a type that no text ends with by chance.
  private func gluedField(_ record: Int, _ width: Int) -> Int? {
    plan.specs.first { spec in
      guard plan.checks[spec.index].isText, let column = spec.column, column < width,
        let right = plan.specs.first(where: { $0.column == column + 1 }), plan.checks[right.index].isLong
      else { return false }
      let bytes = notes.out.source.bytes.span
      if column + 1 < width, !notes.out.source.range(record, column + 1).isEmpty { return false }
      let value = bytes.extracting(notes.out.source.range(record, column).indices)
      var start = value.count
      while start > 0, value[start - 1] < 0x80 { start -= 1 }
      return (start..<value.count).contains { place in
        value.count - place >= leastDigits && plan.fits(value.extracting(place..<value.count), right) == true
      }
    }?.index
  }

  /// The first field whose value is none of its type and would be one of a column to the right, as far as columns are missing.
  private func shiftedField(_ record: Int, _ width: Int) -> Int? {
    let missing = plan.columnCount - width
    return plan.specs.first { spec in
      guard let column = spec.column, column < width else { return false }
      let value = notes.out.source.bytes.span.extracting(notes.out.source.range(record, column).indices)
      guard !value.isEmpty, plan.fits(value, spec) == false else { return false }
      return plan.specs.contains { other in
        guard let place = other.column, place > column, place - column <= missing else { return false }
        return plan.fits(value, other) == true
          || plan.checks[other.index].isText && fitsShifted(record, column..<width, by: place - column)
      }
    }?.index
  }

  /// Whether no value of some columns is at odds with the column so many to its right: texts take anything, so all must go along.
  private func fitsShifted(_ record: Int, _ columns: Range<Int>, by distance: Int) -> Bool {
    plan.specs.allSatisfy { spec in
      guard let column = spec.column, columns.contains(column - distance) else { return true }
      let value = notes.out.source.bytes.span.extracting(notes.out.source.range(record, column - distance).indices)
      return value.isEmpty || plan.fits(value, spec) != false
    }
  }
}
