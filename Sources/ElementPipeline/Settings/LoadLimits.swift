import ElementCore
import ElementSchema
import ElementWarehouse

/// What a load may come to before a person is asked: above it nothing is loaded.
package struct LoadLimits: Sendable, Hashable {
  /// How many rows may wait, each way of counting by itself.
  package var maxErrors: [RowLimit] = []
  /// How many stored rows may change; rows that wait because they name somebody otherwise count too. A share is one of the rows delivered;
  /// of a list of corrections, all of which are to change something, one of the rows stored.
  package var maxChanged: [RowLimit] = []
  /// How many rows must be new.
  package var minCreated: Int?

  /// How many open rows of the scope that a load replaces may be closed, each way of counting by itself; a share is one of the scope.
  package var maxRemoved: [RowLimit] = []

  /// Whoever replaces a part of the rows without any other limit: more than so many closed are a mistake as a rule.
  static let mostRemoved = RowLimit.percent(5)

  /// A limit that a load went beyond.
  package struct Excess: Sendable, Hashable {
    /// Which limit: `maxErrors`, `maxChanged`, `minCreated`, `maxRemoved`, or `minRead` of a load that replaces rows by none.
    package let name: String
    /// What it was judged for, by its identifier; nil for the delivery as a whole.
    package let dataset: String?
    /// The limit as it was written.
    package let limit: String
    /// What the load came to.
    package let actual: Int
  }

  /// No limits.
  package init() {}

  /// The limits that a configuration writes.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  init(_ node: YAMLNode) throws(SchemaError) {
    try node.allow(["maxErrors", "maxChanged", "minCreated", "maxRemoved"])
    maxErrors = try LoadLimits.limits(node, "maxErrors")
    maxChanged = try LoadLimits.limits(node, "maxChanged")
    maxRemoved = try LoadLimits.limits(node, "maxRemoved")
    if let least = try node.optional("minCreated") {
      guard let number = Int(try least.text()), number >= 0 else {
        throw least.error(zh: "minCreated 应为整数", en: "minCreated is a whole number")
      }
      minCreated = number
    }
  }

  private static func limits(_ node: YAMLNode, _ name: String) throws(SchemaError) -> [RowLimit] {
    guard let value = try node.optional(name) else { return [] }
    var out: [RowLimit] = []
    let texts = value.isScalar ? [try value.text()] : try value.texts()
    if texts.isEmpty { throw value.error(zh: "\(name) 是空的", en: "\(name) is empty") }
    for text in texts {
      guard let limit = RowLimit(text) else {
        throw value.error(
          zh: "\(name) 应为整数或百分数，如 100、5%，或两者的列表",
          en: "\(name) is a number or a percentage, such as 100 or 5%, or a list of both")
      }
      out.append(limit)
    }
    return out
  }

  /// These, and of what they leave open that of others.
  func over(_ other: LoadLimits) -> LoadLimits {
    var limits = self
    if maxErrors.isEmpty { limits.maxErrors = other.maxErrors }
    if maxChanged.isEmpty { limits.maxChanged = other.maxChanged }
    if maxRemoved.isEmpty { limits.maxRemoved = other.maxRemoved }
    if minCreated == nil { limits.minCreated = other.minCreated }
    return limits
  }

  /// The limits that counts of a dataset go beyond; `renamed` rows wait because they name somebody otherwise, and of `base` rows a share may
  /// change.
  func excesses(_ counts: RunCounts, renamed: Int, of base: Int, dataset: String?) -> [Excess] {
    let changed = counts.updated + renamed
    var out = maxErrors.filter { $0.isExceeded(counts.quarantined, of: counts.read) }.map {
      Excess(name: "maxErrors", dataset: dataset, limit: $0.text, actual: counts.quarantined)
    }
    out += maxChanged.filter { $0.isExceeded(changed, of: base) }.map {
      Excess(name: "maxChanged", dataset: dataset, limit: $0.text, actual: changed)
    }
    if let minCreated, counts.created < minCreated {
      out.append(Excess(name: "minCreated", dataset: dataset, limit: String(minCreated), actual: counts.created))
    }
    return out
  }

  /// The limits that replacing the rows of a scope by so many of a dataset goes beyond; none where none is replaced.
  func excesses(_ presence: RunResult.Presence, read: Int) -> [Excess] {
    guard let scope = presence.outcome.scopeCount else { return [] }
    let closing = presence.outcome.closing.count
    let limits = maxRemoved.isEmpty ? [Self.mostRemoved] : maxRemoved
    var out = limits.filter { $0.isExceeded(closing, of: scope) }.map {
      Excess(name: "maxRemoved", dataset: presence.dataset, limit: $0.text, actual: closing)
    }
    if read == 0 { out.append(Excess(name: "minRead", dataset: presence.dataset, limit: "1", actual: 0)) }
    return out
  }
}
