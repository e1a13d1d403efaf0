import ElementCore

/// Words that generated records are made of; nothing in it belongs to anybody.
enum SampleStock {
  /// Surnames by frequency.
  static let surnames = Array("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈").map(String.init)
  /// First characters of given names.
  static let givenFirst = Array("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉玲建国春红金玉海晓志永华宇欣怡梓涵子轩").map(String.init)
  /// Second characters of given names; some names have none.
  static let givenSecond = ["", "", ""] + Array("华英明军平辉林兰峰云飞燕东清宁安然琪佳豪轩雨桐泽").map(String.init)
  /// Roads that say they are examples.
  static let roads = ["示例路", "样板街", "范例大道", "模拟巷", "演示路", "例证街"]
  /// Estates that say they are examples.
  static let estates = ["示例花园", "样板新村", "范例小区", "演示家园", "模拟公寓"]
  /// Workplaces that say they are examples; some have none.
  static let workplaces = ["示例机械厂", "样板商贸有限公司", "范例小学", "演示物业公司", ""]
  /// Occupations; some have none.
  static let occupations = ["工人", "教师", "销售员", "农民", "职员", "司机", ""]

  static func name(_ surname: String, _ random: inout SeededRandom) -> String {
    surname + random.pick(givenFirst) + random.pick(givenSecond)
  }
}

/// Grids of the example county: the same for every seed, so that residents and houses fit the grids.
package enum GridPlan {
  /// The number of grids that generated residents and houses live in.
  package static let count = 64

  /// The CJ/T 349 code of a grid, from 0.
  package static func code(_ index: Int) -> String {
    "010000" + "320699" + "001" + padded(index / 8 + 1, 3) + padded(index % 8 + 1, 2)
  }

  /// The statistical code of the grid's community.
  static func villageCode(_ index: Int) -> String { "320699001" + padded(index / 8 + 1, 3) }

  /// The name of the grid's community.
  static func villageName(_ index: Int) -> String {
    ["东街", "西街", "南苑", "北苑", "中心", "河滨", "新城", "园区"][index / 8 % 8] + "社区"
  }

  /// The name of a grid, unique in its community.
  static func name(_ index: Int) -> String {
    "第" + ["一", "二", "三", "四", "五", "六", "七", "八"][index % 8] + "网格"
  }

  /// A number with leading zeros.
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
