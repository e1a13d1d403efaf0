package import ElementCore
package import ElementFormats
package import ElementSchema

/// What a check of one field needs, made once a run; a reference, because every batch of every worker takes it up.
final class FieldSpec: Sendable {
  /// What is checked.
  enum Kind: Sendable {
    /// A person's name.
    case name
    /// A text.
    case text(TextContent)
    /// A whole number.
    case integer
    /// A number with a fraction.
    case decimal
    /// Yes or no.
    case boolean
    /// A date.
    case date
    /// A date with a time.
    case dateTime
    /// A code of a set.
    case code(CodeTable)
    /// A citizen number.
    case citizenId
    /// A six-digit division.
    case division
    /// A statistical code.
    case statistical(length: Int)
    /// A grid code or a grid's name.
    case grid
    /// A telephone number: a person's, or that of an organisation or a place.
    case phone(isPersonal: Bool)
    /// A certificate number, judged by the type in another field (from 0; -1 for none).
    case certificate(typeField: Int)
    /// An identifier that is checked by itself.
    case identifier(IdentifierKind)
    /// A longitude or a latitude.
    case coordinate(Coordinate.Axis)
  }

  /// What is checked.
  let kind: Kind
  /// The field.
  let field: Field
  /// Which words stand for nothing: in numbers that are no quantity a lone zero too.
  let nothing: NothingPolicy
  /// Its place in the dataset, from 0.
  let index: Int
  /// The column in the file, from 0; nil where it has none.
  let column: Int?
  /// The column that holds the label of the code, from 0; nil where there is none.
  let labelColumn: Int?
  /// Whether the codes of the column are counted one by one, because its list has a look-alike.
  let countsCodes: Bool
  /// The field whose citizen number holds the same birth date, from 0; nil for none.
  let birthDateOf: Int?

  /// Whether a value is one that the field has a meaning for: 无 is a code of some lists, and a flag.
  func knows(_ value: Span<UInt8>) -> Bool {
    switch kind {
    case .code(let table): table.find(value.extracting(CodeFolding.trimmed(value))) != nil
    case .boolean: FieldPolicies.flag(CodeFolding.fold(value, dropsSeparators: false).bytes) != nil
    default: false
    }
  }

  private static func isNumberOfNoQuantity(_ kind: Kind) -> Bool {
    switch kind {
    case .citizenId, .division, .statistical, .grid, .phone, .certificate, .identifier, .date, .dateTime: true
    case .name, .text, .integer, .decimal, .boolean, .code, .coordinate: false
    }
  }

  /// What a check needs.
  init(
    kind: Kind, field: Field, index: Int, column: Int?, labelColumn: Int?, countsCodes: Bool, birthDateOf: Int?
  ) {
    (self.kind, self.field, self.index, self.column) = (kind, field, index, column)
    nothing = field.nothing == .words && FieldSpec.isNumberOfNoQuantity(kind) ? .zero : field.nothing
    (self.labelColumn, self.countsCodes, self.birthDateOf) = (labelColumn, countsCodes, birthDateOf)
  }
}

