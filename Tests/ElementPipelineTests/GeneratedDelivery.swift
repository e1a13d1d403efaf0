import ElementCore
import ElementGenerator
import ElementTestSupport

/// Small deliveries in which the same few people come again and again: with and without their number, with fewer columns, with other
/// values, with errors, in grids that a roster of grids brings or does not.
struct GeneratedDelivery {
  /// The files, first those that others refer to.
  let paths: [String]

  private static let names = ["示例甲", "示例乙", "示例丙", "示例丁"]
  private static let births = ["2015-03-07", "2016-08-19", "1988-12-01"]
  private static let households = ["", "A1", "A1", "A2"]
  private static let optional = ["户号", "联系方式", "现住门（楼）详址", "所属网格", "人员状态"]

  /// Writes the files of a delivery into a folder, under names that begin alike.
  init(_ name: String, in scratch: ScratchFolder, _ random: inout SeededRandom) throws {
    var paths: [String] = []
    if random.next() % 3 == 0 {
      paths.append(try scratch.file("\(name)-grids.csv", Self.grids(&random)))
    }
    for part in 0..<(random.next() % 4 == 0 ? 2 : 1) {
      let isJSON = random.next() % 4 == 0
      let text = isJSON ? Self.lines(&random) : Self.table(&random)
      paths.append(try scratch.file("\(name)-\(part).\(isJSON ? "ndjson" : "csv")", text))
    }
    self.paths = paths
  }

  private static func pick<Item>(_ items: [Item], _ random: inout SeededRandom) -> Item {
    items[Int(random.next() % UInt64(items.count))]
  }

  private static func grids(_ random: inout SeededRandom) -> String {
    var text = "网格编码,网格名称,村（社区）名称\n"
    for grid in 1...3 where random.next() % 4 != 0 {
      text += "0100003206990010010\(grid),\(pick(["第一网格", "第二网格", "第\(grid)网格"], &random)),东街社区\n"
    }
    return text
  }

  /// A person as fields by their headings; some without a number, and some with errors.
  private static func person(_ columns: [String], _ random: inout SeededRandom) -> [(String, String)] {
    let (name, birth) = (pick(names, &random), pick(births, &random))
    let number = number(birth, Int(random.next() % 2))
    let kind = random.next() % 10
    let shown = kind < 3 ? "" : kind == 3 ? String(number.dropLast()) + "Q" : number
    return [("公民身份号码", shown), ("姓名", name), ("出生日期", birth)]
      + columns.map { column in
        let value =
          switch column {
          case "户号": pick(households, &random)
          case "联系方式": pick(["", "13800138001", "13800138002", "1380"], &random)
          case "所属网格": pick(["", "01000032069900100101", "01000032069900100109", "东街社区第一网格"], &random)
          case "人员状态": pick(["", "01"], &random)
          default: pick(["", "示例路 1 号", "示例路 2 号"], &random)
          }
        return (column, value)
      }
  }

  private static func table(_ random: inout SeededRandom) -> String {
    let columns = optional.filter { _ in random.next() % 2 == 0 }
    let rows = (0...random.next() % 12).map { _ in person(columns, &random).map(\.1).joined(separator: ",") }
    return ((["公民身份号码", "姓名", "出生日期"] + columns).joined(separator: ",") + "\n" + rows.joined(separator: "\n") + "\n")
  }

  /// Records of which each has fields of its own, and some only behind what is looked at first.
  private static func lines(_ random: inout SeededRandom) -> String {
    var text = ""
    let isLong = random.next() % 16 == 0
    for record in 0...(isLong ? 4_000 : random.next() % 12) {
      let columns = optional.filter { _ in random.next() % 2 == 0 && !(isLong && record < 3_990) }
      let members = person(columns, &random).filter { $0 == "公民身份号码" || !$1.isEmpty }.map { #""\#($0)":"\#($1)""# }
      text += "{\(members.joined(separator: ","))}\n"
    }
    return text
  }

  /// A number of an area that no one lives in, with its check character (GB 11643).
  private static func number(_ birth: String, _ order: Int) -> String {
    let digits = Array(("320699" + birth.filter { $0 != "-" } + "00\(1 + 2 * order)").utf8).map { Int($0) - 0x30 }
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let rest = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11
    return digits.map(String.init).joined() + ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][rest]
  }
}
