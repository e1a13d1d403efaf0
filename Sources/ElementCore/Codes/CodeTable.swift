/// One row of a code set.
package struct CodeEntry: Sendable, Hashable {
  /// As the standard writes it, such as `01`: never a number.
  package let code: String
  /// The Chinese words that forms and people use for it.
  package let label: String
  /// Other labels that are accepted.
  package let aliases: [String]
  /// Words that mean this row or another one: they are offered, and none is taken.
  package let homonyms: [String]
  /// The code one level up; empty at the top.
  package let parent: String
  /// The first year in force; empty for always.
  package let validFrom: String
  /// The first year no longer in force; empty where it still is.
  package let validTo: String
  /// What took over, as the source writes it.
  package let successor: String
  /// Where the row comes from.
  package let source: String
  /// A to D, as the reference tables define them.
  package let confidence: String

  /// A row of a code set.
  package init(
    code: String, label: String, aliases: [String] = [], homonyms: [String] = [], parent: String = "", validFrom: String = "",
    validTo: String = "",
    successor: String = "", source: String = "", confidence: String = "A"
  ) {
    self.code = code
    self.label = label
    self.aliases = aliases
    self.homonyms = homonyms
    self.parent = parent
    self.validFrom = validFrom
    self.validTo = validTo
    self.successor = successor
    self.source = source
    self.confidence = confidence
  }
}

/// An immutable table of codes and labels, looked up by bytes.
package struct CodeTable: Sendable {
  /// The name of the set.
  package let name: String
  /// The rows, in the order of the file.
  package let entries: [CodeEntry]
  /// The codes as bytes, row by row.
  package var codes: [[UInt8]] { entries.indices.map(code) }
  private let keyBytes: [UInt8]
  private let keyRanges: [FieldRange]
  private let slots: [Int32]
  private let rows: [Int32]
  private let shortCodes: ShortCodeIndex

  /// A table over the rows of a set; of two rows with one code or label the first is found.
  package init(name: String, entries: [CodeEntry]) {
    self.name = name
    self.entries = entries
    // The keys one behind the other: first all codes, then all labels.
    var bytes: [UInt8] = []
    var ranges: [FieldRange] = []
    var rows: [Int32] = []
    func add(_ key: String, _ row: Int) {
      if key.isEmpty { return }
      let start = bytes.count
      bytes.append(contentsOf: key.utf8)
      ranges.append(FieldRange(start, bytes.count))
      rows.append(Int32(row))
    }
    // Rows are not copied: a table of thousands is made at every start.
    for row in entries.indices { add(entries[row].code, row) }
    let codeCount = ranges.count
    for row in entries.indices {
      add(entries[row].label, row)
      for alias in entries[row].aliases { add(alias, row) }
    }
    var capacity = 16
    while capacity < ranges.count * 2 { capacity *= 2 }
    var slots = [Int32](repeating: -1, count: capacity)
    for (index, range) in ranges.enumerated() {
      var slot = Int(truncatingIfNeeded: XXH64.hash(bytes.span.extracting(range.indices))) & (capacity - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = Int32(index)
    }
    shortCodes = ShortCodeIndex(bytes.span, ranges[..<codeCount])
    keyBytes = bytes
    keyRanges = ranges
    self.rows = rows
    self.slots = slots
  }

  /// The code of a row (from 0) as bytes.
  package func code(_ row: Int) -> [UInt8] { Array(keyBytes[keyRanges[row].indices]) }

  /// Whether a range of the bytes is a code of at most seven bytes: a quick yes, after which nothing else need be asked.
  package func isShortCode(_ bytes: Span<UInt8>, _ range: FieldRange) -> Bool {
    shortCodes.contains(bytes, Int(range.start), range.count)
  }

  /// The row (from 0) whose code or label is these bytes, and whether it was the code; nil where there is none.
  package func find(_ bytes: Span<UInt8>) -> (row: Int, isCode: Bool)? {
    var slot = Int(truncatingIfNeeded: XXH64.hash(bytes)) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if keyBytes.span.extracting(keyRanges[index].indices).equals(bytes) { return (Int(rows[index]), index < entries.count) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The table with some of its codes only; the whole for nil.
  package func only(_ codes: [String]?) -> CodeTable {
    guard let codes else { return self }
    let wanted = Set(codes.map { Array($0.utf8) })
    return CodeTable(name: name, entries: zip(entries, self.codes).filter { wanted.contains($0.1) }.map(\.0))
  }

  /// The entry whose code or label is this text.
  package func entry(_ text: String) -> CodeEntry? {
    let bytes = Array(text.utf8)
    guard let found = find(bytes.span) else { return nil }
    return entries[found.row]
  }

  /// The labels and other words of its entries, to look for the ones that a text may mean which is none of them.
  package var nearNames: NearNames { NearNames(entries.map { [$0.label] + $0.aliases }) }

  /// The entries that a word of several meanings may mean; none for other words.
  package func homonyms(_ text: String) -> [CodeEntry] {
    entries.filter { entry in entry.homonyms.contains { $0.utf8.elementsEqual(text.utf8) } }
  }
}
