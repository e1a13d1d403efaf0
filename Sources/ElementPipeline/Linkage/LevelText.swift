package import ElementCore
package import ElementLinkage
import ElementSchema

/// Levels of comparisons in words, as a clerk reads them.
package struct LevelText {
  private let model: LinkageModel
  private let language: Language

  /// The words about what a model compares.
  package init(_ model: LinkageModel, _ language: Language) { (self.model, self.language) = (model, language) }

  private func say(_ words: (zh: String, en: String)) -> String { language == .zh ? words.zh : words.en }

  /// What a comparison, by its place from 0, is called.
  package func name(_ comparison: Int) -> String {
    let name = model.comparisons[comparison].name
    guard let words = Self.names[name] else { return name }
    // Of houses and organisations a name and a number are something else.
    return say(Self.names["\(model.kind.rawValue).\(name)"] ?? words)
  }

  /// What a level, by its place, says; nil where it says nothing.
  package func words(_ comparison: Int, _ level: Int) -> String? {
    let (name, levels) = model.comparisons[comparison]
    let word = levels.indices.contains(level) ? levels[level] : "none"
    if word.utf8.elementsEqual("none".utf8) { return nil }
    if model.plan == nil { return PersonComparison(rawValue: comparison).flatMap { Self.table[$0]?[word] }.map(say) }
    return (Self.columnWords["\(name).\(word)"] ?? Self.columnWords[word]).map(say) ?? word
  }

  /// All that the levels of a pattern say, joined.
  package func sentence(_ pattern: UInt64) -> String {
    model.comparisons.indices.compactMap { comparison in
      words(comparison, Int(pattern >> UInt64(4 * comparison) & 0xF)).map {
        name(comparison) + (language == .zh ? "" : " ") + $0
      }
    }.joined(separator: language == .zh ? "；" : "; ")
  }

  private static let names: [String: (zh: String, en: String)] = [
    "number": ("号码", "number"), "name": ("姓名", "name"), "birth": ("出生", "birth"), "sex": ("性别", "sex"),
    "place": ("住处", "place"), "phone": ("电话", "phone"), "certificate": ("证件", "certificate"),
    "address": ("地址", "address"), "grid": ("网格", "grid"), "area": ("面积", "area"), "head": ("负责人", "head"),
    "house.number": ("房屋编号", "house code"), "house.name": ("房主或出租人", "owner or landlord"),
    "organization.number": ("统一社会信用代码", "credit code"), "organization.name": ("名称", "name"),
  ]

  /// Levels of houses and organisations; where a column has words of its own, `column.level`.
  private static let columnWords: [String: (zh: String, en: String)] = [
    "same": ("相同", "the same"), "exact": ("相同", "the same"), "differ": ("不同", "another"),
    "off1": ("差一位", "one place off"), "home": ("同一处", "one address"), "otherRoom": ("同一幢的不同房间", "another room of one building"),
    "building": ("同一幢楼", "one building"), "elsewhere": ("不在一处", "elsewhere"), "core": ("主名相同", "the same name proper"),
    "coreSound": ("主名读音相同", "the name proper sounds the same"), "contained": ("一方含有另一方", "one holds the other"),
    "alike": ("相近", "alike"), "sound": ("读音相同", "sounds the same"), "form": ("字形或读音相近", "looks or sounds alike"),
    "swap": ("两字颠倒", "two characters exchanged"), "missing": ("少一个字", "a character less"),
    "oneChar": ("差一个字", "one character differs"), "surname": ("只同姓", "only the family name"),
    "surnameSound": ("姓同音，名不同", "the family names sound alike"), "given": ("姓不同，名相同", "only the given name"),
  ]

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
