package import ElementCore

/// Somebody who may receive packages, as the register of recipients has it.
package struct RecipientEntry: Sendable {
  /// How packages reach a recipient.
  package enum Channel: Sendable, Hashable {
    /// Through a command that encrypts what it reads, such as `age -r …` or the office's certified module: its words.
    case encrypted([String])
    /// As they are, by an approval that says so, by its number.
    case plain(approval: String?)
  }

  /// The name in the register, which commands use.
  package let name: String
  /// What it is called, in full.
  package let title: String
  /// The unified social credit code (GB 32100).
  package let creditCode: String
  /// The law or order by which it receives.
  package let legalBasis: String
  /// The profiles that it may have.
  package let profiles: [String]
  /// The fields that it may have, by the name of the dataset; nil for all of a dataset but sensitive ones.
  package let fields: [(dataset: String, fields: [String]?)]
  /// How packages reach it.
  package let channel: Channel
  /// The reference of the assessment of the impact (PIPL 55); nil where none was made.
  package let impactAssessment: String?
  /// What it was approved by.
  package let approvals: [ExportApproval]
  /// How many approvals of different bodies a package needs.
  package let approvalCount: Int
  /// Whether it may have records of children under 14 (PIPL 28 and 31).
  package let admitsMinors: Bool

  /// Whether it may have a field of a dataset; `isSensitive` says whether the field is sensitive.
  package func admits(_ field: String, of dataset: String, isSensitive: Bool) -> Bool {
    guard let entry = fields.first(where: { $0.dataset.utf8.elementsEqual(dataset.utf8) }) else { return false }
    return entry.fields.map { $0.contains { $0.utf8.elementsEqual(field.utf8) } } ?? !isSensitive
  }
}

/// An approval that data is handed over by.
package struct ExportApproval: Sendable, Hashable {
  /// As the body that gave it counts its papers.
  package let number: String
  /// Who gave it.
  package let body: String
  /// The day it was given.
  package let date: CalendarDate
  /// The last day on which it holds.
  package let validUntil: CalendarDate

  /// An approval in all its parts.
  package init(number: String, body: String, date: CalendarDate, validUntil: CalendarDate) {
    (self.number, self.body, self.date, self.validUntil) = (number, body, date, validUntil)
  }

  /// An approval as a command takes it, `NUMBER,BODY,YYYY-MM-DD,YYYY-MM-DD`; nil for other texts.
  package init?(_ text: String) {
    let parts = text.replacing("，", with: ",").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, !parts[0].isEmpty, !parts[1].isEmpty, let date = CalendarDate(iso: Array(parts[2].utf8).span),
      let until = CalendarDate(iso: Array(parts[3].utf8).span)
    else { return nil }
    self.init(number: parts[0], body: parts[1], date: date, validUntil: until)
  }

  /// Whether it was given by then and has not ended.
  package func holds(on day: CalendarDate) -> Bool { date <= day && day <= validUntil }
}
