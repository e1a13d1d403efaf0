import ElementCore
import ElementSchema

extension CheckPlan {
  /// Whether a value that is not empty can be one of a field's type; nil for texts, and for words that stand for nothing.
  func fits(_ value: Span<UInt8>, _ spec: FieldSpec) -> Bool? {
    if NothingWords.form(value, spec.nothing) != nil { return nil }
    return checks[spec.index].fits(value, CodeFolding.fold(value, dropsSeparators: false), basis)
  }

  /// How values of a field are checked; `versions` are the code sets that the delivery declares, by field.
  static func check(
    _ field: Field, _ dataset: Dataset, _ pack: SchemaPack, _ versions: [String: String]
  ) -> any FieldCheck {
    switch field.type {
    case .text(.personName): PersonNameCheck()
    case .text(.code): CodeTextCheck()
    case .text: TextCheck()
    case .integer: IntegerCheck()
    case .decimal: DecimalCheck()
    case .boolean: BooleanCheck()
    case .date: DateCheck()
    case .dateTime: DateTimeCheck()
    case .code(let declared):
      code(field, pack.table(field.versions.isEmpty ? declared : versions[field.name] ?? field.versions[0]))
    case .citizenId: CitizenNumberCheck()
    case .divisionCode: DivisionCheck()
    case .statisticalCode: StatisticalCheck(length: field.digits ?? 12)
    case .gridCode: GridCheck()
    case .phone:
      PhoneCheck(isPersonal: ["person", "workforce"].contains(dataset.element) || HeaderText.namesSomebody(field.title))
    case .certNumber(let type): CertificateCheck(typeField: dataset.index(of: type) ?? -1)
    case .identifier(let kind): IdentifierCheck(kind: kind)
    case .coordinate(let axis, _): CoordinateCheck(axis: axis)
    }
  }

  private static func code(_ field: Field, _ table: CodeTable) -> CodeCheck {
    CodeCheck(table: table.only(field.values), isOpen: field.isOpen)
  }
}
