package import ElementCore
package import ElementLinkage

/// Levels of comparisons in words, as a clerk reads them.
package enum LevelText {
  /// What a comparison is called.
  package static func name(_ comparison: PersonComparison, _ language: Language) -> String {
    let names: (zh: String, en: String) =
      switch comparison {
      case .number: ("号码", "number")
      case .name: ("姓名", "name")
      case .birth: ("出生", "birth")
      case .sex: ("性别", "sex")
      case .place: ("住处", "place")
      case .phone: ("电话", "phone")
      case .certificate: ("证件", "certificate")
      }
    return language == .zh ? names.zh : names.en
  }

  /// What a level says; nil where it says nothing.
  package static func words(_ comparison: PersonComparison, _ level: Int, _ language: Language) -> String? {
    let name = comparison.levels.indices.contains(level) ? comparison.levels[level] : "none"
    guard let words = table[comparison]?[name] else { return nil }
    return language == .zh ? words.zh : words.en
  }

  /// All that the levels of a pattern say, joined.
  package static func sentence(_ pattern: UInt64, _ language: Language) -> String {
    PersonComparison.allCases.compactMap { comparison in
      words(comparison, comparison.level(in: pattern), language).map {
        name(comparison, language) + (language == .zh ? "" : " ") + $0
      }
    }.joined(separator: language == .zh ? "；" : "; ")
  }

  private static let table: [PersonComparison: [String: (zh: String, en: String)]] = [
    .number: [
      "same": ("相同", "the same"), "validDiffer": ("都有效但不同", "both valid and different"),
      "sameWrong": ("相同但都有误", "the same and wrong in both"),
      "maskFits": ("遮住以外都相同", "fits where it shows"), "maskFitsShort": ("露出的几位相同", "fits where little of it shows"),
      "off1": ("差一位", "one place off"), "off2": ("差两处", "two places off"),
      "wrongDiffers": ("一方有误，差得远", "wrong in one and far off"),
      "legacyDiffers": ("十五位号码不同", "another number of fifteen places"), "maskDiffers": ("露出的几位不同", "differs where it shows"),
    ],
    .name: [
      "exact": ("相同", "the same"), "former": ("曾用名相同", "a former name"), "sound": ("读音相同", "sounds the same"),
      "form": ("字形或读音相近", "looks or sounds alike"), "swap": ("两字颠倒", "two characters exchanged"),
      "missing": ("少一个字", "a character less"),
      "oneChar": ("差一个字", "one character differs"), "surname": ("只同姓", "only the family name"),
      "surnameSound": ("姓同音，名不同", "the family names sound alike"), "given": ("姓不同，名相同", "only the given name"),
      "differ": ("不同", "another"),
    ],
    .birth: [
      "same": ("同日", "the same day"), "swap": ("月日颠倒", "day and month exchanged"),
      "jan1": ("同年，一方为一月一日", "the same year, one of them its first day"),
      "year1": ("同月日，差一年", "the same day, a year apart"), "oneDigit": ("差一个数字", "one digit differs"),
      "near": ("相差十到六十天", "ten to sixty days apart"),
      "sameYear": ("同年不同日", "the same year"), "differ": ("不同", "another"),
    ],
    .sex: ["same": ("相同", "the same"), "differ": ("不同", "another")],
    .place: [
      "home": ("同一住处或同一户", "one home"), "building": ("同一幢楼", "one building"), "community": ("同一社区", "one community"),
      "elsewhere": ("不在一处", "elsewhere"),
    ],
    .phone: ["same": ("相同", "the same"), "off1": ("差一个数字", "one digit differs"), "differ": ("不同", "another")],
    .certificate: ["same": ("相同", "the same"), "differ": ("同类但号码不同", "another number of one type")],
  ]
}
