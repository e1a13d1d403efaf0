import ElementCore

extension BatchChecker {
  /// The most digits that a number in a spreadsheet keeps, and the most that other programs keep of a number in JSON.
  private static let keptDigits = 15

  /// Tells codes that the file gives as numbers; where digits are gone the record waits.
  mutating func checkNumbers() {
    if out.source.numbers.isEmpty { return }
    var record = 0
    for index in out.source.numbers {
      while Int(out.source.spots[record].firstField + out.source.spots[record].fieldCount) <= index { record += 1 }
      let spot = out.source.spots[record]
      let column = index - Int(spot.firstField)
      guard spot.flags.isEmpty, column < plan.codeFields.count, let field = plan.codeFields[column] else { continue }
      // Of a list the longest counts.
      let numbers = out.source.bytes[out.source.fields[index].indices].split(separator: 0x3B)
      let digits = numbers.reduce(0) { longest, number in max(longest, number.prefix { $0 != 0x2E }.count) }
      if digits > Self.keptDigits {
        add(IdentifierAsNumber.descriptor.code, .error, record, field: field, value: text(record, field))
        markUnsound(record, field)
      } else {
        add(CodeAsNumber.descriptor.code, .info, record, field: field, value: text(record, field))
      }
    }
  }

  /// Tells values that were made of several.
  mutating func checkLists() {
    if out.source.lists.isEmpty { return }
    var record = 0
    for index in out.source.lists {
      while Int(out.source.spots[record].firstField + out.source.spots[record].fieldCount) <= index { record += 1 }
      let spot = out.source.spots[record]
      guard spot.flags.isEmpty, let field = plan.columns.firstIndex(of: index - Int(spot.firstField)) else { continue }
      add(SeveralValues.descriptor.code, .warning, record, field: field, value: text(record, field))
    }
  }
}
