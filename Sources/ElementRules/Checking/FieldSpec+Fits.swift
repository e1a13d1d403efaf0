import ElementCore
import ElementSchema

extension FieldSpec {
  /// The fewest characters of a value that no text ends with by chance.
  static let leastDigits = 8

  /// Whether it takes any text.
  var isText: Bool {
    switch kind {
    case .name, .text: true
    default: false
    }
  }

  /// Whether its values are days, or numbers of at least so many digits.
  var isLong: Bool {
    switch kind {
    case .date, .dateTime, .citizenId, .grid, .identifier, .phone, .statistical: true
    default: false
    }
  }

  /// Whether a value that is not empty can be one of the field's type; nil for texts, and for words that stand for nothing.
  func fits(_ value: Span<UInt8>, _ plan: CheckPlan) -> Bool? {
    if NothingWords.form(value, nothing) != nil { return nil }
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    switch kind {
    case .name, .text, .certificate: return nil
    case .integer, .decimal, .coordinate: return DecimalReading.canonical(folded.bytes) != nil
    case .boolean: return FieldPolicies.flag(folded.bytes) != nil
    case .date:
      if case .day = DateReading.read(folded.bytes.span) { return true }
      return DateReading.midnight(folded.bytes.span, plan.tables.zone) != nil
    case .dateTime:
      if case .time = DateReading.readTimed(folded.bytes.span, plan.tables.zone) { return true }
      return false
    case .code(let table): return field.isOpen ? nil : table.find(value) != nil || table.find(folded.bytes.span) != nil
    case .citizenId: return IdentifierReading.citizenID(value, plan.tables).verdict.isDisjoint(with: CitizenID.policy.errors)
    case .division:
      return folded.bytes.count == 6 && folded.bytes.span.isDigits
        ? DivisionCode.check(folded.bytes.span, plan.tables).isDisjoint(with: [.regionUnknown, .regionProvince])
        : plan.tables.divisions.code(path: String(escapingInvalid: folded.bytes.span)) != nil
    case .statistical(let length): return folded.bytes.count == length && folded.bytes.span.isDigits
    case .grid:
      return IdentifierReading.gridCode(value, plan.scheme, plan.tables).verdict.isDisjoint(with: GridCodeScheme.policy.errors)
    case .phone: return PhoneReading.read(value).verdict.isDisjoint(with: Phone.policy.errors)
    case .identifier(let kind):
      return IdentifierReading.identifier(value, kind, plan.tables).verdict.isDisjoint(with: kind.policy.errors)
    }
  }
}
