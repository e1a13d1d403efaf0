import ElementCore
package import ElementFormats

/// The rows of a dataset that others refer to: by key, or by name inside the sender's area. Keys are kept as hashes
/// of 64 bits, on disk where they are many.
package struct ReferenceIndex: Sendable {
  /// A row that can be referred to.
  package struct Target: Sendable {
    /// What a reference writes to mean the row.
    package let key: String
    /// Names that are accepted for it.
    package let names: [String]
    /// In what the names are unique, such as 东街社区.
    package let within: String
    /// The statistical code of the area it lies in.
    package let area: String

    /// A row.
    package init(key: String, names: [String], within: String, area: String) {
      self.key = key
      self.names = names
      self.within = within
      self.area = area
    }
  }

  /// What a name came to.
  enum Match: Sendable {
    /// The key of the one row.
    case one([UInt8])
    /// The keys of several rows.
    case several([String])
    /// No row.
    case none
  }

  private var keys: KeyStore
  private var codesByName: [[UInt8]: [String]] = [:]
  /// Rows by their bare names, wherever they lie: candidates to list, never to take.
  private var codesByBareName: [[UInt8]: [String]] = [:]
  /// Of numbers that are unique in a community only: the hash of the one scope that each was given in, by the hash of the number; 0 where
  /// they are several.
  private var scopes: [UInt64: UInt64] = [:]
  private let area: String?
  private let suffixes: [String]

  /// An index for so many rows; `area` limits bare names to codes that begin with it, and without one bare names are not
  /// looked up; `suffixes` are what names of communities may end with.
  package init(area: String?, suffixes: [String], expected: Int = 0) {
    self.area = area
    self.suffixes = suffixes
    keys = KeyStore(expected: expected)
  }

  /// Whether bare names were looked up at all.
  var hasArea: Bool { area != nil }

  /// Whether there are no rows.
  package var isEmpty: Bool { keys.isEmpty }

  /// Gets ready for so many rows where there are none yet: growing costs twice the room for a while.
  package mutating func prepare(expected: Int) {
    if isEmpty { keys = KeyStore(expected: expected) }
  }

  /// Gets ready for being asked, when all rows are added.
  package mutating func seal() { keys.seal() }

  /// Refuses answers that were given without reading what they needed.
  ///
  /// - Throws: `InputError` where the disk failed.
  package func confirmRead() throws(InputError) { try keys.confirmRead() }

  /// Adds a row that is named by its key alone.
  package mutating func add(key: Span<UInt8>) { keys.insert(XXH64.hash(key)) }

  /// Adds a row that is named by a number and where it was given.
  package mutating func add(number: Span<UInt8>, scope: Span<UInt8>) {
    let (hash, scopeHash) = (XXH64.hash(number), XXH64.hash(scope) | 1)
    keys.insert(ReferenceIndex.key(number, scope))
    scopes[hash] = scopes[hash].map { $0 == scopeHash ? $0 : 0 } ?? scopeHash
  }

  /// Whether a number was given in a scope; without one, whether it was given in one alone, or nil where it was in several.
  func contains(number: Span<UInt8>, scope: Span<UInt8>) -> Bool? {
    if keys.contains(ReferenceIndex.key(number, scope)) { return true }
    guard let only = scopes[XXH64.hash(number)] else { return false }
    // Of the one that was given without a scope it is not known that it is another.
    if !scope.isEmpty { return only == XXH64.hash([UInt8]().span) | 1 }
    return only == 0 ? nil : true
  }

  private static func key(_ number: Span<UInt8>, _ scope: Span<UInt8>) -> UInt64 {
    XXH64.hash(([UInt8](span: number) + [0] + [UInt8](span: scope)).span)
  }

  /// Adds a row with its names.
  package mutating func add(_ target: Target) {
    let key = Array(target.key.utf8)
    add(key: key.span)
    let qualifiers = qualifiers(target.within)
    for name in target.names where !name.isEmpty {
      var accepted = qualifiers.map { $0 + name }
      if let area, target.area.utf8.starts(with: area.utf8) { accepted.append(name) }
      codesByBareName[Self.key(name), default: []].append(target.key)
      for text in accepted { codesByName[Self.key(text), default: []].append(target.key) }
    }
  }

  /// Whether a key stands among the rows.
  func contains(_ key: Span<UInt8>) -> Bool { keys.contains(XXH64.hash(key)) }

  /// The rows of a name.
  func match(_ name: Span<UInt8>) -> Match {
    let codes = Set(codesByName[Self.key(String(escapingInvalid: name))] ?? [])
    if codes.count == 1, let code = codes.first { return .one(Array(code.utf8)) }
    return codes.isEmpty ? .none : .several(codes.sorted())
  }

  /// Rows of this bare name in any area.
  func namesakes(_ name: Span<UInt8>) -> [String] { codesByBareName[Self.key(String(escapingInvalid: name))] ?? [] }

  /// The name of a community with and without the words that people leave out.
  private func qualifiers(_ within: String) -> [String] {
    guard !within.isEmpty else { return [] }
    guard let suffix = suffixes.first(where: { within.hasSuffix($0) && within.count > $0.count }) else { return [within] }
    let stem = String(within.dropLast(suffix.count))
    return [within, stem] + suffixes.filter { $0 != suffix && $0.hasPrefix(suffix.prefix(1)) }.map { stem + $0 }
  }

  /// Names compare without white space.
  private static func key(_ text: String) -> [UInt8] {
    Array(String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace })).utf8)
  }
}

/// What a reference is looked up in.
package struct ReferenceLookup: Sendable {
  /// The rows of each target that has any.
  package let indexes: [ReferenceIndex]
  /// Whether some targets have no rows: a value may stand in them.
  package let isPartial: Bool

  /// A look-up.
  package init(indexes: [ReferenceIndex], isPartial: Bool) {
    self.indexes = indexes
    self.isPartial = isPartial
  }
}
