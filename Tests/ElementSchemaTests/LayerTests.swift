import ElementCore
import ElementSchema
import ElementTestSupport
import Foundation
import Testing

struct LayerTests {
  private let files: [PackFile]

  init() throws { files = try SchemaPack.files(directory: nil) }

  /// A pack with one more overlay, over `base`, that says this of the grids.
  private func pack(_ grid: String, base: String? = nil, settings: String = "") throws(SchemaError) -> SchemaPack {
    let head = "overlay: own\ntitle: {zh: 本地, en: Own}\nlevel: city\nsource: test\n" + (base.map { "extends: \($0)\n" } ?? "")
    let text = head + settings + "datasets:\n  grid:\n" + grid
    return try SchemaPack(files: files + [PackFile(path: "overlays/own.yaml", text: text)], overlays: ["own"])
  }

  @Test func `a layer narrows a field, and the field knows who set what`() throws {
    let pack = try pack(
      "    fields:\n      - {name: gridName, duty: key, length: 40, sensitivity: internal}\n      - {name: householdAmount, min: 300, max: 500}\n"
        + "      - {name: gridType, values: ['01'], confidence: B, aliases: [格型]}\n      - {name: divideDate, past: true}\n")
    let grid = try #require(pack.dataset("grid"))
    let name = grid.fields[try #require(grid.index(of: "gridName"))]
    #expect((name.length, name.sensitivity) == (40, .internal))
    #expect(name.origins["length"]?.layer == "own")
    #expect(name.origins["length"]?.line == 8)
    #expect(name.origin.layer == "core")
    let amount = grid.fields[try #require(grid.index(of: "householdAmount"))]
    #expect((amount.minimum, amount.maximum) == (300, 500))
    #expect(grid.fields[try #require(grid.index(of: "gridType"))].values == ["01"])
    #expect(grid.fieldByHeading[HeaderText.key("格型")] == grid.index(of: "gridType"))
  }

  @Test(arguments: [
    "gridName, length: 200", "gridCode, duty: expected", "householdAmount, min: -5", "householdAmount, digits: 9",
    "area, scale: 3", "captainName, sensitivity: open", "gridCode, confidence: D", "captainBirthday, past: false",
  ])
  func `a layer that widens is refused with both positions`(_ field: String) throws {
    let error = #expect(throws: SchemaError.self) { try pack("    fields:\n      - {name: \(field)}\n") }
    #expect(error?.file == "overlays/own.yaml")
    #expect(error?.line == 8)
    #expect(error?.message.en.contains("grid.yaml:") == true)
  }

  @Test func `what one layer has narrowed the next may not widen`() throws {
    let error = #expect(throws: SchemaError.self) {
      try pack("    fields:\n      - {name: householdAmount, duty: expected}\n", base: "nantong")
    }
    #expect(error?.message.en.contains("layer nantong") == true)
    let values = "    fields:\n      - {name: gridType, values: ['01', '02']}\n"
    #expect(try pack(values).dataset("grid") != nil)
    let setting =
      "settings:\n  - {name: gridHouseholdsLeast, value: 200, narrows: up, unit: 户, title: {zh: 少, en: Least}, source: s}\n"
    let widened = #expect(throws: SchemaError.self) { try pack("    fields: []\n", base: "nantong", settings: setting) }
    #expect(widened?.message.en.contains("layer nantong") == true)
  }

  @Test(arguments: [
    ("    fields:\n      - {name: nix, duty: key}\n", 8, 16),
    ("    fields:\n      - {name: gridType, values: ['77']}\n", 8, 35),
    ("    fields:\n      - {name: gridName, values: ['01']}\n", 8, 26),
    ("    fields:\n      - {name: captainMobile, length: 20}\n", 8, 31),
    ("    fields:\n      - {name: gridName, type: text}\n", 8, 26),
    ("    fieldss: []\n", 7, 5),
  ])
  func `what a layer cannot say is refused at its place`(_ grid: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: SchemaError.self) { try pack(grid) }
    #expect((error?.line, error?.column) == (line, column))
  }

  @Test func `layers that do not exist, or lie on themselves, are refused`() {
    #expect(throws: SchemaError.self) { try SchemaPack(files: files, overlays: ["nowhere"]) }
    #expect(throws: SchemaError.self) { try pack("    fields: []\n", base: "own") }
  }

