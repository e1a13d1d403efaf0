import Crypto
import ElementCore
import ElementExpression
import ElementFormats
import ElementSchema
import ElementWarehouse

/// What rules are, by digests: over their texts, how they are written, the attributes of their field, and the lists that it looks at. Of a
/// built-in rule the version of the program is part of it, for its code may have changed with that.
struct RuleDigests: Sendable {
  private let pack: SchemaPack
  private let book: RuleBook
  private let toolVersion: String
  private let lists: [String: String]

  /// The digests of the rules of a pack.
  init(_ pack: SchemaPack, _ book: RuleBook, toolVersion: String) {
    (self.pack, self.book, self.toolVersion) = (pack, book, toolVersion)
    lists = pack.codeSets.mapValues { table in
      var hash = SHA256()
      for entry in table.entries { RuleDigests.add("\(entry)", to: &hash) }
      return Hexadecimal.text(Array(hash.finalize()))
    }
  }

  /// The digest of what judges findings of a kind; 32 hexadecimal digits.
  func digest(_ kind: FindingKind) -> String {
    var hash = SHA256()
    func add(_ text: String) { RuleDigests.add(text, to: &hash) }
    add(kind.code.description)
    if let rule = book[kind.code] {
      for text in [rule.title, rule.message, rule.rationale, rule.fix] { add(text.zh + "\u{1F}" + text.en) }
      add(rule.severity.rawValue)
      add(rule.source)
    }
    if let dataset = pack.dataset(kind.dataset) {
      let written = RuleDigests.written(kind.code, dataset)
      if written.isEmpty { add(toolVersion) }
      written.forEach(add)
      if let field = dataset.fields.first(where: { $0.name.utf8.elementsEqual(kind.field.utf8) }) {
        add("\(field.type)")
        // How it is headed, kept or shown is no part of what is asked of values.
        for (key, value) in field.settings where !["aliases", "survivor", "sensitivity", "clearing"].contains(key) {
          add("\(key)=\(value)")
        }
        for name in RuleDigests.lists(of: field.type) + field.versions { add(lists[name] ?? "") }
      }
    }
    return String(Hexadecimal.text(Array(hash.finalize())).prefix(32))
  }

  private static func add(_ text: String, to hash: inout SHA256) { hash.update(data: Array("\(text.utf8.count):\(text)".utf8)) }

  /// How a dataset writes a rule; nothing for a rule that is built in.
  private static func written(_ code: RuleCode, _ dataset: Dataset) -> [String] {
    func names(_ fields: [Int]) -> String { fields.map { dataset.fields[$0].name }.joined(separator: ",") }
    func number(_ value: Int?) -> String { value.map(String.init) ?? "" }
    return dataset.rules.filter { $0.descriptor.code == code }.map {
      "\(names([$0.field])) \($0.condition?.source ?? "") \($0.assertion.source)"
    }
      + dataset.groups.filter { $0.code == code && $0.descriptor != nil }.map {
        "\(names($0.by)) \($0.condition.source) \($0.exception?.source ?? "") \(number($0.most)) \(number($0.least))"
      }
      + dataset.sequences.filter { $0.descriptor.code == code }.map {
        "\(names($0.by)) \(names([$0.order, $0.last, $0.next])) \($0.relation) \(number($0.plus)) \($0.condition?.source ?? "") \($0.isAdjacent)"
      }
      + dataset.totals.filter { $0.descriptor.code == code }.map {
        "\(names([$0.field])) \($0.datasets) \($0.by) \($0.distinct) \($0.only) \($0.without) \($0.measure) \($0.emptyIsNone)"
      }
  }

  /// The lists that values of a type are looked up in.
  private static func lists(of type: FieldType) -> [String] {
    switch type {
    case .code(let set): [set]
    case .citizenId, .certNumber: ["division", "nationality"]
    case .divisionCode, .statisticalCode, .gridCode, .identifier: ["division", "statisticalDivision"]
    case .text, .integer, .decimal, .boolean, .date, .dateTime, .coordinate, .phone: []
    }
  }
}
