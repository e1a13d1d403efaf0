import ElementCore
import ElementRules
import ElementSchema

/// What references need to know of the rows they name.
enum ReferenceTargets {
  /// A field of a dataset that references name, with what else they accept.
  struct Want: Hashable {
    let dataset: String
    let field: String
    /// Fields whose values are accepted as names.
    let nameFields: [String]
    /// The field that says in what a name is unique.
    let within: String?
    /// The field that says where the field's number was given; nil where it needs none.
    let scope: String?

    /// The fields of a stored row: the field, within or the scope, then names.
    var fields: [String] { [field, within ?? scope ?? field] + nameFields }

    /// Adds a record of the dataset to an index.
    func add(
      _ checked: CheckedBatch, _ record: Int, _ dataset: Dataset, _ scheme: GridCodeScheme, to index: inout ReferenceIndex
    ) {
      guard let place = dataset.index(of: field) else { return }
      if let scope = scope.flatMap(dataset.index) {
        index.add(number: checked.value(record, place).span, scope: checked.value(record, scope).span)
      } else if nameFields.isEmpty {
        index.add(key: checked.value(record, place).span)
      } else {
        let values = fields.map { name in dataset.index(of: name).map { Array(checked.value(record, $0)) } ?? [] }
        index.add(target(values, scheme, keyIsGrid: dataset.fields[place].type == .gridCode))
      }
    }

    /// Adds a stored row to an index: `values` in the order of `fields`.
    func add(stored values: [[UInt8]], _ dataset: Dataset, _ scheme: GridCodeScheme, to index: inout ReferenceIndex) {
      let key = values[0]
      if scope != nil {
        let given = values[1]
        return index.add(number: key.span, scope: given.span)
      }
      if nameFields.isEmpty { return index.add(key: key.span) }
      let keyIsGrid = dataset.index(of: field).map { dataset.fields[$0].type == .gridCode } ?? false
      index.add(target(values, scheme, keyIsGrid: keyIsGrid))
    }

    private func target(_ values: [[UInt8]], _ scheme: GridCodeScheme, keyIsGrid: Bool) -> ReferenceIndex.Target {
      let texts = values.map { String(escapingInvalid: $0.span) }
      let area = keyIsGrid ? String(validUTF8: scheme.area(of: values[0]).span) ?? "" : ""
      return ReferenceIndex.Target(key: texts[0], names: Array(texts.dropFirst(2)), within: texts[1], area: area)
    }
  }

  /// What a reference wants of each of its targets.
  static func wants(_ reference: Reference, _ pack: SchemaPack) -> [Want] {
    reference.targets.map { name in
      let target = pack.dataset(name)
      let scope = target.flatMap { target in target.index(of: reference.targetField).flatMap(target.scope) }
      return Want(
        dataset: name, field: reference.targetField, nameFields: reference.nameFields, within: reference.within,
        scope: target.flatMap { target in scope.map { target.fields[$0].name } })
    }
  }
}
