package import ElementCore

/// W0002: A stored number under another name.
package enum NameOther {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
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
    descriptor.finding(at: row, column: column, field: field, value: value, facts: ["stored": stored])
  }
}
