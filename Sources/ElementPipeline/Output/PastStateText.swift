package import ElementCore
package import ElementFormats
package import ElementWarehouse
import Foundation

/// A state of the past for people and programs.
package struct PastStateText {
  private let state: PastState

  /// The text of a state.
  package init(_ state: PastState) { self.state = state }

  /// What is said of it.
  package func line(_ language: Language) -> String {
    let begin = LocalizedText(
      zh: "第 \(state.batch) 批之后：\(state.rows) 行，摘要 \(state.digest)，",
      en: "behind batch \(state.batch): \(state.rows) rows, digest \(state.digest), ")
    let end =
      if state.isProved {
        LocalizedText(zh: "与当时的记录相同", en: "as it was recorded then")
      } else if let by = state.erasedBy {
        LocalizedText(
          zh: "与当时的记录不同：第 \(by) 批已永久删除其中一部分", en: "not as it was recorded then: batch \(by) removed a part of it for good")
      } else {
        LocalizedText(
          zh: "与当时的记录 \(state.recorded) 不同：历史被改动过，请从备份查明",
          en: "not \(state.recorded) as it was recorded then: history was changed; compare with a backup")
      }
    return begin[language] + end[language] + "\n"
  }

  /// The object that `verify --at --json` prints.
  package var object: JSONValue {
    .object([
      ("format", .integer(1)), ("command", .text("verify --at")), ("outcome", .text(state.isProved ? "verified" : "differs")),
      ("batch", .integer(state.batch)), ("rows", .integer(state.rows)), ("digest", .text(state.digest)),
      ("recorded", .text(state.recorded)), ("erasedBy", state.erasedBy.map(JSONValue.integer) ?? .null),
    ])
  }
}

extension PastState {
  /// Whether history says what was recorded then.
  package var isProved: Bool { digest.utf8.elementsEqual(recorded.utf8) }
}

extension PastMoment {
  /// A moment as it is written: the number of a batch, or a day (until its end) or a time in an office's zone, or in UTC with a Z behind;
  /// nil for other forms.
  package init?(_ text: String, _ zone: OfficeZone) {
    if let number = Int(text), number > 0 {
      self = .batch(number)
      return
    }
    let bytes = Array(text.utf8)
    func told(_ moment: Int) -> PastMoment { .time(Date(timeIntervalSince1970: Double(moment)).ISO8601Format()) }
    if text.hasSuffix("Z"), let date = try? Date(text, strategy: .iso8601) {
      self = told(Int(date.timeIntervalSince1970))
    } else if let day = CalendarDate(iso: bytes.span), let end = PastMoment.moment(day, second: 86_399, zone) {
      self = told(end)
    } else if let time = PastMoment.time(bytes, zone) {
      self = told(time)
    } else {
      return nil
    }
  }

  /// `2026-11-28T17:30` or `2026-11-28T17:30:59`.
  private static func time(_ bytes: [UInt8], _ zone: OfficeZone) -> Int? {
    guard bytes.count == 16 || bytes.count == 19, bytes[10] == UInt8(ascii: "T"),
      let day = CalendarDate(iso: bytes.span.extracting(0..<10))
    else { return nil }
    let parts = bytes[11...].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.count == 2 ? Int(String(decoding: $0, as: UTF8.self)) : nil }
    guard numbers.count == parts.count, numbers[0] < 24, numbers.dropFirst().allSatisfy({ $0 < 60 }),
      numbers.allSatisfy({ $0 >= 0 })
    else {
      return nil
    }
    return moment(day, second: numbers[0] * 3600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 59), zone)
  }

  private static func moment(_ day: CalendarDate, second: Int, _ zone: OfficeZone) -> Int? {
    guard let epoch = CalendarDate(year: 1970, month: 1, day: 1) else { return nil }
    let local = (day.dayNumber - epoch.dayNumber) * 86_400 + second
    return local - zone.offset(at: local - zone.standard)
  }
}
