import ElementCore

/// The name of an organisation taken apart: the division before it, the name proper, the legal form, and what stands behind that.
///
/// 示例市幸福物业管理有限公司第二分公司 is 幸福物业管理, 有限公司, and the branch 第二分公司.
struct OrganizationName: Sendable, Hashable {
  /// The name proper, full width as half, traditional characters simplified, without brackets and blanks.
  let core: [UInt32]
  /// What stands behind the legal form, or, without one, the ordinal: two that have another are two.
  let branch: [UInt32]

  private static func points(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
  private static let forms = [
    "股份有限公司", "有限责任公司", "有限公司", "集团公司", "公司", "合作社", "经营部", "个体工商户",
  ].map(points)
  private static let divisions = Set(points("省市区县镇乡"))
  /// What stands before 区 or 市 in words that are no divisions: 小区, 社区, 园区, 校区, 超市.
  private static let others = Set(points("小社园校厂库超门夜"))
  private static let brackets = Set(points("()[]{}<>《》〈〉【】“”\"'·、,， "))
  private static let ordinal: UInt32 = 0x7B2C
  private static let numerals = Set(points("零一二三四五六七八九十百两0123456789"))
  private static let longestDivision = 8

  /// The parts of a name whose code points are folded.
  init(_ folded: [UInt32]) {
    let table = HanTable.shared
    let name = folded.filter { $0 > 0x20 && !Self.brackets.contains($0) }.map { table.simplified($0) }
    var (start, end, branch) = (Self.division(name), name.count, [UInt32]())
    if let form = Self.form(name, from: start) {
      (end, branch) = (form.lowerBound, Array(name[form.upperBound...]))
    }
    if end - start < 2 { start = 0 }
    core = Array(name[start..<max(start, end)])
    self.branch = branch.isEmpty ? Self.ordinal(core) : branch
  }

  /// How many characters the divisions before a name have.
  private static func division(_ name: [UInt32]) -> Int {
    var (start, place) = (0, 1)
    while place < name.count - 2, place - start < longestDivision {
      if divisions.contains(name[place]), place - start >= 2, !others.contains(name[place - 1]) { start = place + 1 }
      place += 1
    }
    return start
  }

  /// Where the legal form stands, the first and longest.
  private static func form(_ name: [UInt32], from start: Int) -> Range<Int>? {
    for place in name.indices.dropFirst(start + 1) {
      for form in forms where name[place...].starts(with: form) { return place..<place + form.count }
    }
    return nil
  }

  /// 第 and the numerals behind it, wherever they stand.
  private static func ordinal(_ core: [UInt32]) -> [UInt32] {
    guard let place = core.firstIndex(of: ordinal) else { return [] }
    return Array(core[(place + 1)...].prefix { numerals.contains($0) })
  }

  /// What the name proper sounds like: of its first characters, or all.
  func sounds(_ table: HanTable, first count: Int = .max) -> [UInt32] { core.prefix(count).map { table.sound($0) } }
}

/// How alike the names of two organisations are, the most alike first.
enum OrganizationNameLevel: Int, Sendable, CaseIterable {
  /// The same name.
  case exact
  /// The same name proper, of another division or legal form.
  case core
  /// The names proper sound alike.
  case coreSound
  /// One name proper stands in the other.
  case contained
  /// Alike by Jaro–Winkler, from 0.9 on.
  case alike
  /// Another name.
  case differ
  /// One side has no name.
  case none

  private static let least = 0.9

  /// Compares two names that are not equal as written.
  init(_ left: OrganizationName, _ right: OrganizationName, _ table: HanTable) {
    if left.core.isEmpty || right.core.isEmpty {
      self = .none
    } else if left.core == right.core {
      self = .core
    } else if left.core.count == right.core.count, left.sounds(table) == right.sounds(table) {
      self = .coreSound
    } else if Self.contains(left.core, right.core) || Self.contains(right.core, left.core) {
      self = .contained
    } else {
      self = JaroWinkler.similarity(left.core, right.core) >= Self.least ? .alike : .differ
    }
  }

  private static func contains(_ long: [UInt32], _ short: [UInt32]) -> Bool {
    guard short.count >= 2, short.count < long.count else { return false }
    return (0...long.count - short.count).contains { long[$0..<$0 + short.count].elementsEqual(short) }
  }
}
