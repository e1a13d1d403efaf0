/// Family names of two characters, which stand whole where the rest of a name is hidden or compared.
enum Surname {
  /// The compound surnames that are still borne.
  static let compound: Set<String> = [
    "欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "司徒", "夏侯", "东方", "独孤", "南宫", "令狐", "长孙", "宇文", "轩辕", "百里",
    "呼延", "东郭", "南门", "羊舌", "微生", "公冶", "申屠", "太史", "闻人", "澹台", "公羊", "赫连", "宗政", "濮阳", "淳于", "单于", "仲孙", "钟离",
    "鲜于", "闾丘", "司空", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "段干", "西门",
    "东门", "左丘", "梁丘", "第五", "太叔", "端木", "公户", "公仪", "子车", "北宫", "万俟", "纳兰", "完颜", "富察", "耶律", "贺兰", "尔朱", "屈突",
    "斛律", "侯莫", "达奚", "呼衍",
  ]
  private static let pairs = Set(
    compound.map { name in name.unicodeScalars.reduce(0) { $0 << 16 | $1.value } })

  /// Whether the two first characters of a name are a family name together.
  static func isCompound(_ first: UInt32, _ second: UInt32) -> Bool {
    first <= 0xFFFF && second <= 0xFFFF && pairs.contains(first << 16 | second)
  }

  /// How many characters of a name are the family name: two of a compound one with more behind it, else one.
  static func count<Name: RandomAccessCollection<UInt32>>(_ name: Name) -> Int where Name.Index == Int {
    name.count > 2 && isCompound(name[0], name[1]) ? 2 : 1
  }
}
