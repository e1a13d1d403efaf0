package import ElementCore
package import ElementFormats

extension SourceNote {
  /// What a reader met in a file as a whole, as a finding.
  package var finding: Finding {
    let (zh, en) = kind == .strayCells ? ("第一个在 \(place)", "the first at \(place)") : (place, place)
    return descriptor.finding(
      line: line, facts: ["count": String(count), "place": zh, "placeEn": en, "line": String(line)], count: count)
  }

  private var descriptor: RuleDescriptor {
    switch kind {
    case .formulas: FormulaCells.descriptor
    case .emptyFormulas: EmptyFormulas.descriptor
    case .errorCells: ErrorCells.descriptor
    case .hiddenRows: HiddenRows.descriptor
    case .hiddenColumns: HiddenColumns.descriptor
    case .mergedCells: MergedCells.descriptor
    case .strayCells: StrayCells.descriptor
    case .strayElements: StrayElements.descriptor
    case .invalidElements: XSDInvalidDocument.descriptor
    case .spacedQuotes: SpaceBeforeQuote.descriptor
    case .repeatedHeaders: RepeatedHeader.descriptor
    case .unanswered: UnansweredRows.descriptor
    case .shortRows: ShortRows.descriptor
    case .marks: MarkInside.descriptor
    }
  }
}
