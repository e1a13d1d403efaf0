import ElementCore
import ElementSchema

/// An example for a field of a template: nobody's, and sound where a number has a check character.
enum TemplateExample {
  /// The example; nil where a list or a note says it better.
  static func value(of field: Field, _ pack: SchemaPack) -> String? {
    switch field.type {
    case .code(let set) where field.versions.isEmpty:
      return pack.table(set).only(field.values).entries.first { $0.validTo.isEmpty }?.label
    // The county 320699 was never given: the number is nobody's.
    case .citizenId: return "320699199001310019"
    case .date: return "1990-01-31"
    case .dateTime: return "2026-01-31 09:30"
    case .phone: return "13900000000"
    case .gridCode: return "01000032069900100101"
    case .divisionCode: return "320699"
    case .integer: return "3"
    case .decimal: return "12.5"
    case .text(.personName): return "示例甲"
    default: return nil
    }
  }
}
