package import ElementCore

/// The six dimensions of data quality of GB/T 36344-2018.
package enum QualityDimension: Int, Sendable, CaseIterable {
  /// Whether data are as the standards and the model ask.
  case standardisation = 1
  /// Whether nothing is missing.
  case completeness
  /// Whether data are right.
  case accuracy
  /// Whether data agree with each other.
  case consistency
  /// Whether data are of their day.
  case timeliness
  /// Whether data can be had.
  case accessibility

  /// The name in the standard.
  package var title: LocalizedText {
    switch self {
    case .standardisation: LocalizedText(zh: "规范性", en: "Standardisation")
    case .completeness: LocalizedText(zh: "完整性", en: "Completeness")
    case .accuracy: LocalizedText(zh: "准确性", en: "Accuracy")
    case .consistency: LocalizedText(zh: "一致性", en: "Consistency")
    case .timeliness: LocalizedText(zh: "时效性", en: "Timeliness")
    case .accessibility: LocalizedText(zh: "可访问性", en: "Accessibility")
    }
  }
}

/// A standard whose indicators a site is judged by.
package enum QualityStandard: String, Sendable, CaseIterable {
  /// GB/T 36344-2018, twenty indicators.
  case gbt36344
  /// DB31/T 1523-2024, thirty.
  case db31t1523
}

