import ElementCore

/// Writes a dataset as XML Schema 1.0: `records` of `record` elements whose fields stand in the order of the dataset.
package enum XSDEmitter {
  /// The text of a schema document that validates files of such records.
  package static func schema(_ dataset: Dataset, in pack: SchemaPack) -> String {
    let shapes = dataset.fields.map { FieldShape($0, of: dataset, in: pack) }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
        <xs:element name="records">
          <xs:annotation><xs:documentation>\(MarkupText.escape("\(dataset.title.zh) \(dataset.title.en). \(dataset.source)"))</xs:documentation></xs:annotation>
          <xs:complexType>
            <xs:sequence>
              <xs:element name="record" type="record" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
          </xs:complexType>
        </xs:element>
        <xs:complexType name="record">
          <xs:sequence>
      \(shapes.map(element).joined())    </xs:sequence>
        </xs:complexType>
      </xs:schema>

      """
  }

  private static func element(_ shape: FieldShape) -> String {
    let occurrence = shape.isRequired ? "" : " minOccurs=\"0\""
    return """
            <xs:element name="\(shape.field.name)"\(occurrence)>
              <xs:annotation><xs:documentation>\(MarkupText.escape("\(shape.field.title) \(shape.field.english)"))</xs:documentation></xs:annotation>
              <xs:simpleType>
                <xs:restriction base="xs:\(base(shape))">\(facets(shape).joined())</xs:restriction>
              </xs:simpleType>
            </xs:element>

      """
  }

  private static func base(_ shape: FieldShape) -> String {
    switch shape.kind {
    case .integer: "integer"
    case .decimal: "decimal"
    case .date: "date"
    case .text, .boolean, .dateTime: "string"
    }
  }

  private static func facets(_ shape: FieldShape) -> [String] {
    var out: [String] = []
    if shape.kind == .text || shape.kind == .boolean || shape.kind == .dateTime {
      if shape.isRequired, shape.codes == nil { out.append("<xs:minLength value=\"1\"/>") }
      if let length = shape.maxLength, shape.codes == nil { out.append("<xs:maxLength value=\"\(length)\"/>") }
      if let pattern = shape.pattern { out.append("<xs:pattern value=\"\(MarkupText.escape(pattern))\"/>") }
      out += (shape.codes ?? []).map { "<xs:enumeration value=\"\(MarkupText.escape($0.code))\"/>" }
    }
    if shape.kind == .integer {
      if let minimum = shape.minimum { out.append("<xs:minInclusive value=\"\(minimum)\"/>") }
      if let maximum = shape.maximum { out.append("<xs:maxInclusive value=\"\(maximum)\"/>") }
    }
    return out
  }
}
