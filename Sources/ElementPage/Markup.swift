import ElementCore

/// A piece of a page: what is written in it as a literal is markup, what is filled in is text and has what markup reserves escaped.
package struct Markup: Sendable, ExpressibleByStringInterpolation {
  /// The markup as it stands in the file.
  package private(set) var html: String

  /// A piece that is markup already.
  package init(stringLiteral html: String) { self.html = html }

  /// A piece that was put together.
  package init(stringInterpolation parts: StringInterpolation) { html = parts.html }

  /// Nothing.
  package static let none: Markup = ""

  /// Puts a piece behind another.
  package static func += (left: inout Markup, right: Markup) { left.html += right.html }

  /// Puts two pieces together.
  package static func + (left: Markup, right: Markup) -> Markup { "\(left)\(right)" }

  /// Literals, texts and pieces, in their order.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var html = ""

    /// Room for what is to come.
    package init(literalCapacity: Int, interpolationCount: Int) { html.reserveCapacity(literalCapacity) }

    /// Markup as it stands.
    package mutating func appendLiteral(_ literal: String) { html += literal }

    /// A text, escaped.
    package mutating func appendInterpolation(_ text: String) { html += MarkupText.escape(text) }

    /// A number, without commas: those are for people (`PageNumber`).
    package mutating func appendInterpolation(_ number: Int) { html += String(number) }

    /// A piece as it is.
    package mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
  }
}

extension Sequence<Markup> {
  /// All of them, one behind another.
  package func joined() -> Markup { reduce(into: Markup.none) { $0 += $1 } }
}
