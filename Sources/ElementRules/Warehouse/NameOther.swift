package import ElementCore

/// W0002: A stored number under another name.
package enum NameOther {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0002"), symbol: "NAME_OTHER", severity: .error,
    title: LocalizedText(zh: "台账中同一号码是另一个姓名", en: "A stored number under another name"),
    message: LocalizedText(
      zh: "“{header}”是 {value}，台账中这个号码的姓名是 {stored}，不像同一个人",
      en: "\"{header}\" is {value}; the warehouse has {stored} under this number, which does not look like the same person"),
    rationale: LocalizedText(
      zh: "号码抄错一位而仍然合格，或贴错一行，就会把一个人的记录改成另一个人。",
      en:
        "A number that is off by a digit and still sound, or a row pasted one line too low, would turn one person's record into another's."
    ),
    fix: LocalizedText(
      zh: "核对证件：号码错了就改号码；确已改名的，在“曾用名”中填台账里的姓名。",
      en: "Check the document: correct the number, or, where the name was changed, write the stored one as the former name."),
    source: "linkage §3.3")

  /// The finding about a row whose name field (from 0, its value masked) is another than the stored one.
  package static func finding(_ row: RecordSpot, column: Int, field: Int, value: String, stored: String) -> Finding {
    descriptor.finding(row, column: column, field: field, value: value, stored: stored)
  }
}

/// W0003: A name that was corrected.
package enum NameCorrected {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0003"), symbol: "NAME_CORRECTED", severity: .info,
    title: LocalizedText(zh: "姓名作了更正", en: "A name that was corrected"),
    message: LocalizedText(
      zh: "“{header}”由 {stored} 改为 {value}，两者音形相近，按更正处理",
      en: "\"{header}\" was {stored} and is {value}: they sound or look alike, so it counts as a correction"),
    rationale: LocalizedText(
      zh: "同音、形近或只差一个字的姓名多是录入之误，照新的写法更新并说明。",
      en: "Names that sound or look alike, or differ in one character, are mostly slips; the new spelling is stored, and told."),
    fix: LocalizedText(
      zh: "无需处理；如改错了，请用正确的姓名再导入一次。",
      en: "Nothing to do; where the new spelling is the wrong one, load the right one again."),
    source: "linkage §3.3")

  /// The finding about a row whose name field (from 0, its value masked) corrects the stored one.
  package static func finding(_ row: RecordSpot, column: Int, field: Int, value: String, stored: String) -> Finding {
    descriptor.finding(row, column: column, field: field, value: value, stored: stored)
  }
}

extension RuleDescriptor {
  fileprivate func finding(_ row: RecordSpot, column: Int, field: Int, value: String, stored: String) -> Finding {
    Finding(
      code, severity, row: Int(row.row), line: Int(row.line), column: column, field: field, byte: Int(row.byteStart),
      value: value,
      facts: ["stored": stored])
  }
}
