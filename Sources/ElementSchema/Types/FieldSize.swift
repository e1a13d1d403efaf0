/// How large the values of a field may be, as far as its schema says.
struct FieldSize {
  /// The longest value in code points; nil for no limit.
  let length: Int?
  /// The number of digits; nil for any.
  let digits: Int?
  /// The number of decimal places; nil for any.
  let scale: Int?
  /// The digits of the longest code of its list; nil where it has none.
  let longestCode: Int?
}
