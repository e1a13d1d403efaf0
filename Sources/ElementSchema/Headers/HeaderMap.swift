package import ElementCore
package import ElementFormats

/// Which column of a file holds which field of a dataset.
package struct HeaderMap: Sendable {
  /// A column that no field is known for.
  package struct UnknownColumn: Sendable, Hashable {
    /// The column, from 1.
    package let column: Int
    /// The heading as written.
    package let heading: String
    /// The title of a field it may mean.
    package let suggestion: String?
  }

  /// What the columns are fields of.
  package let dataset: Dataset
  /// The headings as they are shown: of those below others with what these change.
  package private(set) var headings: [String]
  /// The headings as written, what stands above one before a stroke.
  package let written: [String]
  /// The field of each column, from 0; nil where none is known.
  package private(set) var fieldOfColumn: [Int?]
  /// Columns that are not loaded.
  package private(set) var unknown: [UnknownColumn] = []
  /// Columns that are left out by decision, with the reason.
  package private(set) var leftOut: [(column: Int, heading: String, reason: LocalizedText)] = []
  /// Columns without a heading, from 0.
  package private(set) var unnamed: [Int] = []
  /// Columns that hold the label of a code which another column holds, from 0, by the field.
  package private(set) var labelColumns: [Int: Int] = [:]
  /// Fields that two columns claim, with the columns from 1.
  package private(set) var duplicates: [(field: Int, columns: [Int])] = []

  /// Maps the headings of a file; `pinned` (heading to field name, empty for none) goes before what is recognised, and
  /// near misses are looked for where `suggests` holds.
  package init(
    _ headings: [String], dataset: Dataset, leftOut: [String: LocalizedText] = [:], pinned: [String: String] = [:],
    suggests: Bool = true
  ) {
    self.init(headings.map(Heading.init), dataset: dataset, leftOut: leftOut, pinned: pinned, suggests: suggests)
  }

  /// The map of a table that has a column for each field, in their order, whose headings are its number.
  package init(columnsOf dataset: Dataset) {
    self.dataset = dataset
    written = dataset.fields.indices.map { String($0 + 1) }
    headings = written
    fieldOfColumn = Array(dataset.fields.indices)
  }

  /// The same for headings whose keys are made.
  init(
    _ columns: [Heading], dataset: Dataset, leftOut: [String: LocalizedText], pinned: [String: String], suggests: Bool
  ) {
    self.dataset = dataset
    written = columns.map(\.text)
    headings = written
    fieldOfColumn = Array(repeating: nil, count: headings.count)
    let index = dataset.fieldByHeading
    // A field that a pin names belongs to that column alone.
    let pins = pinned.isEmpty ? written : HeaderMap.pins(written)
    let pinnedFields = Set((headings + pins).compactMap { pinned[$0].flatMap(dataset.index) })
    for (column, words) in columns.enumerated() where !words.key.isEmpty {
      let heading = show(words, at: column)
      if let pin = pinned[pins[column]] ?? pinned[words.text] ?? pinned[heading] {
        fieldOfColumn[column] = dataset.index(of: pin)
        if fieldOfColumn[column] == nil { unknown.append(UnknownColumn(column: column + 1, heading: heading, suggestion: nil)) }
      } else if let field = words.found(in: index) ?? HeaderMap.below(words, dataset), !pinnedFields.contains(field) {
        fieldOfColumn[column] = field
      } else if let field = HeaderMap.labelled(words, dataset), !pinnedFields.contains(field) {
        labelColumns[field] = column
      } else if let reason = HeaderMap.leftOut(words, leftOut) {
        self.leftOut.append((column + 1, heading, reason))
      } else {
        headings[column] = words.text
        unknown.append(
          UnknownColumn(
            column: column + 1, heading: words.text,
            suggestion: suggests && words.partings.isEmpty ? HeaderMap.suggestion(heading, dataset) : nil))
      }
    }
    unnamed = columns.indices.filter { columns[$0].key.isEmpty }
    settleLabels()
    let claims = claims()
    duplicates = claims.filter { $0.value.count > 1 }.map { ($0.key, $0.value.map { $0 + 1 }) }.sorted { $0.0 < $1.0 }
  }

  /// What a mapping calls the columns of some headings: of those that are written alike the second is `联系电话#2`.
  package static func pins(_ headings: [String]) -> [String] {
    var counts: [[UInt8]: Int] = [:]
    return headings.map { heading in
      let count = counts[Array(heading.utf8), default: 0] + 1
      counts[Array(heading.utf8)] = count
      return count == 1 ? heading : "\(heading)#\(count)"
    }
  }

  /// Shows a heading that stands below others, and says how.
  private mutating func show(_ words: Heading, at column: Int) -> String {
    guard words.found(in: dataset.fieldByHeading) == nil, let parting = HeaderMap.parting(words, dataset) else {
      return words.text
    }
    headings[column] = parting.shown(dataset.fieldByHeading, dataset.subjects)
    return headings[column]
  }

  /// The way to part a heading by which the dataset knows it; else the one with the most groups.
  private static func parting(_ words: Heading, _ dataset: Dataset) -> Heading.Parting? {
    words.partings.first {
      $0.field(dataset.fieldByHeading, dataset.subjects) != nil || $0.found(in: dataset.fieldByHeading) != nil
    }
      ?? words.partings.last
  }

  /// The field of a heading that stands below others.
  private static func below(_ words: Heading, _ dataset: Dataset) -> Int? {
    parting(words, dataset)?.field(dataset.fieldByHeading, dataset.subjects)
  }

  /// Why a heading, or one that it stands below, is left out by decision.
  private static func leftOut(_ words: Heading, _ leftOut: [String: LocalizedText]) -> LocalizedText? {
    if let reason = words.found(in: leftOut) { return reason }
    for parting in words.partings {
      if let reason = parting.found(in: leftOut) ?? parting.groups.lazy.compactMap({ leftOut[$0.key] }).first { return reason }
    }
    return nil
  }

  /// The columns of each field that has one.
  private func claims() -> [Int: [Int]] {
    Dictionary(grouping: fieldOfColumn.indices.filter { fieldOfColumn[$0] != nil }, by: { fieldOfColumn[$0] ?? -1 })
  }

  /// A label without a code column is read as the code; of 民族代码 beside 民族 the second is the label.
  private mutating func settleLabels() {
    for (field, column) in labelColumns where !fieldOfColumn.contains(field) {
      fieldOfColumn[column] = field
      labelColumns[field] = nil
    }
    for (field, columns) in claims() where columns.count == 2 && labelColumns[field] == nil {
      guard case .code = dataset.fields[field].type else { continue }
      let codes = columns.filter { column in
        ["代码", "编码", "code"].contains { HeaderText.keyWithoutNotes(headings[column]).hasSuffix($0) }
      }
      guard codes.count == 1, let label = columns.first(where: { $0 != codes[0] }) else { continue }
      fieldOfColumn[label] = nil
      labelColumns[field] = label
    }
  }

  /// The field of a code whose label a heading such as 民族名称 announces.
  private static func labelled(_ heading: Heading, _ dataset: Dataset) -> Int? {
    let key = heading.bare
    guard key.hasSuffix("名称"), let field = dataset.fieldByHeading[String(key.dropLast(2))],
      case .code = dataset.fields[field].type
    else { return nil }
    return field
  }

  /// The column of each field, from 0; nil where the file has none.
  package var columnOfField: [Int?] {
    var columns = [Int?](repeating: nil, count: dataset.fields.count)
    for (column, field) in fieldOfColumn.enumerated() {
      if let field, columns[field] == nil { columns[field] = column }
    }
    return columns
  }

  /// What the columns of a sheet are read for.
  package var use: SheetUse {
    var use = SheetUse()
    for (column, field) in fieldOfColumn.enumerated() {
      switch field.map({ dataset.fields[$0].type }) {
      case .integer, .decimal, .coordinate: use.quantities.insert(column)
      case .text: use.texts.insert(column)
      case .dateTime: use.moments.insert(column)
      case .date: use.days.insert(column)
      default: break
      }
    }
    return use
  }

  /// The map without telling of columns (from 0) that others know.
  package func ignoring(_ columns: Set<Int>) -> HeaderMap {
    var map = self
    map.unknown = unknown.filter { !columns.contains($0.column - 1) }
    return map
  }

  /// The number of columns that hold a field.
  package var mappedCount: Int { fieldOfColumn.count { $0 != nil } }

  /// The key fields that the file has no column for.
  package var missingKeys: [Int] {
    let columns = columnOfField
    return dataset.keyFields.filter { columns[$0] == nil }
  }

  /// Whether the file has a column for each part of the key alone, as corrections of a pinned dataset need.
  package var hasKey: Bool {
    let columns = columnOfField
    return dataset.key.allSatisfy { columns[$0] != nil }
  }

  /// Whether the file has what the dataset is recognised by: its keys, and one of its marks.
  package var isRecognised: Bool {
    missingKeys.isEmpty && (dataset.marks.isEmpty || dataset.marks.contains { fieldOfColumn.contains($0) })
  }

  /// The heading of a field as the file writes it; its title where the file has no column for it, or no header.
  package func heading(_ field: Int, _ language: Language) -> String {
    for (column, mapped) in fieldOfColumn.enumerated() where mapped == field && headings[column] != String(column + 1) {
      return headings[column]
    }
    return dataset.fields[field].title(language)
  }

  /// A near miss keeps the role: 户主电话 is never offered as 电话.
  private static func suggestion(_ heading: String, _ dataset: Dataset) -> String? {
    let role = HeaderText.role(of: heading)
    let candidates = dataset.fields.filter { HeaderText.role(of: $0.title) == role }
    let names = NearNames(candidates.map { ([$0.title] + $0.aliases).map(HeaderText.key) })
    return names.sure(HeaderText.key(heading)).map { candidates[$0].title }
  }
}
