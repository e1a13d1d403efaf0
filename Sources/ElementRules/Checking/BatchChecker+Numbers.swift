import ElementCore
import ElementSchema

extension BatchChecker {
  /// The most digits that a number in a spreadsheet keeps, and the most that other programs keep of a number in JSON.
  private static let keptDigits = 15

  /// Tells codes that the file gives as numbers; where digits are gone the record waits.
  mutating func checkNumbers() {
    for (index, record, column) in soundPlaces(of: notes.out.source.numbers) {
      guard column < plan.codeFields.count, let field = plan.codeFields[column] else { continue }
      // Of a list the longest counts.
      let numbers = notes.out.source.bytes[notes.out.source.fields[index].indices].split(separator: 0x3B)
      let digits = numbers.map(Self.digits).max { $0.count < $1.count } ?? []
      if digits.count > Self.keptDigits {
        let lost = Self.lost(digits.dropFirst(Self.keptDigits))
        notes.add(
          IdentifierAsNumber.descriptor.code, .error, record, field: field, value: notes.text(record, field),
          facts: ["lost": lost.zh, "lostEn": lost.en])
        notes.markUnsound(record, field)
      } else {
        notes.add(CodeAsNumber.descriptor.code, .info, record, field: field, value: notes.text(record, field))
      }
    }
  }

  /// The digits before the point, but for zeros first, and without what the format of a cell adds.
  private static func digits(_ number: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    number.prefix { $0 != 0x2E }.filter { (0x30...0x39).contains($0) }.drop { $0 == 0x30 }
  }

  /// What became of the digits behind those that are kept: zeros stand where some were; others may be right, and nothing proves it.
  private static func lost(_ digits: ArraySlice<UInt8>) -> LocalizedText {
    digits.allSatisfy { $0 == 0x30 }
      ? LocalizedText(zh: "已丢失", en: "are gone")
      : LocalizedText(zh: "还在，但不可靠：别的程序可能已改动", en: "are there, but cannot be trusted: another program may have changed them")
  }

  /// Where values stand that the batch has by their indices, ascending: record and column, both from 0; those of records whose
  /// shape is sound.
  private func soundPlaces(of indices: [Int]) -> [(index: Int, record: Int, column: Int)] {
    var record = 0
    return indices.compactMap { index in
      while Int(notes.out.source.spots[record].firstField + notes.out.source.spots[record].fieldCount) <= index { record += 1 }
      let spot = notes.out.source.spots[record]
      return spot.flags.isEmpty ? (index, record, index - Int(spot.firstField)) : nil
    }
  }

  /// Tells objects where a text is asked for: what stands in them is no value of the item.
  mutating func checkNested() {
    for (_, record, column) in soundPlaces(of: notes.out.source.nested) {
      guard let field = plan.columns.firstIndex(of: column) else { continue }
      notes.add(NestedValue.descriptor.code, .error, record, field: field)
      notes.markUnsound(record, field)
    }
  }

  /// Tells cells of days that are something else to their columns.
  mutating func checkDays() {
    for (_, record, column) in soundPlaces(of: notes.out.source.days) {
      guard let field = plan.columns.firstIndex(of: column) else { continue }
      let isDay = plan.dataset.fields[field].type.isDate
      let rule = isDay ? TimeOfDayLost.descriptor : DateCellInText.descriptor
      notes.add(rule.code, rule.severity, record, field: field, value: notes.text(record, field))
    }
  }

  /// Tells values that were made of several.
  mutating func checkLists() {
    for (_, record, column) in soundPlaces(of: notes.out.source.lists) {
      guard let field = plan.columns.firstIndex(of: column) else { continue }
      // Of two keys nobody knows which is the record's.
      let isKey = plan.dataset.fields[field].duty == .key
      if isKey { notes.markUnsound(record, field) }
      notes.add(
        SeveralValues.descriptor.code, isKey ? .error : .warning, record, field: field, value: notes.text(record, field))
    }
  }
}
