/// A heading over others, an element around others, a key above others: whose values stand below it.
///
/// 户主信息 over 联系电话 makes it 户主联系电话; 人员信息 changes nothing; 车辆 makes it something that is not the record's.
struct HeadingGroup: Sendable {
  /// Its comparable form without an ending such as 信息.
  let key: String
  /// Whether it has a word for somebody or something: another than the record, unless the record is called by it.
  private let namesOther: Bool

  /// A group as it is written.
  init(_ text: String) {
    // 家庭成员2信息 and 家庭成员信息2 are both 家庭成员.
    let key = Self.uncounted(Self.unended(Self.uncounted(Self.unnumbered(HeaderText.keyWithoutNotes(text)))))
    self.key = key
    namesOther = Self.namesOther(key)
  }

  private static func unended(_ key: String) -> String {
    for ending in endings where key.hasSuffix(ending) && key.count > ending.count { return String(key.dropLast(ending.count)) }
    return key
  }

  /// Without the number of one of several: 家庭成员1, 子女二.
  private static func uncounted(_ key: String) -> String {
    let count = key.reversed().prefix { counts.contains($0) }.count
    return count < key.count ? String(key.dropLast(count)) : key
  }

  private static let counts = Set("一二三四五六七八九十0123456789①②③④⑤⑥⑦⑧⑨")

  /// Whether it names somebody or something else than the record, which is called by `subjects` too.
  func isOther(subjects: Set<String>) -> Bool { namesOther && !subjects.contains(key) }

  /// Whether a heading means the record itself.
  static func isSelf(_ key: String) -> Bool { ["本人", "个人", "self"].contains { $0.utf8.elementsEqual(key.utf8) } }

  /// Words are looked for by bytes: a heading is compared with every dataset.
  private static func namesOther(_ key: String) -> Bool {
    if key.isEmpty || neutral.contains(key) { return false }
    let bytes = Array(key.utf8)
    let words = bytes.allSatisfy { $0 < 0x80 } ? others : people
    if words.contains(where: { holds(bytes, $0) }) { return true }
    return key.last.map { lastOfSomebody.contains($0) } ?? false
  }

  private static func holds(_ bytes: [UInt8], _ word: [UInt8]) -> Bool {
    guard bytes.count >= word.count else { return false }
    return (0...bytes.count - word.count).contains { bytes[$0] == word[0] && bytes[$0..<$0 + word.count].elementsEqual(word) }
  }

  private static let people = (HeaderText.roles + somebody + something).map { Array($0.utf8) }

  /// Without 一、 or 1. before a part of a form.
  private static func unnumbered(_ key: String) -> String {
    let digits = key.prefix { counts.contains($0) }
    let rest = key.dropFirst(digits.count)
    return rest.first.map { "、.．".contains($0) } == true ? String(rest.dropFirst()) : key
  }

  private static let endings = ["基本信息", "基本情况", "信息", "情况", "资料", "数据", "info", "information", "data"]

  /// What means the record itself, or only parts it.
  private static let neutral: Set<String> = [
    "本人", "个人", "人员", "人", "居民", "村民", "人口", "成员", "对象", "登记人员", "采集对象", "被采集人", "被登记人", "户籍人口", "常住人口", "实有人口", "流动人口",
    "person", "people", "resident", "self", "owninfo",
  ]

  /// People beside the roles that headings begin with.
  private static let somebody = [
    "房东", "租客", "租户", "业主", "子女", "父母", "家属", "亲属", "配偶", "丈夫", "妻子", "紧急联系", "同住", "同户", "担保", "介绍", "代理", "经办", "填表", "采集员",
    "登记员", "审核", "申请人", "报送人", "联络员", "楼长", "网格", "家庭成员", "干部", "民警", "书记", "邻居", "医生", "主管", "对方", "甲方", "乙方", "儿子", "孩子",
    "孙子", "侄子", "外孙", "嫂子", "委托", "学生",
    "教师", "老师", "儿女", "外公", "公公", "外婆", "户代表", "同伴", "伙伴", "室友", "雇主", "雇工", "保姆", "护工", "律师", "社工", "志愿者",
  ]

  /// Things that people have, live in or work for.
  private static let something = [
    "单位", "企业", "公司", "学校", "工厂", "车辆", "车牌", "机动车", "房屋", "房产", "住房", "出租屋", "楼栋", "小区", "场所", "店铺", "商铺", "组织", "部门", "机构",
    "事件", "案件",
    "宠物", "犬只", "设施", "设备",
  ]

  private static let lastOfSomebody = Set("人者员长东主父母夫妻友客婿媳儿女孙侄甥舅姑姨叔伯爷奶婆哥弟姐妹兄嫂娘爸妈亲属警师")

  /// The same in English keys.
  private static let others = [
    "householder", "headofhousehold", "landlord", "owner", "tenant", "guardian", "spouse", "husband", "wife", "father",
    "mother", "parent",
    "child", "relative", "emergency", "contactperson", "agent", "applicant", "operator", "creator", "captain", "manager",
    "company",
    "employer", "enterprise", "organization", "organisation", "school", "vehicle", "car", "house", "building", "estate",
    "premises",
    "event", "grid",
  ].map { Array($0.utf8) }
}
