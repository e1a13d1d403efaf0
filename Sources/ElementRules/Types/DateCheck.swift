import ElementCore
import ElementFormats
import ElementSchema

/// Days.
struct DateCheck: FieldCheck {
  var isNumberOfNoQuantity: Bool { true }
  var isLong: Bool { true }

  func sweep(
    _ field: inout FieldSweep, _ spec: FieldSpec, _ basis: CheckBasis, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) {
    let latest = spec.field.past ? basis.tables.today : nil
    field.each(bytes, ranges) { range in
      guard let day = CalendarDate(iso: bytes.extracting(range.indices)) else { return .tricky }
      return latest.map { day <= $0 } ?? true ? .clean : .tricky
    }
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkDate(record, spec, value)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    if case .day = DateReading.read(folded.bytes.span) { return true }
    return DateReading.midnight(folded.bytes.span, basis.tables.zone) != nil
  }
}

extension BatchNotes {
  fileprivate mutating func checkDate(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    let trimmed = CodeFolding.trimmed(value)
    if trimmed.isEmpty { return setBlank(record, spec, value) }
    let folded = value.isASCII && trimmed.count == value.count ? nil : CodeFolding.fold(value, dropsSeparators: false)
    let outcome = folded.map { DateReading.read($0.bytes.span) } ?? DateReading.read(value)
    switch outcome {
    case .day(let day, let isCanonical):
      if spec.field.past, day > basis.tables.today { return failFuture(record, spec, value, day.text) }
      if let folded, !folded.fixes.isEmpty {
        apply(folded.fixes, Array(day.text.utf8), record, spec, value)
      } else if !isCanonical {
        let start = base + side.count
        day.append(to: &side)
        out.values[record * out.fieldCount + spec.index] = FieldRange(start, base + side.count)
        out.fixCounts[basis.fixCodes.dateStyle, default: 0] += 1
      }
    case .noSuchDay: fail(InvalidDate.descriptor.code, record, spec, value)
    case .serial: fail(DateSerial.descriptor.code, record, spec, value)
    case .unreadable:
      if reportMasked(record, spec, value.extracting(trimmed), isName: false) || completeMonth(record, spec, value) { return }
      let plain = folded ?? CodeFolding.fold(value, dropsSeparators: false)
      if let day = DateReading.midnight(plain.bytes.span, basis.tables.zone) {
        if spec.field.past, day > basis.tables.today { return failFuture(record, spec, value, day.text) }
        setValue(record, spec.index, Array(day.text.utf8))
        out.fixCounts[basis.fixCodes.dateStyle, default: 0] += 1
        return
      }
      fail(UnreadableDate.descriptor.code, record, spec, value)
    }
  }

  /// Reports a day, or a time of one, that lies in the future: where the row goes in all the same, it is kept as any other.
  mutating func failFuture(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ canonical: String) {
    fail(FutureDate.descriptor.code, record, spec, value)
    keep(Array(canonical.utf8), record, spec, value)
  }

  /// Completes a month of birth from the citizen number of the record, or reports that they disagree; false where either
  /// is not there.
  private mutating func completeMonth(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) -> Bool {
    guard let number = spec.birthDateOf, !unsound[record * out.fieldCount + number],
      let month = DateReading.month(CodeFolding.fold(value, dropsSeparators: false).bytes.span),
      let born = CitizenID.birthDate(checkedValue(record, number).span)
    else { return false }
    if (born.year, born.month) == month {
      setValue(record, spec.index, Array(born.text.utf8))
      addFix(basis.fixCodes.month, record, spec.index, raw: value)
    } else {
      fail(MonthDisagrees.descriptor.code, record, spec, value)
    }
    return true
  }
}
