import ElementCore
import ElementSchema

extension BatchChecker {
  /// Checks one value that is not empty: a word for nothing, what a formula gives as text, or a value of the field's type.
  mutating func checkValue(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ range: FieldRange) {
    if let form = NothingWords.form(value, spec.nothing), !spec.knows(value) { return setNothing(record, spec, value, form) }
    if let inner = EqualsQuoted.inner(value) {
      out.values[record * out.fieldCount + spec.index] = FieldRange(
        Int(range.start) + inner.lowerBound, Int(range.start) + inner.upperBound)
      addFix(plan.fixCodes.equalsQuoted, record, spec.index, raw: value)
      guard !inner.isEmpty else { return checkEmpty(record, spec) }
      let place = out.values[record * out.fieldCount + spec.index]
      return checkValue(record, spec, value.extracting(inner), place)
    }
    out.tallies[spec.index].filled += 1
    switch spec.kind {
    case .name: checkName(record, spec, value, range)
    case .text(let content): checkText(record, spec, value, range, content)
    case .integer: checkNumber(record, spec, value, scale: 0)
    case .decimal: checkNumber(record, spec, value, scale: spec.field.scale ?? 8)
    case .boolean: checkBoolean(record, spec, value)
    case .date: checkDate(record, spec, value)
    case .dateTime: checkTime(record, spec, value)
    case .code(let table): checkCode(record, spec, value, table)
    case .citizenId: checkCitizenID(record, spec, value)
    case .division: checkDivision(record, spec, value)
    case .statistical(let length): checkStatistical(record, spec, value, length)
    case .grid: checkGrid(record, spec, value)
    case .phone(let isPersonal): checkPhone(record, spec, value, isPersonal: isPersonal)
    case .certificate(let typeField): checkCertificate(record, spec, value, typeField)
    case .identifier(let kind): checkIdentifier(record, spec, value, kind)
    case .coordinate(let axis): checkCoordinate(record, spec, value, axis)
    }
  }

  /// Reports a masked value; true where it is one, and then nothing else is asked of it.
  mutating func reportMasked(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, isName: Bool) -> Bool {
    guard MaskedValue.isMasked(value, isName: isName) else { return false }
    out.tallies[spec.index].masked += 1
    markUnsound(record, spec.index)
    add(Masked.descriptor.code, .error, record, field: spec.index, value: String(escapingInvalid: value))
    return true
  }

  // MARK: Text

  private mutating func checkName(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ range: FieldRange) {
    if plan.normaliser.isPlainName(value) {
      checkLength(record, spec, value)
      return
    }
    let trimmed = CodeFolding.trimmed(value)
    if trimmed.isEmpty { return setBlank(record, spec, value) }
    let inner = value.extracting(trimmed)
    if reportMasked(record, spec, inner, isName: true) { return }
    let (bytes, traits) = plan.normaliser.name(inner)
    report(traits, record, spec, value, isName: true)
    if traits.contains(.strayDot) {
      let without = String(escapingInvalid: TextNormaliser.withoutStrayDots(bytes.span).span)
      add(
        NameStrayDot.descriptor.code, .warning, record, field: spec.index, value: String(escapingInvalid: value),
        suggestion: without.isEmpty ? nil : Suggestion(value: spec.field.mask(without), safe: false))
    }
    if trimmed.count != value.count { addFix(plan.fixCodes.trim, record, spec.index, raw: value) }
    keep(bytes, record, spec, value)
    checkLength(record, spec, bytes.span)
  }

  private mutating func checkText(
    _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, _ range: FieldRange, _ content: TextContent
  ) {
    if content == .code { return checkCodeText(record, spec, value) }
    let trimmed = CodeFolding.trimmed(value)
    if trimmed.isEmpty { return setBlank(record, spec, value) }
    if trimmed.count == value.count, plan.normaliser.isPlainText(value) { return checkLength(record, spec, value) }
    let inner = value.extracting(trimmed)
    let (bytes, traits) = plan.normaliser.text(inner)
    report(traits, record, spec, value, isName: false)
    if trimmed.count != value.count { addFix(plan.fixCodes.trim, record, spec.index, raw: value) }
    keep(bytes, record, spec, value)
    checkLength(record, spec, bytes.span)
  }

