import ElementCore
import ElementExchange
import ElementSchema
import ElementWarehouse

/// Tells whether a record is of a child under 14, all of whose data is sensitive (PIPL 28): by the day of birth, else by the citizen number.
///
/// Who turns 14 is looked at again with the next package, because a row that stays behind always is.
struct AdultTest {
  /// The places of the values that tell it among those that are read: days of birth, then numbers.
  private let days, numbers: [Int]
  private let today: CalendarDate
  private static let age = 14

  /// A test of the records of a dataset on a day; nil where they are of no person.
  init?(_ part: ProfileDataset, today: CalendarDate) {
    let read = part.readFields
    func slots(_ isNumber: Bool) -> [Int] {
      part.ageFields.filter { (part.dataset.fields[$0].type == .citizenId) == isNumber }.compactMap(read.firstIndex(of:))
    }
    (days, numbers, self.today) = (slots(false), slots(true), today)
    if days.isEmpty, numbers.isEmpty { return nil }
  }

  /// Whether a row, whose values stand from `first` on, is of a child.
  func isChild(_ rows: PackageReader.Rows, first: Int) -> Bool {
    for (slots, isNumber) in [(days, false), (numbers, true)] {
      for slot in slots {
        let value = rows.bytes.span.extracting(rows.ranges[first + slot].indices)
        guard let born = isNumber ? Self.day(ofNumber: value) : CalendarDate(iso: value) else { continue }
        return born.years(to: today) < Self.age
      }
    }
    return false
  }

  private static func day(ofNumber value: Span<UInt8>) -> CalendarDate? {
    value.count == 18 && value.extracting(6..<14).isDigits ? CalendarDate(digits: value, at: 6) : nil
  }
}