/// Everything that checking a file of one dataset needs, made once and shared by all workers, as a reference.
package final class CheckPlan: Sendable {
  /// The dataset.
  package let dataset: Dataset
  /// The column of each field, from 0; nil where the file has none.
  package let columns: [Int?]
  /// The columns of the file that hold a field.
  package let wantedColumns: [Bool]
  /// For each column the field it holds, where that is a code: a number would do it harm.
  let codeFields: [Int?]
  /// The tables that identifiers are checked against.
  package let tables: ReferenceTables
  /// The scheme of grid codes.
  package let scheme: GridCodeScheme
  /// How the file is written, with its limits.
  package let limits: CSVDialect
  /// The encoding of the records.
  package let encoding: TextEncoding
  /// The number of columns of the file.
  package let columnCount: Int
  /// The checks of the fields, in the order of the dataset.
  let specs: [FieldSpec]
  /// The checks by rules over a record, in that order too.
  let rules: [RuleSpec]
  /// The site's statistical codes by their number of digits and county.
  let statisticalCodes: [[UInt8]: [CodeEntry]]
  /// Normalises names and texts.
  let normaliser: TextNormaliser
  /// The codes of repairs.
  let fixCodes: FixCodes
  /// What is offered for values outside their lists.
  let codeOffers = CodeOffers()
  /// What is kept of findings below error; nil keeps all.
  package let findingLimit: Int?
  /// How rows are hashed.
  let contentHash: RowHash
  /// How their keys are hashed.
  let keyHash: RowHash
  /// How what stands for a key is hashed, where that is not known.
  let interimHash: RowHash
  /// How the groups of each group rule are hashed.
  let groupHashes: [RowHash]
  /// How the groups of each rule over neighbours are hashed.
  let sequenceHashes: [RowHash]
  /// What each reference of the dataset is looked up in; nil where none of its targets has rows.
  package let lookups: [ReferenceLookup?]
  /// What the targets of each reference are called.
  let targetTitles: [LocalizedText]

  /// A plan for a file with this header.
  package init(
    map: HeaderMap, pack: SchemaPack, scheme: GridCodeScheme, today: CalendarDate, zone: OfficeZone, findingLimit: Int?,
    lookups: [ReferenceLookup?] = [], versions: [String: String] = [:], limits: CSVDialect,
    encoding: TextEncoding
  ) {
    // Fields without a column are empty, but for those that others fill.
    let filled = Set(map.dataset.derivations.map(\.field))
    let empty = map.columnOfField.indices.filter { map.columnOfField[$0] == nil && !filled.contains($0) }
    contentHash = map.dataset.rowHash(of: map.dataset.fields.indices, empty: Set(empty))
    keyHash = map.dataset.rowHash(of: map.dataset.key)
    interimHash = map.dataset.rowHash(of: map.dataset.interim?.fields ?? [])
    groupHashes = map.dataset.groups.map { map.dataset.rowHash(of: $0.by) }
    sequenceHashes = map.dataset.sequences.map { map.dataset.rowHash(of: $0.by) }
    self.limits = limits
    self.encoding = encoding
    dataset = map.dataset
    columns = map.columnOfField
    columnCount = map.fieldOfColumn.count
    let labels = Set(map.labelColumns.values)
    wantedColumns = map.fieldOfColumn.enumerated().map { $1 != nil || labels.contains($0) }
    codeFields = map.fieldOfColumn.map { field in
      field.flatMap { CheckPlan.isCode(map.dataset.fields[$0].type) ? $0 : nil }
    }
    tables = pack.tables(today: today, zone: zone)
    self.scheme = scheme
    statisticalCodes = Dictionary(grouping: tables.statisticalDivisions.entries) { CheckPlan.countyKey(Array($0.code.utf8)) }
    self.findingLimit = findingLimit
    self.lookups = lookups
    targetTitles = map.dataset.references.map { reference in
      let titles = reference.targets.compactMap(pack.dataset).map(\.title)
      return LocalizedText(zh: titles.map(\.zh).joined(separator: "”“"), en: titles.map(\.en).joined(separator: ", "))
    }
    normaliser = TextNormaliser(mojibake: MojibakeDetector())
    fixCodes = FixCodes()
    let columns = map.columnOfField
    rules = map.dataset.rules.compactMap { RuleSpec($0, columns) }
    specs = map.dataset.fields.enumerated().map { index, field in
      FieldSpec(
        kind: CheckPlan.kind(field, map.dataset, pack, versions), field: field, index: index, column: columns[index],
        labelColumn: map.labelColumns[index], countsCodes: CodeLookAlike.isKnown(field.type),
        birthDateOf: field.birthDateOf.flatMap(map.dataset.index))
    }
  }

  /// Whether values of a field are codes, of which no digit may be lost.
  private static func isCode(_ type: FieldType) -> Bool {
    switch type {
    case .citizenId, .divisionCode, .statisticalCode, .gridCode, .certNumber, .identifier, .code, .text(.code): true
    default: false
    }
  }

  /// The number of digits and the county of a statistical code.
  static func countyKey(_ code: [UInt8]) -> [UInt8] { [UInt8(truncatingIfNeeded: code.count)] + code.prefix(6) }

  private static func kind(_ field: Field, _ dataset: Dataset, _ pack: SchemaPack, _ versions: [String: String])
    -> FieldSpec.Kind
  {
    switch field.type {
    case .text(.personName): .name
    case .text(let content): .text(content)
    case .integer: .integer
    case .decimal: .decimal
    case .boolean: .boolean
    case .date: .date
    case .dateTime: .dateTime
    case .code(let declared):
      .code(pack.table(field.versions.isEmpty ? declared : versions[field.name] ?? field.versions[0]).only(field.values))
    case .citizenId: .citizenId
    case .divisionCode: .division
    case .statisticalCode: .statistical(length: field.digits ?? 12)
    case .gridCode: .grid
    case .phone:
      .phone(isPersonal: ["person", "workforce"].contains(dataset.element) || HeaderText.namesSomebody(field.title))
    case .certNumber(let type): .certificate(typeField: dataset.index(of: type) ?? -1)
    case .identifier(let kind): .identifier(kind)
    case .coordinate(let axis, _): .coordinate(axis)
    }
  }
}

/// The codes of repairs, looked up once.
struct FixCodes: Sendable {
  /// White space at the ends.
  let trim = FixTrim.descriptor.code
  /// Another dot for the interpunct.
  let interpunct = FixInterpunct.descriptor.code
  /// Invisible characters.
  let invisible = FixInvisible.descriptor.code
  /// Blanks inside a name.
  let innerSpace = FixInnerSpace.descriptor.code
  /// Radicals for ideographs.
  let radical = FixRadical.descriptor.code
  /// Private-use characters.
  let privateUse = FixPrivateUse.descriptor.code
  /// Line breaks.
  let lineBreak = FixLineBreak.descriptor.code
  /// A date in another style.
  let dateStyle = ReadDateStyle.descriptor.code
  /// A month completed from a citizen number.
  let month = ReadMonth.descriptor.code
  /// Degrees written with minutes and seconds.
  let sexagesimal = ReadSexagesimal.descriptor.code
  /// A field filled from others.
  let derived = ReadDerived.descriptor.code
  /// A text that a formula gives.
  let equalsQuoted = FixEqualsQuoted.descriptor.code
  /// A label for a code.
  let label = ReadLabel.descriptor.code
}
