import ElementCore
package import ElementSchema

/// The statistical codes of communities by their names, as far as they are known: from rosters of grids and the site's own list.
package struct CommunityCodes: Sendable {
  private var codes: [[UInt8]: Set<[UInt8]>] = [:]
  private let suffixes: [[UInt8]]

  /// No communities; `suffixes` are what their names may end with.
  package init(suffixes: [String]) { self.suffixes = suffixes.map { Array($0.utf8) }.sorted { $0.count > $1.count } }

  /// Adds a community.
  package mutating func add(code: [UInt8], name: [UInt8]) {
    if !code.isEmpty, !name.isEmpty { codes[key(name), default: []].insert(code) }
  }

  /// Adds those of another list.
  package mutating func add(_ other: CommunityCodes) { codes.merge(other.codes) { $0.union($1) } }

  /// The code of a name, of those that begin with `area`; nil where there is none, or several are called so.
  func code(of name: [UInt8], in area: [UInt8]) -> [UInt8]? {
    let found = (codes[key(name)] ?? []).filter { $0.starts(with: area) }
    return found.count == 1 ? found.first : nil
  }

  /// A name without white space and without what names of communities end with: 东街 for 东街社区.
  func key(_ name: [UInt8]) -> [UInt8] {
    let text = Array(
      String(escapingInvalid: name.span).unicodeScalars.filter { !$0.properties.isWhitespace }.map(String.init).joined().utf8)
    guard let suffix = suffixes.first(where: { text.count > $0.count && text.suffix($0.count).elementsEqual($0) }) else {
      return text
    }
    return Array(text.dropLast(suffix.count))
  }
}

/// How a run finds out where local numbers, such as those of households, were given.
package struct ScopeReading: Sendable {
  /// How far a number is unique.
  package let scope: NumberScope
  /// The statistical code of the delivery's area; nothing where it is not known.
  package let area: [UInt8]
  /// The communities that are known.
  package let communities: CommunityCodes

  /// A reading.
  package init(_ scope: NumberScope, area: String?, _ communities: CommunityCodes) {
    (self.scope, self.area, self.communities) = (scope, Array((area ?? "").utf8), communities)
  }

  /// The statistical code, as far as a number is unique, of a delivery's area.
  var areaCode: ArraySlice<UInt8> { area.prefix(scope.digits) }

  /// What says where a number was given by a community's name: its code, or for communities the name where no code is known; nothing for
  /// a street whose communities are not known.
  func scope(ofCommunity name: [UInt8]) -> [UInt8] {
    if let code = communities.code(of: name, in: area) { return Array(code.prefix(scope.digits)) }
    return scope == .community ? communities.key(name) : []
  }
}
