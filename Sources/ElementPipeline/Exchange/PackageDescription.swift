import ElementCore
import ElementExchange
import ElementFormats
import ElementSchema

/// The files of a package that describe its data files: XML Schemas, JSON Schemas, or a data package.
struct PackageDescription {
  /// The name of the file that describes a data package.
  static let dataPackage = "datapackage.json"
  private let profile: ExportProfile
  private let pack: SchemaPack

  /// The descriptions of packages of a profile.
  init(_ profile: ExportProfile, _ pack: SchemaPack) { (self.profile, self.pack) = (profile, pack) }

  /// The names and texts of the descriptions of some data files.
  func files(_ files: [PackageManifest.File]) -> [(name: String, text: String)] {
    switch profile.layout.envelope {
    case .none: return []
    case .datapackage: return [(Self.dataPackage, dataPackage(files).pretty + "\n")]
    case .gridDataPackage:
      let parts = files.reduce(into: [(PackageManifest.File, ProfileDataset)]()) { found, file in
        guard !found.contains(where: { $0.0.dataset == file.dataset && $0.0.kind == file.kind }),
          let part = profile.datasets.first(where: { $0.dataset.name == file.dataset })
        else { return }
        found.append((file, file.kind == "deletions" ? part.only(columns: part.keyColumns) : part))
      }
      return parts.map { file, part in
        let stem = "schema/\(part.dataset.name)-\(file.kind)"
        return profile.layout.format == .xml
          ? (stem + ".xsd", xsd(part)) : (stem + ".schema.json", jsonSchema(part).pretty + "\n")
      }
    }
  }

  // MARK: gridDataPackage

  private static let header = [
    "formatVersion", "packageId", "senderCode", "receiverProfile", "createdAt", "dataset", "content", "codeSets",
  ]

  /// XML Schema 1.0 of a file. Emptied values are a word, so all are texts; what the columns demand beside is in it.
  private func xsd(_ part: ProfileDataset) -> String {
    let columns = part.columns.map { column in
      let facets = column.length.map { "<xs:restriction base=\"xs:string\"><xs:maxLength value=\"\($0)\"/></xs:restriction>" }
      let type = facets.map { "><xs:simpleType>\($0)</xs:simpleType></xs:element>" } ?? " type=\"xs:string\"/>"
      return "          <xs:element name=\"\(MarkupText.escape(column.name))\"\(type)\n"
    }
    func texts(_ names: [String]) -> String {
      names.map { "        <xs:element name=\"\(MarkupText.escape($0))\" type=\"xs:string\"/>\n" }.joined()
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
        <xs:element name="gridDataPackage"><xs:complexType><xs:sequence>
          <xs:element name="header"><xs:complexType><xs:sequence>
      \(texts(Self.header + profile.header.map(\.name)))    </xs:sequence></xs:complexType></xs:element>
          <xs:element name="records"><xs:complexType><xs:sequence>
            <xs:element name="record" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      \(columns.joined())      </xs:sequence></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name="footer"><xs:complexType><xs:sequence>
            <xs:element name="recordCount" type="xs:nonNegativeInteger"/>
          </xs:sequence></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
      </xs:schema>

      """
  }

  /// JSON Schema 2020-12 of a file.
  private func jsonSchema(_ part: ProfileDataset) -> JSONValue {
    func object(_ members: [(String, JSONValue)]) -> JSONValue {
      .object([
        ("type", .text("object")), ("properties", .object(members)), ("required", .list(members.map { .text($0.0) })),
        ("additionalProperties", .bool(false)),
      ])
    }
    let text = JSONValue.object([("type", .text("string"))])
    let columns = part.columns.map { column in
      (column.name, column.length.map { JSONValue.object([("type", .text("string")), ("maxLength", .integer($0))]) } ?? text)
    }
    let members = [
      ("header", object((Self.header + profile.header.map(\.name)).map { ($0, text) })),
      ("records", .object([("type", .text("array")), ("items", object(columns))])),
      ("recordCount", .object([("type", .text("integer"))])),
    ]
    return .object(
      [
        ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
        ("title", .text(part.dataset.title.zh)), ("description", .text(part.dataset.title.en)),
      ] + [
        ("type", .text("object")), ("properties", .object(members)), ("required", .list(members.map { .text($0.0) })),
        ("additionalProperties", .bool(false)),
      ])
  }

  // MARK: Data Package

  private func dataPackage(_ files: [PackageManifest.File]) -> JSONValue {
    func schema(_ part: ProfileDataset) -> JSONValue {
      let columns = part.columns.map { column -> (name: String, field: Int?) in
        if case .field(let place) = column.source, case .stored = column.form, column.steps.isEmpty {
          return (column.name, place)
        }
        return (column.name, nil)
      }
      return TableSchemaEmitter.schema(part.dataset, columns: columns, in: pack)
    }
    let resources = files.compactMap { file -> JSONValue? in
      guard let part = profile.datasets.first(where: { $0.dataset.name == file.dataset }) else { return nil }
      let stem = file.name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
      return .object([
        ("name", .text(String(stem))), ("path", .text(file.name)), ("title", .text(part.dataset.title.zh)),
        ("description", .text(part.dataset.title.en)), ("type", .text("table")), ("format", .text("csv")),
        ("mediatype", .text("text/csv")), ("encoding", .text("utf-8")), ("bytes", .integer(file.bytes)),
        ("hash", .text("sha256:" + file.sha256)), ("schema", schema(part)),
      ])
    }
    return .object([
      ("$schema", .text("https://datapackage.org/profiles/2.0/datapackage.json")), ("name", .text(profile.name)),
      ("title", .text(profile.title.zh)), ("description", .text(profile.title.en)), ("resources", .list(resources)),
    ])
  }
}
