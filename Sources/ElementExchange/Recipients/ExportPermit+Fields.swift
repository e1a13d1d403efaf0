import ElementCore
import ElementSchema

extension ExportPermit {
  /// Refuses names of fields in the register that their dataset does not have: a slip would keep a field back in silence.
  static func confirmNames(
    _ parts: [ProfileDataset], _ entry: RecipientEntry, _ register: RecipientRegister
  ) throws(ExportRefusal) {
    for part in parts {
      let named = entry.fields.first { $0.dataset.utf8.elementsEqual(part.dataset.name.utf8) }?.fields ?? []
      guard let unknown = named.first(where: { part.dataset.index(of: $0) == nil }) else { continue }
      throw ExportRefusal(
        register.path,
        message: LocalizedText(
          zh: "接收方 \(entry.name) 登记了 \(part.dataset.name) 没有的字段 \(unknown)",
          en: "names \(unknown) for \(entry.name), which \(part.dataset.name) does not have"),
        hint: LocalizedText(zh: "更正 fields 下的字段名", en: "Correct the name under fields"))
    }
  }

  /// Refuses conditions over fields that the recipient may not have: who stands in a file would say what they say.
  static func confirmConditions(
    _ parts: [ProfileDataset], _ entry: RecipientEntry, _ register: RecipientRegister
  ) throws(ExportRefusal) {
    for part in parts {
      for place in part.conditionFields {
        let field = part.dataset.fields[place]
        if entry.admits(field.name, of: part.dataset.name, isSensitive: field.sensitivity == .sensitive) { continue }
        throw ExportRefusal(
          register.path,
          message: LocalizedText(
            zh: "方案的条件用到接收方 \(entry.name) 没有登记的字段 \(field.name)",
            en: "does not let \(entry.name) have \(field.name), which a condition of the profile asks for"),
          hint: LocalizedText(zh: "登记该字段，或从 where 和 rules 中去掉", en: "Enter the field, or take it out of where and rules"))
      }
    }
  }

  /// The profile whose columns show what the recipient may have, and nothing else.
  static func restricted(
    _ profile: ExportProfile, _ entry: RecipientEntry, _ register: RecipientRegister
  ) throws(ExportRefusal) -> (ExportProfile, [(dataset: String, field: String)]) {
    // What the register does not name at all is left out whole.
    func isNamed(_ dataset: Dataset) -> Bool { entry.fields.contains { $0.dataset.utf8.elementsEqual(dataset.name.utf8) } }
    // Of a dataset in which standing says something sensitive, or that needs an opt-in, each field is named.
    func admits(_ dataset: Dataset, _ place: Int) -> Bool {
      let field = dataset.fields[place]
      let isSensitive = field.sensitivity == .sensitive || dataset.isSensitive || dataset.restriction != nil
      return entry.admits(field.name, of: dataset.name, isSensitive: isSensitive)
    }
    let own = profile.datasets.filter { isNamed($0.dataset) }.map { $0.drawing(from: isNamed, admits) }
    var withheld: [(dataset: String, field: String)] = profile.datasets.map(\.dataset.name).filter { name in
      !own.contains { $0.dataset.name == name }
    }.map { ($0, "*") }
    if own.isEmpty {
      throw ExportRefusal(
        register.path,
        message: LocalizedText(
          zh: "接收方 \(entry.name) 没有登记方案 \(profile.name) 的任何数据集",
          en: "does not let \(entry.name) have any dataset of \(profile.name)"),
        hint: LocalizedText(zh: "在 fields 下登记数据集和字段", en: "Enter datasets and fields under fields"))
    }
    let datasets = own.map { part in
      let hidden = part.shownFields.filter { !admits(part.dataset, $0) }
      withheld += hidden.map { (part.dataset.name, part.dataset.fields[$0].name) }
      return part.withholding(Set(hidden))
    }
    try confirmNames(own, entry, register)
    try confirmConditions(own, entry, register)
    // Golden records are known by whose they are.
    for part in own where part.entity != .golden {
      for field in part.dataset.key where part.shownFields.contains(field) {
        let name = part.dataset.fields[field].name
        let isHidden = withheld.contains { $0.dataset == part.dataset.name && $0.field == name }
        if isHidden, part.aggregate == nil {
          throw ExportRefusal(
            register.path,
            message: LocalizedText(
              zh: "接收方 \(entry.name) 没有登记 \(part.dataset.name) 的主键字段 \(name)",
              en: "does not let \(entry.name) have \(name), the key of \(part.dataset.name)"),
            hint: LocalizedText(zh: "登记该字段，或换一个方案", en: "Enter the field, or choose another profile"))
        }
      }
    }
    return (profile.with(datasets), withheld)
  }
}
