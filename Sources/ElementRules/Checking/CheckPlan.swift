package import ElementCore
package import ElementFormats
package import ElementSchema

/// Everything that checking a file of one dataset needs, made once and shared by all workers, as a reference.
package final class CheckPlan: Sendable {
  /// The columns of the file that hold a field.
  package let wantedColumns: [Bool]
  /// For each column the field it holds, where that is a code: a number would do it harm.
  let codeFields: [Int?]
  /// What single values are checked against.
  package let basis: CheckBasis
  /// Lists whose codes look like those of a code set.
  package let lookAlikes: [PackLists.LookAlike]
  /// How the file is written, with its limits.
  package let limits: CSVDialect
  /// The encoding of the records.
  package let encoding: TextEncoding
  /// The number of columns of the file.
  package let columnCount: Int
  /// What the checks of the fields need of each, in the order of the dataset.
  let specs: [FieldSpec]
  /// How the values of each field are checked, in that order too.
  let checks: [any FieldCheck]
  /// The checks by rules over a record, in that order too.
  let rules: [RuleSpec]
  /// What is kept of findings below error; nil keeps all.
  package let findingLimit: Int?
  /// Whether rows only change stored ones: beside their key, what they have no column for is asked of those.
  package let corrects: Bool
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

  /// What the file holds records of, as the layers of the pack leave it.
  package var dataset: Dataset { basis.dataset }
  /// The column of each field, from 0; nil where the file has none.
  package var columns: [Int?] { basis.columns }
  /// Which findings are accepted for a time, and how they are known again.
  package var waiving: Waiving { basis.waiving }
  /// Whether findings hold values as they were written too.
  package var unmasks: Bool { basis.unmasks }
  /// The tables that identifiers are checked against.
  package var tables: ReferenceTables { basis.tables }
  /// How grid codes of this site are built (CJ/T 349, or its own).
  package var scheme: GridCodeScheme { basis.scheme }

  /// A plan for a file with this header.
  package init(
    map: HeaderMap, pack: SchemaPack, scheme: GridCodeScheme, today: CalendarDate, zone: OfficeZone, findingLimit: Int?,
    lookups: [ReferenceLookup?] = [], versions: [String: String] = [:], limits: CSVDialect,
    encoding: TextEncoding, scopes: ScopeReading, corrects: Bool = false, waiving: Waiving = .none, unmasks: Bool = false
  ) {
    // Fields without a column are empty, but for those that others fill.
    let filled = map.dataset.filledFields
    let empty = map.columnOfField.indices.filter { map.columnOfField[$0] == nil && !filled.contains($0) }
    contentHash = map.dataset.rowHash(of: map.dataset.fields.indices, empty: Set(empty))
    keyHash = map.dataset.rowHash(of: map.dataset.key)
    interimHash = map.dataset.rowHash(of: map.dataset.interim?.fields ?? [])
    groupHashes = map.dataset.groups.map { map.dataset.rowHash(of: $0.by) }
    sequenceHashes = map.dataset.sequences.map { map.dataset.rowHash(of: $0.by) }
    basis = CheckBasis(map, pack, scheme, pack.tables(today: today, zone: zone), waiving, unmasks: unmasks)
    self.limits = limits
    self.encoding = encoding
    columnCount = map.fieldOfColumn.count
    let labels = Set(map.labelColumns.values)
    wantedColumns = map.fieldOfColumn.enumerated().map { $1 != nil || labels.contains($0) }
    codeFields = map.fieldOfColumn.map { field in
      field.flatMap { map.dataset.fields[$0].type.isCode ? $0 : nil }
    }
    lookAlikes = pack.lists.lookAlikes
    self.findingLimit = findingLimit
    self.lookups = lookups
    self.corrects = corrects
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
    rules = map.dataset.rules.compactMap { RuleSpec($0, map.columnOfField) }
    let checks = map.dataset.fields.map { CheckPlan.check($0, map.dataset, pack, versions) }
    self.checks = checks
    specs = map.dataset.fields.enumerated().map { index, field in
      FieldSpec(
        field: field, nothing: field.nothing == .words && checks[index].isNumberOfNoQuantity ? .zero : field.nothing,
        index: index,
        column: map.columnOfField[index], labelColumn: map.labelColumns[index],
        countsCodes: pack.lists.countsCodes(of: field.type),
        birthDateOf: field.birthDateOf.flatMap(map.dataset.index))
    }
  }
}
