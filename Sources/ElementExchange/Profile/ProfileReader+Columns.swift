import ElementCore
import ElementExpression
import ElementSchema

extension ProfileReader {
  private static let columnKeys = [
    "name", "field", "fields", "join", "constant", "value", "codes", "labels", "without", "merges", "date", "time", "flag",
    "steps", "required", "length", "pattern", "values", "words",
  ]

  /// A column of a target.
  func column(_ node: YAMLNode, _ dataset: Dataset) throws(SchemaError) -> ProfileColumn {
    try node.allow(Self.columnKeys)
    let source = try source(node, dataset)
    var field: Field?
    if case .field(let place) = source { field = dataset.fields[place] }
    let steps = try node.optional("steps")?.list() ?? []
    var pattern: BytePattern?
    if let written = try node.optional("pattern") { pattern = try self.pattern(written) }
    var words = (kept: Array("I".utf8), deleted: Array("D".utf8))
    if let written = try node.optional("words") {
      try written.allow(["kept", "deleted"])
      words = (Array(try written.required("kept").text().utf8), Array(try written.required("deleted").text().utf8))
    }
    var read: [ColumnStep] = []
    for step in steps { read.append(try self.step(step, field)) }
    return ProfileColumn(
      name: try node.required("name").text(), source: source, form: try form(node, field),
      steps: read, isRequired: try node.optional("required")?.flag() ?? false,
      length: try node.optional("length").map { (node) throws(SchemaError) in try positive(node) }, pattern: pattern,
      values: Set(try node.optional("values")?.texts().map { Array($0.utf8) } ?? []), isNumber: field?.type == .integer,
      operationWords: words)
  }

  private func pattern(_ node: YAMLNode) throws(SchemaError) -> BytePattern {
    do {
      return try BytePattern(try node.text())
    } catch let error as ExpressionError {
      throw node.error(zh: error.message.zh, en: error.message.en)
    } catch let error as SchemaError {
      throw error
    } catch {
      bug("a pattern is refused otherwise")
    }
  }

  private func source(_ node: YAMLNode, _ dataset: Dataset) throws(SchemaError) -> ProfileColumn.Source {
    var given: [String] = []
    for key in ["field", "fields", "constant", "value"] where try node.optional(key) != nil { given.append(key) }
    guard given.count == 1 else {
      throw node.error(
        zh: "一列的来源写 field、fields、constant、value 之一", en: "a column takes one of field, fields, constant, value")
    }
    if let field = try node.optional("field") { return .field(try place(field, dataset)) }
    if let fields = try node.optional("fields") {
      var places: [Int] = []
      for field in try fields.list() { places.append(try place(field, dataset)) }
      return .joined(places, separator: Array(try node.optional("join")?.text().utf8 ?? "".utf8))
    }
    if let constant = try node.optional("constant") { return .constant(Array(try constant.text().utf8)) }
    return .stamp(try required(node, "value", ProfileColumn.Stamp.allCases))
  }

  /// The place of a field that a node names, from 0.
  func place(_ node: YAMLNode, _ dataset: Dataset) throws(SchemaError) -> Int {
    let name = try node.text()
    if let place = dataset.index(of: name) { return place }
    let near = NearMiss.best(for: name, among: dataset.fields) { [$0.name, $0.title] }?.name
    throw node.error(
      zh: "\(dataset.name) 没有字段 \(name)" + (near.map { "，是否为 \($0)" } ?? ""),
      en: "\(dataset.name) has no field \(name)" + (near.map { "; did you mean \($0)" } ?? ""))
  }

  private func form(_ node: YAMLNode, _ field: Field?) throws(SchemaError) -> ProfileColumn.Form {
    if let codes = try node.optional("codes") { return .codes(try mapping(codes, node, field)) }
    if try node.optional("labels")?.flag() == true { return .codes(try labels(node, field)) }
    if let date = try node.optional("date") { return .date(try style(date, try node.optional("time"), field)) }
    if let flag = try node.optional("flag") {
      let words = try flag.texts()
      guard words.count == 2, field?.type == .boolean else {
        throw flag.error(zh: "flag 写两个词（是、否），用于布尔字段", en: "flag is two words, for yes and for no, of a boolean field")
      }
      return .flag(yes: Array(words[0].utf8), no: Array(words[1].utf8))
    }
    return .stored
  }

  /// The entries of the field's code set that records may hold.
  private func entries(_ node: YAMLNode, _ field: Field?) throws(SchemaError) -> [CodeEntry] {
    guard let field, case .code(let set) = field.type else {
      throw node.error(zh: "只有代码字段可以用代码对照", en: "only a field of a code set has codes to map")
    }
    return pack.table(set).only(field.values).entries
  }