  @Test func `nantong lies on jiangsu, and its numbers stand in expressions`() throws {
    let pack = try SchemaPack(files: files, overlays: ["nantong"])
    #expect(pack.settings.first { $0.name == "gridHouseholdsMost" }?.value == 500)
    #expect(pack.settings.contains { $0.origin.layer == "jiangsu" })
    #expect(pack.digest != (try SchemaPack(files: files)).digest)
    let items = PackDifference(try SchemaPack(files: files), pack).items
    #expect(
      items.contains { $0.subject == "grid.householdAmount.duty" && $0.second == "required" && $0.origin?.layer == "nantong" })
    #expect(items.contains { $0.subject == "grid R2302" && $0.first.isEmpty })
    #expect(PackDifference(pack, pack).items.isEmpty)
  }
}

struct SchemaLintTests {
  private let files: [PackFile]

  init() throws { files = try SchemaPack.files(directory: nil) }

  @Test func `the shipped pack is clean`() throws {
    #expect(try SchemaLint(files: files).findings.isEmpty)
  }

  private static let head = "dataset: d\nelement: place\ntitle: {zh: 甲, en: A}\nkey: [a]\nfields:\n"
  private static let field = "  - {name: a, title: 甲, english: A, type: code, set: sex, duty: key, source: s, confidence: A}\n"
  private static let rule =
    "severity: info, title: {zh: 甲, en: A}, message: {zh: 甲, en: A}, rationale: {zh: 甲, en: A}, fix: {zh: 甲, en: A}, source: s, failing: [x], passing: [y]}\n"

  @Test(arguments: [
    (field + "  - {name: b, title: 甲, english: B, type: text, source: s, confidence: A}\n", 7, "heading of field a"),
    (field + "  - {name: b, title: '', english: B, type: text, source: s, confidence: A}\n", 7, "lacks a title"),
    (
      field + "  - {name: b, title: 乙, english: B, type: text, sensitivity: sensitive, source: s, confidence: A}\n", 7,
      "needs a reason"
    ),
    (field + "references:\n  - {fields: [a], to: grid, on: [nix]}\n", 6, "has no field nix"),
    (
      field + "totals:\n  - {code: G9001, symbol: X, field: a, of: [house], by: nix, "
        + rule.replacing(", failing: [x], passing: [y]", with: ""),
      6, "house has no field nix"
    ),
    (field + "rules:\n  - {code: R9001, symbol: X, field: a, assert: true, " + rule, 8, "the same for every record"),
    (
      field + "rules:\n  - {code: R9001, symbol: X, field: a, when: \"a == '77'\", assert: has(a), " + rule, 8,
      "which the set sex lacks"
    ),
    (field + "rules:\n  - {code: R2103, symbol: X, field: a, assert: has(a), " + rule, 8, "is taken by"),
  ])
  func `what a loader accepts and a maintainer would not is told at its place`(_ body: String, _ line: Int, _ message: String)
    throws
  {
    let lint = try SchemaLint(files: files + [PackFile(path: "datasets/place/d.yaml", text: Self.head + body)])
    #expect(!lint.isClean)
    let found = lint.findings.contains { $0.message.en.contains(message) && (message == "is taken by" || $0.line == line) }
    #expect(found, "\(lint.findings.map(\.message.en))")
  }

  @Test func `an unused set, an orphan and an overlay that widens are told`() throws {
    let head = "code,label,aliases,parent,validFrom,validTo,successor,source,confidence\n"
    let own = [
      PackFile(path: "codes/nobody.csv", text: head + "1,甲,,,,,,s,A\n2,乙,,9,,,,s,A\n"),
      PackFile(
        path: "overlays/own.yaml",
        text:
          "overlay: own\ntitle: {zh: 甲, en: A}\nlevel: city\nsource: s\ndatasets:\n  grid:\n    fields: [{name: gridName, length: 900}]\n"
      ),
    ]
    let texts = try SchemaLint(files: files + own).findings.map(\.message.en)
    #expect(texts.contains { $0.contains("no field uses this code set") })
    #expect(texts.contains { $0.contains("the parent 9") })
    #expect(texts.contains { $0.contains("may only be narrowed") })
  }
}

struct CodeImportTests {
  @Test func `a list with other headings becomes a set, and bad rows are told`() throws {
    let list = try CodeImport(
      text: "代码,名称,上级代码,备注\n320682002,乙镇,320682,\n320682001,\"甲,街道\",320682,x\n,空,,\n", file: "l.csv", source: "l.csv")
    #expect(list.entries.map(\.code) == ["320682001", "320682002"])
    #expect(list.passedOver == 1)
    let pack = try SchemaPack(
      files: try SchemaPack.files(directory: nil) + [
        PackFile(path: "codes/statisticalDivision.csv", text: list.csv)
      ])
    #expect(pack.codeSets["statisticalDivision"]?.entry("320682001")?.label == "甲,街道")
    #expect(pack.codeSets["statisticalDivision"]?.entry("320682002")?.parent == "320682")
  }

