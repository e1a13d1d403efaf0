/// What other languages call the values of a field.
package enum ValueKind: Sendable {
  case text
  /// A whole number.
  case integer
  /// A number with a fraction.
  case decimal
  /// 1 or 0.
  case boolean
  /// YYYY-MM-DD.
  case date
  /// YYYY-MM-DD, with HH:MM:SS where the time is known.
  case dateTime
}
