import ElementCore

/// Where the records of an XML document stand: the names of the elements from the root to a record, without prefixes.
package struct XMLRecordPath: Sendable, Hashable {
  /// The names, the root first.
  package let names: [[UInt8]]

  /// A path of names.
  init(_ names: [[UInt8]]) { self.names = names }

  /// A path as written: `/records/record`; nil where it is none.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[0].isEmpty, parts.dropFirst().allSatisfy({ !$0.isEmpty }) else { return nil }
    names = parts.dropFirst().map { Array($0.utf8) }
  }

  /// The path as an XPath.
  package var text: String { names.map { "/" + String(escapingInvalid: $0.span) }.joined() }
}