  @Test(arguments: [("a,b\n1,2\n", 1), ("code,name\n1,甲\n1,乙\n", 3), ("", 1)])
  func `a list that cannot be a set is refused at its line`(_ text: String, _ line: Int) {
    let error = #expect(throws: SchemaError.self) { try CodeImport(text: text, file: "l.csv", source: "l") }
    #expect(error?.line == line)
  }

  @Test func `codes that are no statistical codes are told`() throws {
    let day = try #require(CalendarDate(year: 2026, month: 1, day: 1))
    let tables = try SchemaPack.shipped().tables(today: day)
    let list = try CodeImport(
      text: "code,name\n320682001,甲\n320682001001,乙\n320682,丙\n320682900,丁\n", file: "l.csv", source: "l")
    #expect(list.misfits(tables).map(\.code) == ["320682", "320682900"])
  }

  @Test(arguments: [
    ("1,甲,,,1990,2000,,s,A\n1,乙,,,1995,,,s,A\n", 3), ("1,甲,,,,,,s,A\n1,乙,,,2000,,,s,A\n", 3), ("1,甲,,,2000,1990,,s,A\n", 2),
  ])
  func `rows of one code may not overlap in time`(_ rows: String, _ line: Int) throws {
    let text = "code,label,aliases,parent,validFrom,validTo,successor,source,confidence\n" + rows
    let files = try SchemaPack.files(directory: nil) + [PackFile(path: "codes/own.csv", text: text)]
    #expect(#expect(throws: SchemaError.self) { try SchemaPack(files: files) }?.line == line)
  }
}

struct ListTests {
  private func pack(_ name: String, _ text: String) throws -> SchemaPack {
    try SchemaPack(
      files: try SchemaPack.files(directory: nil) + [PackFile(path: "lists/\(name).yaml", text: text)])
  }

  private static let plan = """
    source: site notice 2026
    mobilePrefixesNotInUse: ["139"]
    areasOfEightDigits: []
    areasOfBoth: []

    """

  @Test func `the telephone plan of a site goes before the shipped one`() throws {
    let day = try #require(CalendarDate(year: 2026, month: 1, day: 1))
    for (number, shipped, own) in [
      ("19412345678", ["PHONE_PREFIX_UNKNOWN"], []), ("13912345678", [], ["PHONE_PREFIX_UNKNOWN"]),
      ("0513-81234567", [], ["PHONE_AREA_LENGTH"]),
    ] as [(String, [String], [String])] {
      let bytes = Array(number.utf8)
      #expect(Phone.check(bytes.span, try SchemaPack.shipped().tables(today: day).phones).symbols == shipped, "\(number)")
      #expect(Phone.check(bytes.span, try pack("phone-plan", Self.plan).tables(today: day).phones).symbols == own, "\(number)")
    }
  }

  @Test(arguments: [
    ("phone-plan", plan.replacingOccurrences(of: "139", with: "13"), 2, 26), ("phones", plan, 1, 1),
    ("look-alikes", "source: s\nlookAlikes:\n  - {set: sex, list: {zh: 甲, en: A}, codes: ['100'], telling: ['1']}\n", 3, 46),
    ("look-alikes", "source: s\nlookAlikes:\n  - {set: sex, list: {zh: 甲, en: A}, codes: ['1'], telling: ['2']}\n", 3, 61),
    (
      "look-alikes",
      "source: s\nlookAlikes:\n  - {set: sex, list: {zh: 甲, en: A}, codes: ['1'], telling: ['1'], share: 9223372036854775807}\n",
      3, 75
    ),
    ("community-suffixes", "source: s\nsuffixes: [村, '']\n", 2, 15),
  ])
  func `a list that cannot be read is refused at its place`(_ name: String, _ text: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: SchemaError.self) { try pack(name, text) }
    #expect((error?.line, error?.column) == (line, column))
  }

  @Test func `a list that is alike to no code set is told`() throws {
    let text = "source: s\nlookAlikes:\n  - {set: nix, list: {zh: 甲, en: A}, codes: ['1'], telling: ['1']}\n"
    let files =
      try SchemaPack.files(directory: nil) + [PackFile(path: "lists/look-alikes.yaml", text: text)]
    #expect(try SchemaLint(files: files).findings.map(\.message.en) == ["there is no code set nix"])
  }
}

