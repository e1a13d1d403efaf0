package import ElementCore
package import ElementFormats
package import ElementSchema

/// Everything that checking a file of one dataset needs, made once and shared by all workers, as a reference.
package final class CheckPlan: Sendable {
  /// What the file holds records of, as the layers of the pack leave it.
  package let dataset: Dataset
  /// The column of each field, from 0; nil where the file has none.
  package let columns: [Int?]
  /// The columns of the file that hold a field.
  package let wantedColumns: [Bool]
  /// For each column the field it holds, where that is a code: a number would do it harm.
  let codeFields: [Int?]
  /// The tables that identifiers are checked against.
  package let tables: ReferenceTables
  /// How grid codes of this site are built (CJ/T 349, or its own).
  package let scheme: GridCodeScheme
  /// Lists whose codes look like those of a code set.
  package let lookAlikes: [PackLists.LookAlike]
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
  /// The references (from 0) to numbers that are unique in a community only.
  let scopedReferences: [Int]
  /// How it is found out where such numbers were given.
  let scopes: ScopeReading
  /// What the targets of each reference are called.
  let targetTitles: [LocalizedText]

  /// A plan for a file with this header.
  package init(
    map: HeaderMap, pack: SchemaPack, scheme: GridCodeScheme, today: CalendarDate, zone: OfficeZone, findingLimit: Int?,
    lookups: [ReferenceLookup?] = [], versions: [String: String] = [:], limits: CSVDialect,
    encoding: TextEncoding, scopes: ScopeReading
  ) {
    // Fields without a column are empty, but for those that others fill.
    let filled = map.dataset.filledFields
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
      field.flatMap { map.dataset.fields[$0].type.isCode ? $0 : nil }
    }
    tables = pack.tables(today: today, zone: zone)
    self.scheme = scheme
    lookAlikes = pack.lists.lookAlikes
    statisticalCodes = Dictionary(grouping: tables.statisticalDivisions.entries) { CheckPlan.countyKey(Array($0.code.utf8)) }
    self.findingLimit = findingLimit
    self.lookups = lookups
    self.scopes = scopes
    scopedReferences = lookups.indices.filter { place in
      map.dataset.references[place].targets.contains { target in
        pack.dataset(target)?.localNumber.map { pack.dataset(target)?.fields[$0.number].name }
          == map.dataset.references[place].targetField
      }
    }
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
        check: FieldSpec.check(field, map.dataset, pack, versions), field: field, index: index, column: columns[index],
        labelColumn: map.labelColumns[index], countsCodes: pack.lists.countsCodes(of: field.type),
        birthDateOf: field.birthDateOf.flatMap(map.dataset.index))
    }
  }

  /// The number of digits and the county of a statistical code.
  static func countyKey(_ code: [UInt8]) -> [UInt8] { [UInt8(truncatingIfNeeded: code.count)] + code.prefix(6) }
}