  /// A code of letters and digits without a list: folded like every code, but nothing inside is removed.
  private mutating func checkCodeText(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    if CodeFolding.isPlain(value) { return checkLength(record, spec, value) }
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
    if SpreadsheetDamage.isScientific(folded.bytes.span) {
      report(.spreadsheetScientific, FieldPolicies.code, record, spec, value)
    }
    apply(folded.fixes, folded.bytes, record, spec, value)
    checkLength(record, spec, folded.bytes.span)
  }

  private mutating func checkLength(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    guard let limit = spec.field.length, value.count > limit else { return }
    let count = UTF8Scan.codePointCount(value)
    guard count > limit else { return }
    fail(TextTooLong.descriptor.code, record, spec, value, expected: String(limit), facts: ["actual": String(count)])
  }

  private mutating func report(_ traits: TextTraits, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, isName: Bool) {
    if traits.isEmpty { return }
    let errors: [(TextTraits, RuleCode)] = [
      (.replacement, ReplacementCharacter.descriptor.code), (.mojibake, Mojibake.descriptor.code),
      (.control, ControlCharacter.descriptor.code),
      (.questionMark, QuestionMarkLoss.descriptor.code), (.privateUse, PrivateUse.descriptor.code),
    ]
    if let error = errors.first(where: { traits.contains($0.0) }) { fail(error.1, record, spec, value) }
    if isName {
      let text = String(escapingInvalid: value)
      if traits.contains(.mixed) { add(NameMixed.descriptor.code, .warning, record, field: spec.index, value: text) }
      if traits.contains(.placeholder) {
        add(RareCharacterPlaceholder.descriptor.code, .warning, record, field: spec.index, value: text)
      }
    }
    let codes = plan.fixCodes
    let fixes: [(TextTraits, RuleCode, Bool)] = [
      (.fixInterpunct, codes.interpunct, false), (.fixInvisible, codes.invisible, true),
      (.fixInnerSpace, codes.innerSpace, true),
      (.fixRadical, codes.radical, true), (.fixPrivateUse, codes.privateUse, false), (.fixLineBreak, codes.lineBreak, false),
    ]
    for (trait, code, warns) in fixes where traits.contains(trait) {
      addFix(code, record, spec.index, raw: value)
      if warns { add(code, .warning, record, field: spec.index, value: String(escapingInvalid: value)) }
    }
  }

  // MARK: Numbers

  private mutating func checkNumber(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, scale: Int) {
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    guard let number = DecimalReading.canonical(folded.bytes) else {
      fail(
        UnreadableNumber.descriptor.code, record, spec, value, expected: scale == 0 ? "integer" : "number",
        isAlwaysError: scale == 0)
      return
    }
    if let range = DecimalReading.violation(
      number, digits: spec.field.digits, scale: scale, minimum: spec.field.minimum, maximum: spec.field.maximum)
    {
      // A whole number is kept as one: what is none, or longer than 18 digits, has no place in its column.
      let isKept = scale > 0 || (number.count <= 18 && !number.contains(0x2E))
      fail(
        NumberRange.descriptor.code, record, spec, value, expected: range.en, facts: ["range": range.zh, "rangeEn": range.en],
        isAlwaysError: !isKept)
      return
    }
    apply(folded.fixes, number, record, spec, value)
  }

  /// A day, with the time of the day where it is known.
  private mutating func checkTime(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    switch DateReading.readTimed(folded.bytes.span, plan.tables.zone) {
    case .time(let time, let isCanonical):
      if spec.field.past, time.day > plan.tables.today { return fail(FutureDate.descriptor.code, record, spec, value) }
      apply(folded.fixes, Array(time.text.utf8), record, spec, value)
      if !isCanonical, folded.fixes.isEmpty { out.fixCounts[plan.fixCodes.dateStyle, default: 0] += 1 }
    case .day(.noSuchDay): fail(InvalidDate.descriptor.code, record, spec, value)
    case .day(.serial): fail(DateSerial.descriptor.code, record, spec, value)
    case .day:
      if reportMasked(record, spec, folded.bytes.span, isName: false) { return }
      fail(UnreadableDate.descriptor.code, record, spec, value)
    }
  }

