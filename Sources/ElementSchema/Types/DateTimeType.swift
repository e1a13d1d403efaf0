import ElementCore
import ElementExpression

/// Days with the time of the day where it is known, kept as YYYY-MM-DD HH:MM:SS.
struct DateTimeType: TypeForm {
  static let names = ["dateTime"]
  static let attributes = ["past"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .dateTime }

  var kind: ValueKind { .dateTime }
  var mask: MaskKind { .date }
  var expression: ExpressionType { .date }

  func pattern(digits: Int?) -> String? { "[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?" }

  func notation(_ size: FieldSize) -> String { "d14" }

  func note(timeZone: String) -> LocalizedText? {
    LocalizedText(zh: "YYYY-MM-DD HH:MM:SS，\(timeZone) 时间", en: "YYYY-MM-DD HH:MM:SS, \(timeZone) time")
  }
}
