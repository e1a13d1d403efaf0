import ElementCore
import ElementSchema

/// Days with the time of the day where it is known.
struct DateTimeCheck: FieldCheck {
  var isNumberOfNoQuantity: Bool { true }
  var isLong: Bool { true }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkTime(record, spec, value)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? {
    if case .time = DateReading.readTimed(folded.bytes.span, basis.tables.zone) { return true }
    return false
  }
}

extension BatchNotes {
  /// A day, with the time of the day where it is known.
  fileprivate mutating func checkTime(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    switch DateReading.readTimed(folded.bytes.span, basis.tables.zone) {
    case .time(let time, let isCanonical):
      if spec.field.past, time.day > basis.tables.today { return failFuture(record, spec, value, time.text) }
      apply(folded.fixes, Array(time.text.utf8), record, spec, value)
      if !isCanonical, folded.fixes.isEmpty { out.fixCounts[basis.fixCodes.dateStyle, default: 0] += 1 }
    case .day(.noSuchDay): fail(InvalidDate.descriptor.code, record, spec, value)
    case .day(.serial): fail(DateSerial.descriptor.code, record, spec, value)
    case .day:
      if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
      fail(UnreadableDate.descriptor.code, record, spec, value)
    }
  }
}
