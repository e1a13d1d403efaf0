import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

/// People whose number is not known yet, and what becomes of them when it is.
struct InterimKeyTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  static let header = "公民身份号码,姓名,出生日期,户号,性别\n"

  @Test func `a newborn stands under name, birth date and household, and merges when the number comes`() throws {
    let before = try roster.file("a.csv", Self.header + ",示例娃,2015-03-07,A1,男\n,示例娃,2015-03-07,A2,男\n")
    let first = try roster.run(.load, [before])
    #expect(first.counts.created == 2)
    #expect(first.findings.counts.contains { $0.key.code == RuleCode("V1004") && $0.value == 2 })
    let again = try roster.run(.load, [before]) { $0.again = true }
    #expect(again.counts.unchanged == 2)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    let after = try roster.file("b.csv", Self.header + "32069920150307001X,示例娃,2015-03-07,A1,女\n")
    #expect(try roster.run(.check, [after]) { $0.warehouse = roster.warehouse }.counts.updated == 0)
    let fitting = try roster.file("c.csv", Self.header + "32069920150307001X,示例娃,2015-03-07,A1,男\n")
    let merged = try roster.run(.load, [fitting])
    #expect(merged.counts.updated == 1)
    // Of one delivery the row without the number is told that it is the other.
    let both = try roster.file("d.csv", Self.header + ",示例娃,2015-03-07,A1,男\n32069920150307001X,示例娃,2015-03-07,A1,男\n")
    let told = try Roster().run(.load, [both]).allFindings.filter { $0.code == RuleCode("G2009") }
    #expect(told.map(\.row) == [1])
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["identityNum", "householdNum"])
    #expect(rows == [["", "A2"], ["32069920150307001X", "A1"]])
    #expect(try roster.run(.load, [fitting]) { $0.again = true }.counts.unchanged == 1)
  }

  /// Deliveries as rows of number, name, birth date, household, sex; what the last comes to and what stands afterwards.
  struct Joining: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let deliveries: [[String]]
    let counts: RunCounts
    let numbers: [String]

    init(_ name: String, _ deliveries: [[String]], _ numbers: [String], _ set: (inout RunCounts) -> Void) {
      var counts = RunCounts()
      counts.read = deliveries.last?.count ?? 0
      set(&counts)
      (testDescription, self.deliveries, self.counts, self.numbers) = (name, deliveries, counts, numbers)
    }

    static let number = "32069920150307001X"
    static func open(_ household: String, _ contact: String) -> String { ",示例娃,2015-03-07,\(household),男,1380013800\(contact)" }
    static func known(_ household: String, _ contact: String) -> String { number + open(household, contact) }

    static let all: [Joining] = [
      Joining("the number comes", [[open("A1", "1")], [known("A1", "2")]], [number]) { $0.updated = 1 },
      Joining("with the household", [[open("", "1")], [known("A1", "2")]], [number]) { $0.updated = 1 },
      Joining("without it", [[open("A1", "1")], [known("", "2")]], [number]) { $0.updated = 1 },
      Joining("of another household", [[open("A1", "1")], [known("A2", "2")]], ["", number]) { $0.created = 1 },
      Joining("an old list again", [[open("A1", "1")], [known("A1", "2")], [open("A1", "1")]], [number]) { $0.duplicate = 1 },
      Joining("both at once", [[open("A1", "1"), known("A1", "2")]], [number]) { ($0.created, $0.duplicate) = (1, 1) },
      Joining("both at once, the other way", [[known("A1", "2"), open("A1", "1")]], [number]) {
        ($0.created, $0.duplicate) = (1, 1)
      },
      Joining("both, the number known", [[known("A1", "1")], [open("A1", "2"), known("A1", "9")]], [number]) {
        ($0.updated, $0.duplicate) = (1, 1)
      },
      Joining(
        "conflicts of both kinds",
        [[known("A1", "1")], [open("A1", "2"), known("A1", "3"), open("A1", "4"), known("A1", "5")]], [number]
      ) {
        $0.quarantined = 4
      },
      Joining(
        "a conflict of the old kind", [[known("A1", "1")], [open("A1", "2"), known("A1", "9"), open("A1", "3")]], [number]
      ) {
        ($0.updated, $0.quarantined) = (1, 2)
      },
      Joining(
        "a conflict of the new kind",
        [[open("A1", "1")], [known("A1", "2"), open("A1", "9"), known("A1", "3")], [open("A1", "4"), open("A1", "5")]], [""]
      ) {
        $0.quarantined = 2
      },
      Joining(
        "namesakes told apart by the household",
        [[known("A1", "1"), "320699201503070052,示例娃,2015-03-07,A2,男,13800138002"], [open("A1", "3")]],
        [number, "320699201503070052"]
      ) { $0.duplicate = 1 },
      Joining(
        "namesakes not told apart",
        [[known("", "1"), "320699201503070052,示例娃,2015-03-07,,男,13800138002"], [open("A1", "3")]],
        ["", number, "320699201503070052"]
      ) { $0.created = 1 },
      Joining("the birth date in the number only", [[open("A1", "1")], [number + ",示例娃,,A1,男,13800138002"]], [number]) {
        $0.updated = 1
      },
    ]
  }

  @Test(arguments: Joining.all)
  func `a person counts once, with a number or before it came, in whatever order the rows stand`(_ joining: Joining) throws {
    var last: RunResult?
    for (place, rows) in joining.deliveries.enumerated() {
      let text = Self.header.replacing("\n", with: ",联系电话\n") + rows.joined(separator: "\n") + "\n"
      last = try roster.run(.load, [try roster.file("\(place).csv", text)]) { $0.again = true }
    }
    #expect(last?.counts == joining.counts)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.rows(of: "registeredResident", fields: ["identityNum"]) == joining.numbers.map { [$0] })
    try roster.confirmPast()
    #expect(try warehouse.verify().differences.isEmpty)
  }

  @Test func `a row takes from the one that it was before what its own file has no column for`() throws {
    _ = try roster.run(.load, [try roster.file("old.csv", Self.header + ",示例娃,2015-03-07,A1,男\n")])
    let new = try roster.file("new.csv", "公民身份号码,姓名,出生日期,与户主关系\n\(Joining.number),示例娃,2015-03-07,子\n")
    #expect(try roster.run(.load, [new]).counts.updated == 1)
    #expect(try roster.run(.load, [new]) { $0.again = true }.counts.unchanged == 1)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.rows(of: "registeredResident", fields: ["identityNum", "householdNum"]) == [[Joining.number, "A1"]])
    #expect(try warehouse.verify().differences.isEmpty)
  }

  @Test func `what followed in a row without a number does not follow where its number comes with another source`() throws {
    let open = try roster.file("a.csv", "公民身份号码,姓名,出生日期,户号,是否已死亡\n,示例娃,2015-03-07,A1,是\n")
    let known = "公民身份号码,姓名,出生日期,户号"
    for (name, text, status) in [
      ("otherwise", "\(known),是否已死亡\n\(Joining.number),示例娃,2015-03-07,A1,否\n", ""),
      ("the same", "\(known)\n\(Joining.number),示例娃,2015-03-07,A1\n", "03"),
    ] {
      let own = try Roster()
      _ = try own.run(.load, [open]) { $0.dataset = "registeredResident" }
      _ = try own.run(.load, [try own.file("\(name).csv", text)]) { $0.dataset = "registeredResident" }
      let warehouse = try Warehouse(path: own.warehouse, mode: .read)
      #expect(
        try warehouse.rows(of: "registeredResident", fields: ["identityNum", "statusCode"]) == [[Joining.number, status]])
      #expect(try warehouse.verify().differences.isEmpty)
    }
  }

  /// A row without its number is stored; then a delivery of one or two rows has it.
  struct Arrival: CustomTestStringConvertible {
    let testDescription: String
    let stored: (headings: String, values: String)
    let delivered: [(headings: String, values: String)]
    var errors: [String] = []
    let rows: [[String]]
  }

  static let arrivals = [
    Arrival(
      testDescription: "a cell that says that it is empty empties what was stored", stored: ("联系电话,户号", "13800138001,A1"),
      delivered: [("联系电话,户号", "<清空>,A1")], rows: [[Joining.number, "A1", "", ""]]),
    Arrival(
      testDescription: "a record that what is stored makes contradict itself waits", stored: ("户号,与户主关系", "A1,妻"),
      delivered: [("户号,户主公民身份号码", "A1,\(Joining.number)")], errors: ["1 R2104"], rows: [["", "A1", "", "12"]]),
    Arrival(
      testDescription: "so do the rows of a record of two", stored: ("户号,与户主关系", "A1,妻"),
      delivered: [("户号", "A1"), ("户主公民身份号码", Joining.number)], errors: ["1 R2104", "1 R2104"], rows: [["", "A1", "", "12"]]),
    Arrival(
      testDescription: "two rows and what is stored are one record", stored: ("联系电话", "13800138001"),
      delivered: [("户号", "A1"), ("与户主关系", "子")], rows: [[Joining.number, "A1", "13800138001", "20"]]),
  ]

  @Test(arguments: arrivals)
  func `a record that brings the number is judged as it will stand`(_ arrival: Arrival) throws {
    let before = try roster.file(
      "a.csv", "公民身份号码,姓名,出生日期,\(arrival.stored.headings)\n,示例娃,2015-03-07,\(arrival.stored.values)\n")
    _ = try roster.run(.load, [before]) { $0.dataset = "registeredResident" }
    let files = try arrival.delivered.enumerated().map { number, row in
      try roster.file(
        "\(number).csv", "公民身份号码,姓名,出生日期,\(row.headings)\n\(Joining.number),示例娃,2015-03-07,\(row.values)\n")
    }
    let checked = try roster.run(.check, files) { ($0.dataset, $0.warehouse) = ("registeredResident", roster.warehouse) }
    let loaded = try roster.run(.load, files) { $0.dataset = "registeredResident" }
    #expect(checked.counts == loaded.counts)
    #expect(files.indices.flatMap { roster.errors(loaded, input: $0) } == arrival.errors)
    #expect(files.indices.flatMap { roster.errors(checked, input: $0) } == arrival.errors)
    #expect(loaded.counts.quarantined == arrival.errors.count)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    let fields = ["identityNum", "householdNum", "contact", "householderRelationCode"]
    #expect(try warehouse.rows(of: "registeredResident", fields: fields) == arrival.rows)
    #expect(try warehouse.verify().differences.isEmpty)
  }

  @Test(arguments: [",示例娃,,A1,男\n", ",,2015-03-07,A1,男\n"])
  func `a person without a number and a birth date or a name waits`(_ row: String) throws {
    let result = try roster.run(.check, [try roster.file("a.csv", Self.header + row)])
    #expect(result.counts.quarantined == 1)
    #expect(roster.codes(result, .error).contains("V1001"))
  }

  @Test func `two people without a number who are not told apart wait, and so do their rows when taken back`() throws {
    let file = try roster.file("a.csv", Self.header + ",示例娃,2015-03-07,A1,男\n,示例娃,2015-03-07,A1,女\n")
    let result = try roster.run(.load, [file])
    #expect(result.counts.quarantined == 2)
    #expect(roster.errors(result) == ["1 G2005", "2 G2005"])
  }
}
