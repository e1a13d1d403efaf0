import ElementCore
package import ElementFormats

/// Writes a dataset as JSON Schema 2020-12: one record, its values as texts in the form in which they are kept.
package enum JSONSchemaEmitter {
  /// The schema of a record; times are those of `timeZone`, by its name in the time-zone database.
  package static func schema(_ dataset: Dataset, in pack: SchemaPack, timeZone: String) -> JSONValue {
    let shapes = dataset.fields.map { FieldShape($0, of: dataset, in: pack) }
    return .object([
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")), ("$id", .text("urn:yaosu:\(dataset.name)")),
      ("title", .text(dataset.title.zh)), ("description", .text("\(dataset.title.en). \(dataset.source)")),
      ("type", .text("object")),
      ("properties", .object(shapes.map { ($0.field.name, property($0, timeZone)) })),
      ("required", .list(shapes.filter(\.isRequired).map { .text($0.field.name) })), ("additionalProperties", .bool(false)),
    ])
  }

  private static func property(_ shape: FieldShape, _ timeZone: String) -> JSONValue {
    let zone = shape.kind == .dateTime ? " Time of \(timeZone)." : ""
    var members: [(String, JSONValue)] = [
      ("title", .text(shape.field.title)), ("description", .text("\(shape.field.english).\(zone) \(shape.field.source)")),
    ]
    if shape.kind == .integer {
      // A count may be a number or its digits; a code never is a number.
      members.append(("type", .list([.text("integer"), .text("string")])))
      if let minimum = shape.minimum { members.append(("minimum", .integer(minimum))) }
      if let maximum = shape.maximum { members.append(("maximum", .integer(maximum))) }
    } else {
      members.append(("type", .text("string")))
    }
    if shape.field.duty == .key, shape.isRequired, shape.kind != .integer { members.append(("minLength", .integer(1))) }
    if let length = shape.maxLength { members.append(("maxLength", .integer(length))) }
    if let pattern = shape.pattern { members.append(("pattern", .text("^(\(pattern))$"))) }
    if let codes = shape.codes {
      members.append(("oneOf", .list(codes.map { .object([("const", .text($0.code)), ("title", .text($0.label))]) })))
    }
    return .object(members)
  }
}
