/// Which of two values of a field stands where a delivered row and the stored one say different things.
package enum Survivor: Sendable, Hashable {
  /// The delivered one.
  case incoming
  /// That of the sender of the better rank; the delivered one where ranks are equal, or none is known.
  case sender
  /// That of the row whose date, in the field of this name, is later; the delivered one where dates are equal, or one is missing.
  case latest(field: String)

  /// How a schema writes it: `incoming`, `sender`, or the name of a date field.
  package init(_ text: String) {
    switch text {
    case "incoming": self = .incoming
    case "sender": self = .sender
    default: self = .latest(field: text)
    }
  }

  /// The same as `init` takes.
  package var text: String {
    switch self {
    case .incoming: "incoming"
    case .sender: "sender"
    case .latest(let field): field
    }
  }
}
