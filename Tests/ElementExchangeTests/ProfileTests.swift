import ElementCore
import ElementExchange
import ElementFormats
import ElementSchema
import ElementTestSupport
import Foundation
import Testing

/// A profile is checked against the pack before anything leaves: what is not known there, or not whole, is refused with its place.
struct ProfileTests {
  private let pack: SchemaPack

  init() throws { pack = try SchemaPack.shipped() }

  private static func text(_ columns: String, _ more: String = "deletions: never") -> String {
    """
    profile: p
    title: {zh: 试, en: test}
    target: {zh: 试, en: test}
    source: test
    legalBasis: test
    purpose: test
    audience: own
    format: csv
    fileName: "{table}.csv"
    \(more)
    datasets:
      - dataset: registeredResident
        columns:
    \(columns)

    """
  }

  private func read(_ text: String) throws -> ExportProfile { try ProfileReader(pack).profile(text: text, file: "p.yaml") }

  /// Columns that are refused, with the line of the trouble and a word of the message.
  private static let wrong = [
    ("      - {name: A, field: identityNumber}", 14, "identityNum"),
    ("      - {name: A, field: sexCode, codes: {'1': M}}", 14, "map"),
    ("      - {name: A, field: sexCode, codes: {'0': U, '1': M, '2': M, '9': N}}", 14, "merges"),
    ("      - {name: A, field: sexCode, codes: {'0': U, '1': M, '2': F, '9': N, '7': X}}", 14, "has no 7"),
    ("      - {name: A, field: personName, codes: {'0': U}}", 14, "code set"),
    ("      - {name: A, field: birthday, date: MM-dd}", 14, "style"),
    ("      - {name: A, field: birthday, date: yyyy-MM-dd HH:mm}", 14, "time"),
    ("      - {name: A, field: contact, date: yyyy}", 14, "date"),
    ("      - {name: A, field: contact, steps: [reverse]}", 14, "step"),
    ("      - {name: A, field: contact, constant: x}", 14, "one of"),
    ("      - {name: A}", 14, "one of"), ("      - {name: A, field: contact, pattern: '['}", 14, "bracket"),
    ("      - {name: A, field: contact}\n      - {name: A, field: personName}", 14, "two columns"),
    ("      - {name: A, field: contact, flag: [是, 否]}", 14, "boolean"),
    ("      - {name: A, field: contact, length: 0}", 14, "from 1"),
  ]

  @Test(arguments: wrong) func `a column that is wrong is refused with its line`(_ columns: String, _ line: Int, _ word: String)
  {
    let error = #expect(throws: SchemaError.self) { try read(Self.text(columns)) }
    #expect(error?.file == "p.yaml" && error?.line == line)
    #expect(error?.message.en.contains(word) == true, "\(error?.message.en ?? "")")
  }

  /// Profiles that contradict themselves as a whole.
  private static let contradictions = [
    ("deletions: marked", "key"), ("deletions: never\nencoding: utf-16", "encoding"),
    ("deletions: never\nrecordsPerFile: 5", "{part}"),
    ("deletions: never\nenvelope: gridDataPackage", "gridDataPackage"), ("deletions: never\nheader: {a: b}", "header"),
    ("deletions: never\nempty: gone", "empty"), ("deletions: never\nwhere: x", "unknown key"),
  ]

  @Test(arguments: contradictions) func `a profile that contradicts itself is refused`(_ more: String, _ word: String) {
    let error = #expect(throws: SchemaError.self) { try read(Self.text("      - {name: A, field: contact}", more)) }
    #expect(error?.message.en.contains(word) == true && (error?.line ?? 0) > 0, "\(error?.message.en ?? "")")
  }

  @Test func `a condition that asks for today is refused: records would move without a change`() {
    let text = Self.text("      - {name: A, field: contact}").replacing(
      "    columns:", with: "    where: birthday < today\n    columns:")
    #expect(throws: SchemaError.self) { try read(text) }
  }

  @Test func `all shipped profiles are sound, and name what they are`() throws {
    let files = try SchemaPack.files(directory: nil).filter { $0.path.hasPrefix("profiles/") }
    #expect(files.count >= 8)
    for file in files {
      let profile = try ProfileReader(pack).profile(text: file.text, file: file.path)
      #expect(profile.name == file.stem)
      // What may not leave by decision, and what says something sensitive of people, is in none.
      #expect(profile.datasets.allSatisfy { !$0.dataset.isSensitive && $0.dataset.restriction == nil })
      let fields = profile.datasets.flatMap { part in part.shownFields.map { part.dataset.fields[$0] } }
      #expect(profile.audience == .own || fields.allSatisfy { $0.sensitivity != .sensitive })
    }
  }

