package import ElementCore

/// W0024: A waiting row about somebody who stands already.
package enum ProbablyKnown {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0024"), symbol: "PROBABLY_KNOWN", severity: .info,
    title: LocalizedText(zh: "待更正的记录可能已在册", en: "A waiting row of somebody who is probably known"),
    message: LocalizedText(
      zh: "{count} 条待更正的记录可能与已在册的人是同一人",
      en: "{count} waiting rows are probably about people who stand already"),
    rationale: LocalizedText(
      zh: "号码错一位的记录进不了台账，看上去像少了一个人；其实他已经在册，照错号补录会多出一个人。",
      en:
        "A row with a number that is a digit off does not go in and looks like a person who lacks; entered under the wrong number there would be two."
    ),
    fix: LocalizedText(
      zh: "请对照证件更正号码后重新报送；对不上的，向登记单位核实。yaosu quarantine list 会标出这些记录。",
      en:
        "Correct the number by the document and send the row again; where that does not help, ask the office that keeps the register. yaosu quarantine list marks these rows."
    ),
    source: "the life of a record")
}
