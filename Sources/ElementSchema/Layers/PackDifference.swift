import ElementCore
import ElementExpression

/// What two packs say differently, for people and for machines.
package struct PackDifference: Sendable {
  /// One thing that differs.
  package struct Item: Sendable, Hashable {
    /// What it is about, such as `grid.householdAmount.duty`, `grid R9301` or `setting gridHouseholdsLeast`.
    package let subject: String
    /// What the first pack says; empty where it says nothing.
    package let first: String
    /// What the second pack says; empty where it says nothing.
    package let second: String
    /// The layer and place that set what the second pack says, or, where it says nothing, the first.
    package let origin: SettingOrigin?
  }

  /// What differs, by subject.
  package let items: [Item]

  /// Compares two packs.
  package init(_ first: SchemaPack, _ second: SchemaPack) {
    var items: [Item] = []
    let names = Set(first.datasets.map(\.name)).union(second.datasets.map(\.name)).sorted()
    for name in names {
      let (one, other) = (first.dataset(name), second.dataset(name))
      guard let one, let other else {
        items.append(Item(subject: name, first: one?.title.zh ?? "", second: other?.title.zh ?? "", origin: nil))
        continue
      }
      items += Self.fields(one, other) + Self.rules(one, other) + Self.groups(one, other)
    }
    items += Self.settings(first.settings, second.settings)
    self.items = items
  }

  private static func fields(_ one: Dataset, _ other: Dataset) -> [Item] {
    let (before, after) = (byName(one), byName(other))
    let names = one.fields.map(\.name) + other.fields.map(\.name).filter { before[$0] == nil }
    return names.flatMap { name -> [Item] in
      let (old, new) = (before[name], after[name])
      guard let old, let new else {
        let field = new ?? old
        return [
          Item(subject: "\(one.name).\(name)", first: old?.title ?? "", second: new?.title ?? "", origin: field?.origin)
        ]
      }
      return old.settings.compactMap { key, value in
        guard let now = new.settings.first(where: { $0.key == key })?.value, now != value else { return nil }
        return Item(
          subject: "\(one.name).\(name).\(key)", first: value, second: now,
          origin: new.origins[key] ?? old.origins[key] ?? new.origin)
      }
    }
  }

  private static func byName(_ dataset: Dataset) -> [String: Field] {
    Dictionary(dataset.fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func rules(_ one: Dataset, _ other: Dataset) -> [Item] {
    func texts(_ dataset: Dataset) -> [RuleCode: (String, SettingOrigin)] {
      Dictionary(
        dataset.rules.map { rule in
          let condition = rule.condition.map { "\($0.source) → " } ?? ""
          let text = "\(rule.descriptor.severity.rawValue): \(condition)\(rule.assertion.source)"
          return (rule.descriptor.code, (text, rule.origin))
        }, uniquingKeysWith: { first, _ in first })
    }
    let (before, after) = (texts(one), texts(other))
    return Set(before.keys).union(after.keys).sorted().compactMap { code in
      let (old, new) = (before[code], after[code])
      guard old?.0 != new?.0 else { return nil }
      return Item(subject: "\(one.name) \(code)", first: old?.0 ?? "", second: new?.0 ?? "", origin: new?.1 ?? old?.1)
    }
  }

  private static func groups(_ one: Dataset, _ other: Dataset) -> [Item] {
    func texts(_ dataset: Dataset) -> [RuleCode: String] {
      Dictionary(
        dataset.groups.map { group in
          let by = group.by.map { dataset.fields[$0].name }.joined(separator: ", ")
          let bounds = "\(group.least.map(String.init) ?? "")–\(group.most.map(String.init) ?? "")"
          let exception = group.exception.map { " unless \($0.source)" } ?? ""
          return (group.code, "\(by): \(group.condition.source)\(exception) \(bounds)")
        }, uniquingKeysWith: { "\($0); \($1)" })
    }
    let (before, after) = (texts(one), texts(other))
    return Set(before.keys).union(after.keys).sorted().compactMap { code in
      guard before[code] != after[code] else { return nil }
      return Item(subject: "\(one.name) \(code)", first: before[code] ?? "", second: after[code] ?? "", origin: nil)
    }
  }

  private static func settings(_ before: [LayerSetting], _ after: [LayerSetting]) -> [Item] {
    let names = Set(before.map(\.name)).union(after.map(\.name)).sorted()
    return names.compactMap { name in
      let (old, new) = (before.first { $0.name == name }, after.first { $0.name == name })
      guard old?.value != new?.value else { return nil }
      return Item(
        subject: "setting \(name)", first: old.map { String($0.value) } ?? "", second: new.map { String($0.value) } ?? "",
        origin: new?.origin ?? old?.origin)
    }
  }
}
