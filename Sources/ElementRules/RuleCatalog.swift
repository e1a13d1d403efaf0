package import ElementCore

/// Every built-in rule, sorted by code: the public contract of the checks in one file.
package enum RuleCatalog {
  /// The descriptors of all built-in rules.
  package static let all: [RuleDescriptor] = [
    ColumnNotStored.descriptor,  // F0101
    ColumnAbsent.descriptor,  // F0102
    ColumnLeftOut.descriptor,  // F0103
    ColumnMasked.descriptor,  // F0104
    GridSchemeMismatch.descriptor,  // F0105
    SampleData.descriptor,  // F0106
    EncodingDoubtful.descriptor,  // F0107
    CodeListSuspect.descriptor,  // F0108
    SheetsNotRead.descriptor,  // F0109
    FormulaCells.descriptor,  // F0110
    ErrorCells.descriptor,  // F0111
    HiddenRows.descriptor,  // F0112
    HiddenColumns.descriptor,  // F0113
    MergedCells.descriptor,  // F0114
    StrayCells.descriptor,  // F0115
    StrayElements.descriptor,  // F0116
    EmptyFormulas.descriptor,  // F0117
    XSDInvalidDocument.descriptor,  // F0118
    SecondMark.descriptor,  // F0119
    SpaceBeforeQuote.descriptor,  // F0120
    RepeatedHeader.descriptor,  // F0121
    ShortRows.descriptor,  // F0122
    MarkInside.descriptor,  // F0123
    ControlInHeading.descriptor,  // F0124
    FileTooLarge.descriptor,  // F0201
    RecordEndless.descriptor,  // F0202
    TooManyColumns.descriptor,  // F0203
    DocumentTooDeep.descriptor,  // F0204
    TooManyAttributes.descriptor,  // F0205
    TooManyMembers.descriptor,  // F0206
    InflatesTooMuch.descriptor,  // F0207
    SharedTextTooLarge.descriptor,  // F0208
    TooManyRecords.descriptor,  // F0209
    RaggedRow.descriptor,  // S0101
    Undecodable.descriptor,  // S0102
    NulByte.descriptor,  // S0103
    UnterminatedQuote.descriptor,  // S0104
    TextAfterQuote.descriptor,  // S0105
    RecordTooLong.descriptor,  // S0106
    FieldTooLong.descriptor,  // S0107
    MalformedRecord.descriptor,  // S0108
    DuplicateKey.descriptor,  // S0109
    LoneSurrogate.descriptor,  // S0110
    MixedText.descriptor,  // S0111
    XSDInvalid.descriptor,  // S0112
    TooDeep.descriptor,  // S0113
    NestedValue.descriptor,  // S0114
    KeyMissing.descriptor,  // V1001
    RequiredMissing.descriptor,  // V1002
    ExpectedMissing.descriptor,  // V1003
    InterimKeyUsed.descriptor,  // V1004
    NothingInKey.descriptor,  // V1005
    ClearRefused.descriptor,  // V1006
    TextTooLong.descriptor,  // V1010
    ControlCharacter.descriptor,  // V1011
    ReplacementCharacter.descriptor,  // V1012
    Mojibake.descriptor,  // V1013
    QuestionMarkLoss.descriptor,  // V1014
    PrivateUse.descriptor,  // V1015
    Masked.descriptor,  // V1016
    NameMixed.descriptor,  // V1018
    RareCharacterPlaceholder.descriptor,  // V1019
    SeveralValues.descriptor,  // V1020
    NameStrayDot.descriptor,  // V1021
    IdentifierLength.descriptor,  // V1101
    IdentifierCharset.descriptor,  // V1102
    CheckCharacter.descriptor,  // V1103
    InvalidDate.descriptor,  // V1104
    FutureDate.descriptor,  // V1105
    UnknownProvince.descriptor,  // V1106
    UnknownRegion.descriptor,  // V1107
    RetiredRegion.descriptor,  // V1108
    RetiredBeforeBirth.descriptor,  // V1109
    AggregateRegion.descriptor,  // V1110
    NewerRegion.descriptor,  // V1111
    StatisticsOnlyRegion.descriptor,  // V1112
    ImplausibleAge.descriptor,  // V1113
    LegacyNumber.descriptor,  // V1114
    LegacyCentenarian.descriptor,  // V1115
    ScientificNotation.descriptor,  // V1116
    SpreadsheetLoss.descriptor,  // V1117
    UnknownNationality.descriptor,  // V1118
    OrganizationCodeCheck.descriptor,  // V1119
    UnknownOrganizationKind.descriptor,  // V1120
    Placeholder.descriptor,  // V1121
    DocumentFormat.descriptor,  // V1122
    RetiredRegistration.descriptor,  // V1123
    IdentifierAsNumber.descriptor,  // V1124
    CodeAsNumber.descriptor,  // V1125
    DateCellInText.descriptor,  // V1126
    TownRange.descriptor,  // V1201
    CommunityRange.descriptor,  // V1202
    VillageRange.descriptor,  // V1203
    SequenceRange.descriptor,  // V1204
    MergedAndSplit.descriptor,  // V1205
    HigherLevel.descriptor,  // V1206
    VirtualUnit.descriptor,  // V1207
    UnknownObjectClass.descriptor,  // V1208
    MissingObjectClass.descriptor,  // V1209
    UnknownStatisticalCode.descriptor,  // V1210
    UnknownCode.descriptor,  // V1301
    UnreadableDate.descriptor,  // V1302
    DateSerial.descriptor,  // V1304
    UnreadableNumber.descriptor,  // V1305
    NumberRange.descriptor,  // V1306
    UnknownDivisionName.descriptor,  // V1307
    PhoneFormat.descriptor,  // V1308
    PhonePrefixUnknown.descriptor,  // V1309
    PhonePlaceholder.descriptor,  // V1310
    PhoneShortCode.descriptor,  // V1311
    PhoneMultiple.descriptor,  // V1312
    PhoneAreaLength.descriptor,  // V1313
    PlateFormat.descriptor,  // V1314
    PlateSpecial.descriptor,  // V1315
    PostcodeFormat.descriptor,  // V1316
    CodeNotListed.descriptor,  // V1317
    LabelDisagrees.descriptor,  // V1318
    KindUnknown.descriptor,  // V1319
    MonthDisagrees.descriptor,  // V1320
    TimeOfDayLost.descriptor,  // V1321
    CoordinateRange.descriptor,  // V1401
    CoordinateProjected.descriptor,  // V1402
    CoordinateSwapped.descriptor,  // V1403
    CoordinateOutside.descriptor,  // V1404
    CoordinateZero.descriptor,  // V1405
    CoordinateCoarse.descriptor,  // V1406
    ReferenceUnknown.descriptor,  // G2001
    ReferenceAmbiguous.descriptor,  // G2002
    SeveralHouseholders.descriptor,  // G2003
    NoHouseholder.descriptor,  // G2004
    KeyConflict.descriptor,  // G2005
    DuplicateRow.descriptor,  // G2006
    ParentUnknown.descriptor,  // G2007
    ParentCycle.descriptor,  // G2008
    InterimJoined.descriptor,  // G2009
    RecordsUnited.descriptor,  // G2010
    NumberWithoutScope.descriptor,  // G2011
    GridWholeAndSplit.descriptor,  // G2101
    GridSequenceGap.descriptor,  // G2102
    GridMergedGap.descriptor,  // G2103
    KeptColumns.descriptor,  // W0001
    NameOther.descriptor,  // W0002
    NameCorrected.descriptor,  // W0003
    KeyCorrected.descriptor,  // W0004
    NumberAmbiguous.descriptor,  // W0005
    KeyTwice.descriptor,  // W0006
    KeyKnown.descriptor,  // W0007
    KeyUnknown.descriptor,  // W0008
    Unmended.descriptor,  // W0009
    NothingClosed.descriptor,  // W0010
    ClosedReturns.descriptor,  // W0011
    ClosingTakenBack.descriptor,  // W0012
    OwnerOther.descriptor,  // W0013
    GridClosed.descriptor,  // W0014
    GridStructureChanged.descriptor,  // W0015
    FixTrim.descriptor,  // N0001
    FixWidth.descriptor,  // N0002
    FixCase.descriptor,  // N0003
    FixSeparator.descriptor,  // N0004
    FixQuote.descriptor,  // N0005
    FixHomoglyph.descriptor,  // N0006
    FixPhonePrefix.descriptor,  // N0007
    FixInterpunct.descriptor,  // N0008
    FixInvisible.descriptor,  // N0009
    FixInnerSpace.descriptor,  // N0010
    FixRadical.descriptor,  // N0011
    FixPrivateUse.descriptor,  // N0012
    FixLineBreak.descriptor,  // N0013
    FixNothing.descriptor,  // N0014
    FixEqualsQuoted.descriptor,  // N0015
    EmptyKept.descriptor,  // N0016
    ReadDateStyle.descriptor,  // N0101
    ReadLabel.descriptor,  // N0102
    ReadName.descriptor,  // N0103
    ReadSexagesimal.descriptor,  // N0104
    ReadDerived.descriptor,  // N0105
    ReadMonth.descriptor,  // N0106
  ]

  /// The code of the rule that a symbol of a verdict stands for.
  static let codeBySymbol: [String: RuleCode] = Dictionary(
    all.map { ($0.symbol, $0.code) }, uniquingKeysWith: { first, _ in first })

  static func code(_ symbol: Verdict) -> RuleCode {
    guard let code = codes[symbol] else { bug("a symbol has no rule") }
    return code
  }

  private static let codes: [Verdict: RuleCode] = Dictionary(
    uniqueKeysWithValues: Verdict.names.compactMap { symbol, name in codeBySymbol[name].map { (symbol, $0) } })
}
