package import ElementCore
package import ElementLinkage
package import ElementSchema

extension LinkageGuard {
  /// What stands between two records, in words.
  package var name: LocalizedText {
    switch self {
    case .twoNumbers: LocalizedText(zh: "两个不同的有效号码", en: "two different valid numbers")
    case .twoCertificates: LocalizedText(zh: "两个有效的同类证件号码", en: "two valid certificates of one type")
    case .twin: LocalizedText(zh: "同一住处、同日出生、名字不同，可能是双胞胎", en: "one home, one birth date, another name: perhaps twins")
    case .rival: LocalizedText(zh: "同时像两个人", en: "fits two people")
    case .oneNumber: LocalizedText(zh: "同一号码，姓名和生日（或性别）都不同", en: "one number, and another name with another birth date or sex")
    case .generation: LocalizedText(zh: "同一住处、同姓，年龄差一代", en: "one home and family name, a generation apart")
    case .dead: LocalizedText(zh: "一方已死亡，另一方后来还有登记", en: "one has died, the other was active later")
    case .minor: LocalizedText(zh: "未满十四周岁，且一方没有号码", en: "a child, and one side has no number")
    case .room: LocalizedText(zh: "同一幢楼的不同房间", en: "two rooms of one building")
    case .branch: LocalizedText(zh: "不同的分支机构，或分支与总部", en: "two branches, or a branch and its head")
    case .bridge: LocalizedText(zh: "两组记录整体上不一致", en: "the two groups do not agree as a whole")
    case .cap: LocalizedText(zh: "合在一起的记录太多", en: "too many rows for one")
    case .decided: LocalizedText(zh: "已核对为不是同一个", en: "somebody said that they are two")
    }
  }
}

extension LinkageKind {
  /// What numbers stand for: people, houses, organisations.
  package var things: LocalizedText {
    switch self {
    case .person: LocalizedText(zh: "个人", en: "people")
    case .house: LocalizedText(zh: "处房屋", en: "houses")
    case .organization: LocalizedText(zh: "个组织", en: "organisations")
    }
  }
}
