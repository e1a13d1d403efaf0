import ElementCore
package import ElementFormats
package import ElementSchema

extension DeliveryOptions {
  /// Refuses a dataset that needs an opt-in with a stated purpose, where there is none.
  ///
  /// - Throws: `InputError` of wrong usage that names the dataset.
  package func admit(_ dataset: Dataset, _ path: String) throws(InputError) {
    guard let reason = dataset.restriction, !allowsRestricted || (purpose ?? "").allSatisfy(\.isWhitespace) else { return }
    throw InputError(
      .usage, path: path,
      message: LocalizedText(
        zh: "是受限数据集“\(dataset.title.zh)”（\(dataset.name)）：\(reason.zh)",
        en: "is of the restricted dataset \(dataset.name): \(reason.en)"),
      hint: LocalizedText(
        zh: "确有法定职责需要时，加 --allow-restricted --purpose \"用途\"，用途会记入批次",
        en: "Where the law asks for it, add --allow-restricted --purpose \"what for\"; the purpose is kept with the batch"))
  }

  /// The version of each code set that has several, as it was declared.
  ///
  /// - Throws: `InputError` of wrong usage that names the versions, where the file has such a column and nothing is declared.
  func versions(of map: HeaderMap, _ path: String) throws(InputError) -> [String: String] {
    var out: [String: String] = [:]
    let columns = map.columnOfField
    for (place, field) in map.dataset.fields.enumerated() where !field.versions.isEmpty && columns[place] != nil {
      guard case .code(let set) = field.type else { continue }
      let declared = codeSets[field.name] ?? codeSets[set] ?? configuration.codeSets[field.name] ?? configuration.codeSets[set]
      guard let declared, field.versions.contains(declared) else {
        throw undeclared(field, set, declared, path)
      }
      out[field.name] = declared
    }
    return out
  }

  private func undeclared(_ field: Field, _ set: String, _ declared: String?, _ path: String) -> InputError {
    let names = field.versions.joined(separator: ", ")
    return InputError(
      .usage, path: path,
      message: LocalizedText(
        zh: declared.map { "“\(field.title)”没有代码表 \($0)" } ?? "“\(field.title)”有几套代码表，同一个代码含义不同，需要声明用的是哪一套",
        en: declared.map { "has no code list \($0) for \(field.name)" }
          ?? "has a column \(field.name), for which several code lists are in use: say which one"),
      hint: LocalizedText(
        zh: "用 --code-set \(field.name)=代码表 指明，或写入 yaosu.yaml 的 codeSets；可用：\(names)（yaosu codes show 可查看）",
        en:
          "Declare it with --code-set \(field.name)=NAME, or under codeSets in yaosu.yaml; there are \(names) (see yaosu codes show)"
      ))
  }

  /// Refuses codes of another version than those that stand in the warehouse: the same code means two things there.
  ///
  /// - Throws: `InputError` of wrong usage that names both versions.
  func refuseMixing(_ input: PreparedInput, _ mappings: [String]) throws(InputError) {
    for (field, version) in input.versions {
      let parts = mappings.flatMap { $0.split(separator: ",") }.filter { $0.utf8.starts(with: "\(field)=".utf8) }
      guard let other = parts.first(where: { !$0.utf8.elementsEqual("\(field)=\(version)".utf8) }) else { continue }
      throw InputError(
        .usage, path: input.survey.original.path,
        message: LocalizedText(
          zh: "用的代码表是 \(version)，台账库中已有的是 \(other.dropFirst(field.utf8.count + 1))，同一个代码含义不同",
          en:
            "uses the code list \(version), and the warehouse holds \(other.dropFirst(field.utf8.count + 1)): one code would mean two things"
        ),
        hint: LocalizedText(zh: "请换成同一套代码，或导入另一个台账库", en: "Convert the codes to one list, or load into another warehouse"))
    }
  }

  /// The name under which a warehouse keeps how far household numbers are unique.
  static let scopeSetting = "householdNumberScope"

  /// Refuses another reach of household numbers than the one that the stored rows are known by.
  ///
  /// - Throws: `InputError` of wrong usage.
  func refuseOtherScope(_ stored: String?) throws(InputError) {
    let wanted = configuration.householdNumberScope.rawValue
    guard let stored, !stored.utf8.elementsEqual(wanted.utf8) else { return }
    throw InputError(
      .usage, path: warehouse ?? "",
      message: LocalizedText(
        zh: "中的户号按 householdNumberScope: \(stored) 登记，本次的设置是 \(wanted)",
        en: "knows household numbers by householdNumberScope: \(stored), and this run by \(wanted)"),
      hint: LocalizedText(
        zh: "请在 yaosu.yaml 中写 householdNumberScope: \(stored)，或把原来的文件导入新的台账库",
        en: "Say householdNumberScope: \(stored) in yaosu.yaml, or load the original files into a new warehouse"))
  }
}
