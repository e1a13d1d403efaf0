package import ElementCore

/// Which rows of a warehouse are meant, in the one grammar that all commands share: `all`, `area=CODE` or `FIELD=VALUE`.
package enum AreaScope: Sendable, Hashable {
  /// Every row.
  case all
  /// The rows of an area, by its digits: 2 to 20 from the left of the hierarchy from province to grid.
  case area(String)
  /// The rows that hold a value in a field, both as they were written.
  case field(String, value: String)

  private static let areaDigits = 2...20

  /// A scope as it is written; nil for other forms.
  package init?(_ text: String) {
    if text.utf8.elementsEqual("all".utf8) {
      self = .all
      return
    }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    if parts[0].utf8.elementsEqual("area".utf8) {
      guard Self.areaDigits.contains(parts[1].utf8.count), Array(parts[1].utf8).span.isDigits else { return nil }
      self = .area(parts[1])
    } else {
      self = .field(parts[0], value: parts[1])
    }
  }

  /// The scope as it is written.
  package var text: String {
    switch self {
    case .all: "all"
    case .area(let code): "area=\(code)"
    case .field(let name, let value): "\(name)=\(value)"
    }
  }

  /// The field of a dataset, from 0, and the stored value that a scope over a field names; nil for one that names none.
  ///
  /// - Throws: `ScopeError` where the dataset has no such field, its code set no such code or label, or no row of it can reach an area.
  package func condition(in dataset: Dataset, _ pack: SchemaPack) throws(ScopeError) -> (field: Int, value: [UInt8])? {
    if case .area = self, dataset.gridField == nil, dataset.communityFields.isEmpty, dataset.references.isEmpty {
      throw refused(
        zh: "“\(dataset.title.zh)”没有网格，也不引用有网格的记录，不能按区划划定范围",
        en: "\(dataset.name) has no grid and refers to nothing that has one: it has no areas")
    }
    guard case .field(let name, let value) = self else { return nil }
    guard let field = dataset.fieldByHeading[HeaderText.key(name)] else {
      throw refused(
        zh: "“\(dataset.title.zh)”没有字段 \(PrintableText.escape(name))",
        en: "\(dataset.name) has no field \(PrintableText.escape(name))")
    }
    if dataset.fields[field].saysOfPersons, dataset.localNumber?.community != field, dataset.communities?.name != field {
      // What is written on the command line is seen by others.
      throw refused(
        zh: "范围不能按“\(dataset.fields[field].title)”划定：命令行不写个人信息",
        en: "a scope names no person: \(dataset.fields[field].name) is no field for one")
    }
    switch dataset.fields[field].type {
    case .code(let set):
      guard let code = pack.codeSets[set]?.entry(value)?.code else {
        throw refused(
          zh: "“\(dataset.fields[field].title)”没有 \(PrintableText.escape(value)) 这一项",
          en: "\(dataset.fields[field].name) knows no \(PrintableText.escape(value))")
      }
      return (field, Array(code.utf8))
    case .boolean:
      let said = [("是", "1"), ("否", "0")].first { $0.0.utf8.elementsEqual(value.utf8) }
      return (field, Array((said?.1 ?? value).utf8))
    default: return (field, Array(value.utf8))
    }
  }

  private func refused(zh: String, en: String) -> ScopeError {
    ScopeError(scope: text, message: LocalizedText(zh: zh, en: en))
  }
}

/// A scope that a dataset cannot have.
package struct ScopeError: Error, Sendable {
  /// The scope as it was written.
  package let scope: String
  /// Why not.
  package let message: LocalizedText
}

extension Dataset {
  /// The field, from 0, whose grid code says where a record lies; nil where none does.
  package var gridField: Int? { fields.indices.first { fields[$0].type == .gridCode } }

  /// The fields, from 0, that hold the statistical code of the community where a record lies, where its grid code does not say it.
  package var communityFields: [Int] { [localNumber?.scope, communities?.code].compactMap { $0 } }
}

extension SchemaPack {
  /// The dataset whose records are the grids themselves; nil where the pack, as it was read, has none.
  package var gridRoster: Dataset? { datasets.first { $0.isGridRoster } }
}

extension Dataset {
  /// The fields, from 0, of a roster of grids that say where each belongs and of what kind it is; none for another dataset.
  package var gridStructure: [Int] {
    guard isGridRoster else { return [] }
    // Names of fields are ASCII by the pattern that schemas are read by.
    return (parent.map { [$0] } ?? []) + ["gridType", "gridLevel"].compactMap(index)
  }

  /// Whether its records are the grids themselves.
  package var isGridRoster: Bool { gridField.map { key == [$0] } ?? false }
}

extension Field {
  /// Whether its values say of a person what nobody else should read: not codes, areas and flags, which many share.
  fileprivate var saysOfPersons: Bool {
    switch type {
    case .code, .boolean, .divisionCode, .statisticalCode, .gridCode: false
    case .citizenId, .phone, .certNumber, .text(.personName): true
    default: sensitivity == .personal || sensitivity == .sensitive
    }
  }
}