  /// A mapping that is whole: each code has a value or is named under `without`, and none of two codes have one value, unless
  /// the profile says that it merges them.
  private func mapping(_ codes: YAMLNode, _ column: YAMLNode, _ field: Field?) throws(SchemaError) -> CodeMapping {
    let entries = try entries(codes, field)
    let known = Set(entries.map { Array($0.code.utf8) })
    var (pairs, mapped): ([(code: String, value: String)], Set<[UInt8]>) = ([], [])
    var taken: [[UInt8]: String] = [:]
    let merges = try column.optional("merges")?.flag() ?? false
    for pair in try codes.pairs() {
      let (code, value) = (try pair.key.text(), try pair.value.text())
      guard known.contains(Array(code.utf8)) else {
        throw pair.key.error(zh: "代码集没有 \(code)", en: "the code set has no \(code)")
      }
      if let other = taken.updateValue(code, forKey: Array(value.utf8)), !merges {
        throw pair.value.error(
          zh: "\(other) 与 \(code) 都写成 \(value)，对方的回执无法对回；确需合并请写 merges: true",
          en: "\(other) and \(code) are both written \(value), which cannot be read back; say merges: true where that is meant")
      }
      mapped.insert(Array(code.utf8))
      pairs.append((code, value))
    }
    for code in try column.optional("without")?.texts() ?? [] { mapped.insert(Array(code.utf8)) }
    let missing = entries.filter { !mapped.contains(Array($0.code.utf8)) }
    if !missing.isEmpty {
      let names = missing.prefix(8).map { "\($0.code) \($0.label)" }.joined(separator: "、") + (missing.count > 8 ? "……" : "")
      throw codes.error(
        zh: "代码对照不全，还缺 \(missing.count) 个：\(names)；补上，或列入 without（含这些代码的记录留下不发）",
        en: "\(missing.count) codes are not mapped: \(names); map them, or name them under without: their records stay behind")
    }
    return CodeMapping(pairs)
  }

  private func labels(_ column: YAMLNode, _ field: Field?) throws(SchemaError) -> CodeMapping {
    CodeMapping(try entries(column, field).map { ($0.code, $0.label) })
  }

  private func style(_ node: YAMLNode, _ time: YAMLNode?, _ field: Field?) throws(SchemaError) -> DateStyle {
    let text = try node.text()
    guard let style = DateStyle(text, time: try time?.text()) else {
      throw node.error(zh: "日期样式如 yyyy-MM-dd、yyyyMMddHHmmss", en: "a style of dates is such as yyyy-MM-dd or yyyyMMddHHmmss")
    }
    guard let field, field.type.isDate else {
      throw node.error(zh: "只有日期字段可以用 date", en: "only a field of days or times takes date")
    }
    if style.showsTime, field.type == .date, time == nil {
      throw node.error(
        zh: "该字段只有日期：样式含时间时须用 time 写明补什么，如 00:00:00",
        en: "the field holds days: with a time in the style, say in time what stands for it, such as 00:00:00")
    }
    return style
  }

  private func step(_ node: YAMLNode, _ field: Field?) throws(SchemaError) -> ColumnStep {
    if node.isScalar {
      switch try node.text() {
      case "trim": return .trim
      case "upper": return .upper
      case "mask": return .mask(field?.type.maskKind ?? .other)
      case "pseudonym": return .pseudonym
      default: throw unknown(node)
      }
    }
    if let pad = try node.optional("pad") {
      try pad.allow(["length", "with", "before"])
      let filler = Array(try pad.required("with").text().utf8)
      guard filler.count == 1 else { throw pad.error(zh: "with 应为一个 ASCII 字符", en: "with is one ASCII character") }
      return .pad(
        length: try positive(try pad.required("length")), with: filler[0], before: try pad.optional("before")?.flag() ?? true)
    }
    if let part = try node.optional("part") {
      try part.allow(["from", "length"])
      return .part(from: try positive(try part.required("from")), length: try positive(try part.required("length")))
    }
    if let split = try node.optional("split") {
      try split.allow(["by", "piece"])
      let mark = Array(try split.required("by").text().utf8)
      if mark.isEmpty { throw split.error(zh: "by 不能为空", en: "by must say something") }
      return .split(by: mark, piece: try positive(try split.required("piece")))
    }
    throw unknown(node)
  }

  private func unknown(_ node: YAMLNode) -> SchemaError {
    node.error(
      zh: "步骤可用 trim、upper、mask、pseudonym、pad、part、split", en: "a step is trim, upper, mask, pseudonym, pad, part or split")
  }
}
