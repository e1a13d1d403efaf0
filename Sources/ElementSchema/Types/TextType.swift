import ElementCore

/// Texts: free ones, names of people, addresses, and codes without a list.
struct TextType: TypeForm {
  static let names = ["text"]
  static let attributes = ["content", "length", "formerNameOf"]

  /// What the text is.
  let content: TextContent

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType {
    .text(try node.choice("content", TextContent.allCases) ?? .free)
  }

  var mask: MaskKind {
    switch content {
    case .personName: .name
    case .address: .address
    case .free, .code: .other
    }
  }

  var isCode: Bool { content == .code }

  func notation(_ size: FieldSize) -> String { size.length.map { "c..\($0)" } ?? "c" }
}