/// An indicator of GB/T 36344-2018, or a part of one by DB31/T 1523-2024: A ÷ B, whatever it counts; the more the better. No conformance is
/// claimed.
package struct QualityIndicator: Sendable, Hashable {
  /// The code of the standard, such as `0201`; a part has two digits more.
  package let code: String
  /// The name in the standard.
  package let title: LocalizedText
  /// What is counted here: A ÷ B.
  package let counts: LocalizedText

  /// The dimension that it belongs to.
  package var dimension: QualityDimension {
    guard let found = code.utf8.dropFirst().first.flatMap({ QualityDimension(rawValue: Int($0) - 0x30) }) else {
      bug("an indicator without a dimension")
    }
    return found
  }
  /// The indicator that it is a part of, by its code; nil for a whole one.
  package var whole: String? { code.utf8.count > 4 && !isOfDB31 ? String(code.prefix(4)) : nil }
  /// Whether DB31/T 1523-2024 has it and GB/T 36344-2018 has not.
  package var isOfDB31: Bool { code.hasSuffix("00") }
  /// Why nothing can be counted where nothing was.
  package var missing: LocalizedText {
    Self.reasons[code] ?? LocalizedText(zh: "没有这类数据", en: "there are no such data")
  }

  /// What is lacking where an indicator cannot be evaluated.
  private static let reasons: [String: LocalizedText] = [
    "0103": LocalizedText(zh: "期内没有报送", en: "nothing was delivered in the period"),
    "0106": LocalizedText(zh: "期内没有报送", en: "nothing was delivered in the period"),
    "0303": LocalizedText(zh: "期内没有报送", en: "nothing was delivered in the period"),
    "0301": LocalizedText(zh: "没有核查记录（verification）", en: "there are no verifications"),
    "0401": LocalizedText(zh: "没有一人同在两个数据集", en: "nobody stands in two datasets"),
    "040203": LocalizedText(zh: "没有填数目的记录", en: "no record states a number of others"),
    "0503": LocalizedText(zh: "没有带先后步骤的记录", en: "no record has steps in an order"),
    "030600": LocalizedText(zh: "没有声明权威名册", en: "no roster is declared an authority"),
    "050400": LocalizedText(zh: "没有导出的数据包", en: "no package was exported"),
  ]

  private init(_ code: String, _ zh: String, _ en: String, _ counts: (zh: String, en: String)) {
    (self.code, title) = (code, LocalizedText(zh: zh, en: en))
    self.counts = LocalizedText(zh: counts.zh, en: counts.en)
  }

  /// Those that a standard is evaluated by, in its order.
  package static func all(of standard: QualityStandard) -> [QualityIndicator] {
    standard == .db31t1523 ? all : all.filter { !$0.isOfDB31 }
  }

  /// Those of GB/T 36344-2018, in its order, with what DB31/T 1523-2024 has more: parts of two of them, of which the mean is taken, and three
  /// that stand for themselves.
  package static let all: [QualityIndicator] = [
    QualityIndicator("0101", "数据标准", "Data standards", ("以下三项的平均", "the mean of the three that follow")),
    QualityIndicator(
      "010101", "类型约束", "Type", ("类型无误的值 ÷ 有内容的值", "values without a finding about their type ÷ values")),
    QualityIndicator(
      "010102", "格式约束", "Format", ("写法无误的值 ÷ 有内容的值", "values without a finding about their form ÷ values")),
    QualityIndicator(
      "010103", "长度约束", "Length", ("长度无误的值 ÷ 有内容的值", "values without a finding about their length ÷ values")),
    QualityIndicator(
      "0102", "数据模型", "Data model",
      ("行列和主键无误的记录 ÷ 在册与待更正的记录", "records of sound shape and key ÷ stored and waiting records")),
    QualityIndicator(
      "0103", "元数据", "Metadata", ("认得的列 ÷ 有内容的列（期内报送）", "known columns ÷ columns with values, of the period's deliveries")),
    QualityIndicator(
      "0104", "业务规则", "Business rules",
      ("规则成立的（记录，规则）÷ 该栏有内容的（记录，规则）", "(record, rule) pairs that hold ÷ pairs whose field is filled")),
    QualityIndicator(
      "0105", "权威参考数据", "Reference data",
      ("在代码表、区划、编码规则之内的值 ÷ 这类字段的值", "values known in their code set, division table or scheme ÷ values of such fields")),
    QualityIndicator(
      "0106", "安全规范", "Security",
      ("没有按规定不采集的列的报送 ÷ 期内报送", "deliveries without a column that is left out by decision ÷ those of the period")),
    QualityIndicator(
      "0201", "数据元素完整性", "Completeness of elements",
      ("已填的应填项 ÷ 应填项", "required and expected items that are filled ÷ all of them")),
    QualityIndicator(
      "0202", "数据记录完整性", "Completeness of records",
      ("应填项都已填的记录 ÷ 在册与待更正的记录", "records with all of them filled ÷ stored and waiting records")),
    QualityIndicator(
      "0301", "数据内容正确性", "Correctness of content",
      ("核查属实的 ÷ 已核查的", "verifications that found the record right ÷ verifications with a result")),
    QualityIndicator(
      "0302", "数据格式合规性", "Formal validity", ("没有错误的值 ÷ 有内容的值", "values without an error ÷ values")),
    QualityIndicator(
      "0303", "数据重复率（取反）", "Duplicates (1 − rate)",
      ("不重复的行 ÷ 期内读取的行", "rows that are no duplicate ÷ rows read in the period")),
    QualityIndicator(
      "0304", "数据唯一性", "Uniqueness", ("主键独有的记录 ÷ 在册与待更正的记录", "records whose key is theirs alone ÷ stored and waiting records")),
    QualityIndicator(
      "0305", "脏数据出现率（取反）", "Dirty values (1 − rate)",
      ("没有乱码、脱敏、占位、被表格改动的值 ÷ 有内容的值", "values that are not mojibake, masked, placeholders or damaged ÷ values")),
    QualityIndicator(
      "030600", "数据标准参照准确性", "Accuracy by an authority",
      ("与权威名册相符的值 ÷ 比对过的值", "values that agree with a roster declared an authority ÷ values compared")),
    QualityIndicator(
      "0401", "相同数据一致性", "Agreement of the same data",
      ("两处相同的（人，项目）÷ 两处都有的（人，项目）", "items of one person that agree in two datasets ÷ items that both have")),
    QualityIndicator("0402", "关联数据一致性", "Agreement of related data", ("以下四项的平均", "the mean of the four that follow")),
    QualityIndicator(
      "040201", "表内等值", "Equal within a record",
      ("与号码、名称相符的值 ÷ 这类字段的值", "values that agree with a number or a label ÷ values of such fields")),
    QualityIndicator(
      "040202", "表内逻辑", "Logic within a record", ("规则成立的（记录，规则）÷ 该栏有内容的（记录，规则）", "as 0104, of rules over several fields")),
    QualityIndicator(
      "040203", "跨表等值", "Equal across tables", ("数目与名册相符的 ÷ 填了数目的", "numbers that agree with the rows they count ÷ numbers")),
    QualityIndicator(
      "040204", "跨表逻辑", "Logic across tables",
      ("找得到、不冲突的引用和分组 ÷ 引用和分组", "references and groups without a finding ÷ references and groups")),
    QualityIndicator(
      "040300", "数据项与元数据一致", "Items as the metadata say",
      ("现行规则包有的已存列 ÷ 已存列", "stored columns that the schemas in force have ÷ stored columns")),
    QualityIndicator(
      "0501", "基于时间段的正确性", "Dates in their range", ("合理的日期 ÷ 有内容的日期", "dates where they may lie ÷ dates")),
    QualityIndicator(
      "0502", "基于时间点的及时性", "In time",
      ("更新周期（半年）内确认过的记录 ÷ 在册记录", "records confirmed within half a year ÷ stored records")),
    QualityIndicator(
      "0503", "时序性", "Order in time", ("顺序无误的（记录，规则）÷ 有顺序规则的记录", "(record, rule) pairs in order ÷ pairs with a rule of order")),
    QualityIndicator(
      "050400", "授权使用时效", "Used within authorisation",
      ("在审批有效期内的数据包 ÷ 导出的数据包", "packages within the validity of their approvals ÷ packages")),
    QualityIndicator(
      "0601", "可访问", "Reachable", ("检查过的天数 ÷ 应检查的天数（30 日）", "days that were recorded ÷ days due, of thirty")),
    QualityIndicator(
      "0602", "可用性", "Usable", ("在册记录 ÷ 在册与待更正的记录", "stored records ÷ stored and waiting records")),
  ]
}
