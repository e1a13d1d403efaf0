import ElementCore
import ElementExpression
import ElementFormats
import ElementSchema

/// Bytes as a single value.
enum FuzzValue {
  /// What decodes is UTF-8, and where it can be encoded again, decodes to the same.
  static func transcode(_ bytes: [UInt8]) {
    var text: [UInt8] = []
    let isValid = GB18030.shared.decode(bytes.span, into: &text)
    let value = [UInt8](capacity: GB18030.room(for: bytes.count)) { _ = GB18030.shared.decode(bytes.span, into: &$0) }
    guard value == (isValid ? text : []) else { FuzzTarget.fail("a value decodes otherwise: \(value)") }
    guard isValid else { return }
    guard UTF8Scan.isValid(text.span) else { FuzzTarget.fail("decoded to what is no UTF-8") }
    if GB18030.shared.validPrefix(bytes.span) != bytes.count { FuzzTarget.fail("decoded, but not valid") }
    var (code, index): ([UInt8], Int) = ([], 0)
    while index < text.count {
      guard GB18030.shared.append(UTF8Scan.scalar(text.span, at: &index), to: &code) else { return }
    }
    var again: [UInt8] = []
    guard GB18030.shared.decode(code.span, into: &again), again == text else { FuzzTarget.fail("\(text) became \(again)") }
  }

  /// The same verdict twice, whatever the text.
  static func identify(_ bytes: [UInt8]) {
    guard UTF8Scan.isValid(bytes.span) else { return }
    let tables = FuzzTarget.tables
    let kinds: [IdentifierKind] =
      [
        .creditCode, .organizationCode, .registrationNumber, .creditOrRegistration, .foreignResident, .postcode, .plate,
        .realEstateUnit, .houseNumberCode,
      ] + [TravelDocument.hongKongMacauPermit, .taiwanPermit, .passport].map { .travelDocument($0) }
    for kind in kinds where kind.check(bytes.span, tables) != kind.check(bytes.span, tables) {
      FuzzTarget.fail("two verdicts of \(kind.name)")
    }
    identifyPerson(bytes.span, tables)
    let verdicts = {
      [Phone.check(bytes.span, tables.phones), DivisionCode.check(bytes.span, tables)]
        + [12, 9].map { StatisticalCode.check(bytes.span, length: $0, tables) }
        + FuzzTarget.pack.schemes.values.map { $0.check(bytes.span, tables) }
    }
    if verdicts() != verdicts() { FuzzTarget.fail("two verdicts of a phone, a division or a grid") }
    _ = Coordinate.degrees(sexagesimal: bytes.span)
    readDay(bytes)
  }

  /// A sound number has the check character that GB 11643 works out, and a longer form that is sound as far as its characters go.
  private static func identifyPerson(_ value: Span<UInt8>, _ tables: ReferenceTables) {
    let verdict = CitizenID.check(value, tables)
    if verdict != CitizenID.check(value, tables) { FuzzTarget.fail("two verdicts of a citizen number") }
    if value.count == 18, verdict.isDisjoint(with: CitizenID.policy.errors) {
      let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
      let sum = weights.indices.reduce(0) { $0 + weights[$1] * Int(value[$1] - 0x30) }
      if Array("10X98765432".utf8)[sum % 11] != value[17] { FuzzTarget.fail("a wrong check character is sound") }
      if CitizenID.birthDate(value) == nil || CitizenID.isMale(value) == nil { FuzzTarget.fail("a sound number tells nothing") }
    }
    guard let longer = CitizenID.upgraded(value) else { return }
    if !CitizenID.check(longer.span, tables).isDisjoint(with: [.length, .charset, .checkChar]) {
      FuzzTarget.fail("\(longer) is no longer form")
    }
  }

  /// A day that is read is written as it stood, and is found again by its number.
  private static func readDay(_ bytes: [UInt8]) {
    guard let time = DayTime(iso: bytes.span) else { return }
    if Array(time.text.utf8) != bytes { FuzzTarget.fail("\(bytes) became \(time.text)") }
    if CalendarDate(dayNumber: time.day.dayNumber) != time.day { FuzzTarget.fail("\(time.text) has another number") }
  }

  /// A compiled expression has an outcome for an empty record.
  static func compile(_ bytes: [UInt8]) {
    guard let text = String(validUTF8: bytes.span), let dataset = FuzzTarget.pack.dataset("registeredResident") else { return }
    let names = dataset.fields.map(\.name)
    let expression = try? Expression(text, names: names) { name in
      dataset.index(of: name).map { ExpressionField(index: $0, type: .text) }
    }
    guard let expression else { return }
    let empty = [FieldRange](repeating: .empty, count: names.count)
    _ = expression.evaluate([UInt8]().span, empty.span, width: names.count, count: 1, today: FuzzTarget.today)
  }

  /// A schema is read, or refused with a line that it has.
  static func readSchema(_ bytes: [UInt8]) {
    guard let text = String(validUTF8: bytes.span) else { return }
    do throws(SchemaError) {
      _ = try SchemaPack(files: [PackFile(path: "datasets/person/fuzz.yaml", text: text)])
    } catch {
      let lines = text.utf8.reduce(into: 2) { if $1 == 0x0A || $1 == 0x0D { $0 += 1 } }
      if error.line > lines + text.unicodeScalars.filter({ $0 == "\u{85}" || $0 == "\u{2028}" || $0 == "\u{2029}" }).count {
        FuzzTarget.fail("refused at line \(error.line) of \(lines)")
      }
    }
  }
}