  @Test func `each shipped profile has a package among the samples, made by it as it is and sound`() throws {
    for file in try SchemaPack.files(directory: nil).filter({ $0.path.hasPrefix("profiles/") }) {
      let source = try PackageSource(Repository.path("samples/packages/\(file.stem)"))
      let found = try PackageVerification(source, signers: nil, previous: nil)
      #expect(found.differences.isEmpty, "\(file.stem): \(found.differences)")
      #expect(found.manifest?.profile.sha256 == file.sha256, "\(file.stem): run samples/make.sh")
    }
  }

  /// What a column makes of a stored value, and why the target would not take it.
  private func composed(_ column: String, _ value: String) throws -> (value: String, misfit: Misfit?) {
    let profile = try read(Self.text("      - {name: A, field: identityNum}\n      - \(column)"))
    let part = profile.datasets[0]
    let key = PseudonymKey(Array("0123456789abcdef".utf8))
    let stamps = PackageStamps(profile: "p", number: 7, sender: "320699", time: "2026-12-01 08:09:10")
    let composer = RecordComposer(part, read: part.readFields, profile, stamps, key: key)
    var (bytes, ranges, record): ([UInt8], [FieldRange], ComposedRecord) = ([], [], ComposedRecord())
    for field in part.readFields {
      let start = bytes.count
      if part.columns[1].fields.contains(field) { bytes += Array(value.utf8) }
      ranges.append(FieldRange(start, bytes.count))
    }
    let misfit = composer.compose(bytes.span, ranges.span, first: 0, .kept, into: &record)
    return (misfit == nil ? String(decoding: record.value(1), as: UTF8.self) : "", misfit)
  }

  private static let written = [
    ("{name: B, field: birthday, date: yyyy年MM月dd日}", "1970-01-02", "1970年01月02日"),
    ("{name: B, field: sexCode, codes: {'0': U, '1': M, '2': F, '9': N}}", "2", "F"),
    ("{name: B, field: sexCode, labels: true}", "1", "男性"),
    ("{name: B, field: isDeceased, flag: [是, 否]}", "0", "否"), ("{name: B, field: isDeceased, flag: [是, 否]}", "", ""),
    ("{name: B, field: contact, steps: [mask]}", "13800000000", "138****0000"),
    ("{name: B, field: householdNum, steps: [{pad: {length: 6, with: '0'}}]}", "42", "000042"),
    ("{name: B, field: householdNum, steps: [{pad: {length: 4, with: ' ', before: false}}]}", "甲", "甲   "),
    ("{name: B, field: residenceAddress, steps: [{part: {from: 2, length: 2}}]}", "示例街道", "例街"),
    ("{name: B, field: residenceAddress, steps: [{split: {by: '-', piece: 2}}]}", "a-b-c", "b"),
    ("{name: B, field: residenceAddress, steps: [{split: {by: '-', piece: 9}}]}", "a-b-c", ""),
    ("{name: B, field: residenceAddress, steps: [trim, upper]}", " ab ", "AB"), ("{name: B, constant: '01'}", "x", "01"),
    ("{name: B, value: packageId}", "", "p-20261201080910-000007"), ("{name: B, value: uploadTime}", "", "2026-12-01 08:09:10"),
    ("{name: B, fields: [villageName, residenceAddress], join: ' '}", "x", "x x"),
  ]

  @Test(arguments: written) func `a column writes a value as the target has it`(
    _ column: String, _ value: String, _ expected: String
  ) throws {
    #expect(try composed(column, value).value == expected)
  }

  @Test func `a pseudonym is the same for the same value, and not the value`() throws {
    let column = "{name: B, field: householdNum, steps: [pseudonym]}"
    let first = try composed(column, "A1").value
    #expect(try first.utf8.count == 64 && first == composed(column, "A1").value && first != composed(column, "A2").value)
  }

  private static let refused: [(String, String, Misfit.Reason)] = [
    ("{name: B, field: contact, required: true}", "", .missing),
    ("{name: B, field: birthday, date: yyyyMMdd}", "1970-01", .partialDate),
    ("{name: B, field: sexCode, codes: {'1': M, '2': F}, without: ['0', '9']}", "9", .unmapped),
    ("{name: B, field: personName, length: 2}", "示例甲", .tooLong(limit: 2)),
    ("{name: B, field: contact, pattern: '1[0-9]{10}'}", "0513-1234567", .pattern),
    ("{name: B, field: contact, values: [a, b]}", "c", .value),
  ]

  @Test(arguments: refused) func `what the target would not take stays behind`(
    _ column: String, _ value: String, _ reason: Misfit.Reason
  ) throws {
    #expect(try composed(column, value).misfit == Misfit(column: 1, reason))
  }
}
