package import ElementCore
package import ElementFormats

extension ReadingLimits.Name {
  /// The rule that a file beyond the limit breaks; beyond that of a field only its record.
  package var code: RuleCode {
    switch self {
    case .fileBytes: FileTooLarge.descriptor.code
    case .recordBytes: RecordEndless.descriptor.code
    case .columns: TooManyColumns.descriptor.code
    case .depth: DocumentTooDeep.descriptor.code
    case .attributes: TooManyAttributes.descriptor.code
    case .members: TooManyMembers.descriptor.code
    case .inflation: InflatesTooMuch.descriptor.code
    case .sharedTextBytes: SharedTextTooLarge.descriptor.code
    case .records: TooManyRecords.descriptor.code
    case .fieldBytes: FieldTooLong.descriptor.code
    }
  }
}
