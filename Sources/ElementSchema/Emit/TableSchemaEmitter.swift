import ElementCore
package import ElementFormats

/// Writes a dataset as a Frictionless Table Schema: the columns of a CSV file named by identifier.
package enum TableSchemaEmitter {
  /// The schema of a table.
  package static func schema(_ dataset: Dataset, in pack: SchemaPack) -> JSONValue {
    let shapes = dataset.fields.map { FieldShape($0, of: dataset, in: pack) }
    var members: [(String, JSONValue)] = [
      ("title", .text(dataset.title.zh)),
      ("description", .text("\(dataset.title.en). \(dataset.source)")), ("fields", .list(shapes.map { field($0) })),
      ("missingValues", .list([.text("")])),
    ]
    // A key that may come later, or of which a part may be empty, is no primary key.
    if dataset.interim == nil, !dataset.key.contains(where: dataset.mayBeEmpty) {
      members.append(("primaryKey", .list(dataset.key.map { .text(dataset.fields[$0].name) })))
    }
    return .object(members)
  }

  /// The schema of a table that has some columns of a dataset under other names: a column without a field holds texts.
  package static func schema(
    _ dataset: Dataset, columns: [(name: String, field: Int?)], in pack: SchemaPack
  ) -> JSONValue {
    let fields = columns.map { column in
      guard let place = column.field else {
        return JSONValue.object([("name", .text(column.name)), ("type", .text("string"))])
      }
      return field(FieldShape(dataset.fields[place], of: dataset, in: pack), name: column.name)
    }
    var members: [(String, JSONValue)] = [("fields", .list(fields)), ("missingValues", .list([.text("")]))]
    let key = dataset.key.compactMap { place in columns.first { $0.field == place }?.name }
    if dataset.interim == nil, !dataset.key.contains(where: dataset.mayBeEmpty), key.count == dataset.key.count {
      members.append(("primaryKey", .list(key.map { .text($0) })))
    }
    return .object(members)
  }

  private static func field(_ shape: FieldShape, name: String? = nil) -> JSONValue {
    var constraints: [(String, JSONValue)] = []
    if shape.isRequired { constraints.append(("required", .bool(true))) }
    if let length = shape.maxLength { constraints.append(("maxLength", .integer(length))) }
    if let codes = shape.codes {
      constraints.append(("enum", .list(codes.map { .text($0.code) })))
    } else if shape.kind == .text || shape.kind == .dateTime, let pattern = shape.pattern {
      constraints.append(("pattern", .text("(\(pattern))")))
    }
    if shape.kind == .integer, let minimum = shape.minimum { constraints.append(("minimum", .integer(minimum))) }
    if shape.kind == .integer, let maximum = shape.maximum { constraints.append(("maximum", .integer(maximum))) }
    return .object(
      [
        ("name", .text(name ?? shape.field.name)), ("title", .text(shape.field.title)),
        ("description", .text(shape.field.english)),
      ] + type(shape.kind) + (constraints.isEmpty ? [] : [("constraints", .object(constraints))]))
  }

  private static func type(_ kind: ValueKind) -> [(String, JSONValue)] {
    switch kind {
    case .integer: [("type", .text("integer"))]
    case .decimal: [("type", .text("number"))]
    case .boolean:
      [("type", .text("boolean")), ("trueValues", .list([.text("1")])), ("falseValues", .list([.text("0")]))]
    case .date: [("type", .text("date"))]
    // The time of the day may be missing, which no format of the language says.
    case .text, .dateTime: [("type", .text("string"))]
    }
  }
}
