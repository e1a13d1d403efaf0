package import ElementFormats
import ElementSchema

/// A package that is made by itself, as `exports:` of a configuration asks for it.
package struct NightExport: Sendable, Hashable {
  /// The profile by its name, or a file.
  package let profile: String
  /// The recipient by its name in the register; nil where the profile leaves no choice.
  package let recipient: String?
  /// After how many days the next one is due.
  package let days: Int
  /// The format, where the profile has several; nil for its usual one.
  package let format: WrittenFormat?
  /// Whether it is one ZIP archive instead of a folder.
  package let isArchive: Bool
  /// The key that it is signed with; nil for no signature.
  package let sign: String?

  /// The key file of pseudonyms; nil where none is named.
  package let pseudonymKey: String?

  /// What messages call it: the profile, and the recipient where one is named.
  var subject: String { recipient.map { "\(profile) → \($0)" } ?? profile }

  /// What a configuration asks for; paths start from the folder that it stands in.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  init(_ node: YAMLNode, below folder: String) throws(SchemaError) {
    try node.allow(["profile", "recipient", "days", "format", "archive", "sign", "pseudonymKey"])
    profile = try node.required("profile").text()
    recipient = try node.optional("recipient")?.text()
    isArchive = try node.optional("archive")?.flag() ?? false
    format = try node.choice("format", WrittenFormat.allCases)
    pseudonymKey = try node.optional("pseudonymKey")?.text().below(folder)
    sign = try node.optional("sign")?.text().below(folder)
    if let written = try node.optional("days") {
      days = try written.integer()
      if days < 1 { throw written.error(zh: "days 应为 1 天以上", en: "days is 1 or more") }
    } else {
      days = 1
    }
  }
}

extension String {
  /// The path as it is from a folder on.
  func below(_ folder: String) -> String { hasPrefix("/") || folder.isEmpty ? self : folder + "/" + self }
}