  private mutating func checkDate(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    let trimmed = CodeFolding.trimmed(value)
    if trimmed.isEmpty { return setBlank(record, spec, value) }
    let folded = value.isASCII && trimmed.count == value.count ? nil : CodeFolding.fold(value, dropsSeparators: false)
    let outcome = folded.map { DateReading.read($0.bytes.span) } ?? DateReading.read(value)
    switch outcome {
    case .day(let day, let isCanonical):
      if spec.field.past, day > plan.tables.today { return fail(FutureDate.descriptor.code, record, spec, value) }
      if let folded, !folded.fixes.isEmpty {
        apply(folded.fixes, Array(day.text.utf8), record, spec, value)
      } else if !isCanonical {
        let start = base + side.count
        day.append(to: &side)
        out.values[record * out.fieldCount + spec.index] = FieldRange(start, base + side.count)
        out.fixCounts[plan.fixCodes.dateStyle, default: 0] += 1
      }
    case .noSuchDay: fail(InvalidDate.descriptor.code, record, spec, value)
    case .serial: fail(DateSerial.descriptor.code, record, spec, value)
    case .unreadable:
      if reportMasked(record, spec, value.extracting(trimmed), isName: false) || completeMonth(record, spec, value) { return }
      let plain = folded ?? CodeFolding.fold(value, dropsSeparators: false)
      if let day = DateReading.midnight(plain.bytes.span, plan.tables.zone) {
        if spec.field.past, day > plan.tables.today { return fail(FutureDate.descriptor.code, record, spec, value) }
        setValue(record, spec.index, Array(day.text.utf8))
        out.fixCounts[plan.fixCodes.dateStyle, default: 0] += 1
        return
      }
      fail(UnreadableDate.descriptor.code, record, spec, value)
    }
  }

  /// Completes a month of birth from the citizen number of the record, or reports that they disagree; false where either
  /// is not there.
  private mutating func completeMonth(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) -> Bool {
    guard let number = spec.birthDateOf, !unsound[record * out.fieldCount + number],
      let month = DateReading.month(CodeFolding.fold(value, dropsSeparators: false).bytes.span),
      let born = CitizenID.birthDate(checkedValue(record, number).span)
    else { return false }
    if (born.year, born.month) == month {
      setValue(record, spec.index, Array(born.text.utf8))
      addFix(plan.fixCodes.month, record, spec.index, raw: value)
    } else {
      fail(MonthDisagrees.descriptor.code, record, spec, value)
    }
    return true
  }

  // MARK: Ends of a check

  /// A value of blanks only counts as empty.
  mutating func setBlank(_ record: Int, _ spec: FieldSpec, _ raw: Span<UInt8>) {
    out.tallies[spec.index].filled -= 1
    setValue(record, spec.index, [])
    addFix(plan.fixCodes.trim, record, spec.index, raw: raw)
    checkEmpty(record, spec)
  }

  /// Empties a value that stands for nothing, which is told once a column; a key or an item that is demanded must say something.
  private mutating func setNothing(_ record: Int, _ spec: FieldSpec, _ raw: Span<UInt8>, _ form: Int) {
    guard spec.field.duty < .required else {
      markUnsound(record, spec.index)
      let text = String(escapingInvalid: raw)
      return add(
        NothingInKey.descriptor.code, .error, record, field: spec.index, value: text, facts: ["word": NothingWords.forms[form]])
    }
    out.tallies[spec.index].nothing[form, default: 0] += 1
    out.fixCounts[FixNothing.descriptor.code, default: 0] += 1
    setValue(record, spec.index, [])
    checkEmpty(record, spec)
  }

  /// Keeps a normalised value where it differs from what was written.
  private mutating func keep(_ bytes: [UInt8], _ record: Int, _ spec: FieldSpec, _ raw: Span<UInt8>) {
    if !bytes.span.equals(raw) { setValue(record, spec.index, bytes) }
  }

  /// Notes repairs and keeps the repaired value.
  mutating func apply(_ fixes: Verdict, _ bytes: [UInt8], _ record: Int, _ spec: FieldSpec, _ raw: Span<UInt8>) {
    keep(bytes, record, spec, raw)
    if fixes.isEmpty { return }
    for (symbol, _) in Verdict.names where fixes.contains(symbol) && Verdict.fixes.contains(symbol) {
      addFix(RuleCatalog.code(symbol), record, spec.index, raw: raw)
    }
  }

  /// Reports a violation: an error, or a warning where the field's source is of low confidence.
  mutating func fail(
    _ code: RuleCode, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>, expected: String = "",
    facts: [String: String] = [:], isAlwaysError: Bool = false
  ) {
    markUnsound(record, spec.index)
    add(
      code, spec.field.isBinding || isAlwaysError ? .error : .warning, record, field: spec.index,
      value: String(escapingInvalid: value),
      expected: expected, facts: facts)
  }
}
