package import ElementCore
package import ElementSchema

/// A dataset for people: its fields, one a line, and its rules.
package struct SchemaPage {
  private let dataset: Dataset
  private let language: Language
  private let timeZone: String

  /// The page of a dataset in one language; times are those of `timeZone`, by its name in the time-zone database.
  package init(_ dataset: Dataset, language: Language, timeZone: String) {
    self.dataset = dataset
    self.timeZone = timeZone
    self.language = language
  }

  /// The page of a form that mixes kinds: which words in which column lead where.
  package static func text(_ form: Form, _ language: Language) -> String {
    var out = "\(form.name)  \(form.title.zh)  \(form.title.en)\n\(form.source)\n\n"
    out += form.headings.joined(separator: " | ") + "\n"
    for entry in form.kinds.entries {
      out += "  \(([entry.label] + entry.aliases).joined(separator: "、")) → \(entry.code)\n"
    }
    return out
  }

  /// The page as text.
  package var text: String {
    var out = "\(dataset.name)  \(dataset.title.zh)  \(dataset.title.en)\n\(dataset.source)\n\n"
    for field in dataset.fields {
      out +=
        [field.name, field.title(language), type(field), field.duty.rawValue, field.sensitivity.rawValue, field.confidence]
        .joined(separator: "  ") + "\n"
      if !field.aliases.isEmpty { out += "    = \(field.aliases.joined(separator: "、"))\n" }
    }
    for reference in dataset.references {
      out +=
        "\n\(dataset.fields[reference.field].name) → \(reference.targets.joined(separator: " | ")).\(reference.targetField)\n"
    }
    if !dataset.rules.isEmpty { out += "\n" }
    for rule in dataset.rules { out += "\(rule.descriptor.code)  \(rule.descriptor.title[language])\n" }
    return out
  }

  private func type(_ field: Field) -> String {
    var text = field.type.name
    if case .code(let set) = field.type { text += "(\(set))" }
    if let length = field.length {
      text += "(..\(length))"
    } else if field.type == .dateTime {
      text += "(\(timeZone))"
    } else if let digits = field.digits {
      text += "(\(digits)" + (field.scale.map { ",\($0)" } ?? "") + ")"
    }
    return text
  }
}