struct SchemeTests {
  private func scheme(_ body: String) throws -> GridCodeScheme {
    try SchemaPack.schemeFile("scheme: own\ntitle: {zh: 甲, en: A}\nsource: s\n" + body, "own.yaml")
  }

  @Test func `segments have characters, tables and a check`() throws {
    let pack = try SchemaPack.shipped()
    let tables = pack.tables(today: try #require(CalendarDate(year: 2026, month: 1, day: 1)))
    let own = try scheme(
      "length: 9\nsegments:\n  - {name: kind, length: 2, charset: letters}\n  - {name: sex, length: 1, table: sex}\n"
        + "  - {name: sequence, length: 6, charset: alphanumeric}\n"
    ).bound(to: pack.codeSets)
    for (code, symbols) in [
      ("AB1X00001", []), ("A11X00001", ["CHARSET"]), ("AB7X00001", ["OBJECT_UNKNOWN"]), ("AB1X0000", ["LENGTH"]),
    ] {
      let bytes = Array(code.utf8)
      #expect(own.check(bytes.span, tables).symbols == symbols, "\(code)")
    }
    // The example numbers of ISO 7064 as other programs compute them: 0794 has 0 (MOD 11-2) and 5 (MOD 11,10).
    for (check, code, holds) in [
      ("mod11-2", "07940", true), ("mod11-2", "07941", false), ("mod11-2", "079X", true), ("mod11-10", "07945", true),
      ("mod11-10", "07944", false),
    ] {
      let bytes = Array(code.utf8)
      let own = try scheme("length: \(bytes.count)\ncheck: \(check)\nsegments:\n  - {name: number, length: \(bytes.count)}\n")
      #expect(own.check(bytes.span, tables).isEmpty == holds, "\(code)")
    }
  }

  @Test func `object classes of the site are looked up, their major classes too`() throws {
    let head = "code,label,aliases,parent,validFrom,validTo,successor,source,confidence\n"
    let files =
      try SchemaPack.files(directory: nil)
      + [PackFile(path: "codes/objectClass.csv", text: head + "010000,大类,,,,,,s,C\n010100,小类,,,,,,s,C\n020101,小类,,,,,,s,C\n")]
    let pack = try SchemaPack(files: files)
    let tables = pack.tables(today: try #require(CalendarDate(year: 2026, month: 1, day: 1)))
    let scheme = try #require(pack.scheme("cjt349"))
    for (object, symbols) in [("010000", []), ("030000", ["OBJECT_UNKNOWN"]), ("020101", ["OBJECT_CLASS_MISSING"])]
      as [(String, [String])]
    {
      let bytes = Array((object + "32068200100100").utf8)
      #expect(scheme.check(bytes.span, tables).symbols == symbols)
    }
  }

  @Test func `a range is not taken apart, however long it is`() throws {
    let own = try scheme(
      "length: 18\nsegments:\n  - {name: community, length: 18, virtual: [\"000000000000000001-999999999999999999\"]}\n")
    #expect(own.segments[0].virtual == [1...999_999_999_999_999_999])
  }

  @Test(arguments: [
    ("length: 9\nsegments:\n  - {name: a, length: 8}\n", 4, 9),
    ("length: 8\nsegments:\n  - {name: a, length: 8, charset: x}\n", 6, 35),
    ("length: 8\nsegments:\n  - {name: a, length: 8, charset: letters, ranges: [\"00000001-00000002\"]}\n", 6, 52),
    ("length: 8\nsegments:\n  - {name: a, length: 8}\nsetRules: [nix]\n", 7, 11),
    ("length: 8\nsegments:\n  - {name: a, length: 8}\nsetRules: [gapless]\n", 7, 11),
    ("length: 8\nsegments:\n  - {name: a, length: 8, table: division}\n", 6, 33),
    ("length: 8\nsegments:\n  - {name: a, length: 8, merged: \"00000001-00000002\"}\n", 6, 34),
    ("length: 8\nsegments:\n  - {name: community, length: 8, charset: letters, virtual: [\"00000001\"]}\n", 6, 61),
    ("length: 3\nsegments:\n  - {name: community, length: 3}\nrules: [mergedAndSplit]\n", 7, 8),
    ("length: 8\nsegments:\n  - {name: a, length: 8}\ncheck: nix\n", 7, 8),
  ])
  func `a scheme that cannot be is refused at its place`(_ body: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: SchemaError.self) { try scheme(body) }
    #expect((error?.line, error?.column) == (line, column))
  }
}
