/// Divisions by their names: each name that ever was in force, alone and behind the names that stood above it.
struct DivisionNames: Sendable {
  /// A division that bears or bore a name, in some years.
  private struct Bearer: Sendable, Hashable {
    let code: Int
    let years: Range<Int>
  }

  /// By the bytes of the names: canonical equivalents are two names.
  private var bearers: [[UInt8]: Set<Bearer>] = [:]

  /// The names of a table.
  init(_ table: DivisionTable) {
    let rows = table.namedRows
    let labels = Dictionary(grouping: rows, by: \.code).mapValues { rows in Set(rows.map(\.label)) }
    for row in rows {
      let provinces = row.code % 10_000 == 0 ? [] : Self.withShortForms(labels[row.code / 10_000 * 10_000] ?? [])
      let cities = row.code % 100 == 0 ? [] : labels[row.code / 100 * 100] ?? []
      var prefixes: Set<String> = [""]
      prefixes.formUnion(provinces)
      prefixes.formUnion(cities)
      for province in provinces { for city in cities { prefixes.insert(province + city) } }
      for name in row.code % 10_000 == 0 ? Self.withShortForms([row.label]) : [row.label] {
        // 市, as tables write where a row has no name of its own, is none alone.
        for prefix in prefixes where !prefix.isEmpty || name.unicodeScalars.count > 1 {
          bearers[Array((prefix + name).utf8), default: []].insert(Bearer(code: row.code, years: row.years))
        }
      }
    }
  }

  /// The one code that a name leads to; nil where it is none, or several.
  ///
  /// One place may have borne its name under one code after another, inside a province: the last one is its own.
  func code(_ name: String) -> String? {
    guard let all = bearers[Array(name.utf8)] else { return nil }
    let current = Set(all.filter { $0.years.upperBound == Int.max }.map(\.code))
    if !current.isEmpty { return current.count == 1 ? current.first.map(String.init) : nil }
    let past = all.sorted { ($0.years.lowerBound, $0.code) < ($1.years.lowerBound, $1.code) }
    let isOnePlace = zip(past, past.dropFirst()).allSatisfy { earlier, later in
      earlier.code == later.code
        || earlier.years.upperBound <= later.years.lowerBound && earlier.code / 10_000 == later.code / 10_000
    }
    return isOnePlace ? past.last.map { String($0.code) } : nil
  }

  /// Names of provinces with what they are called for short: without 省 or 市, and of regions without the people.
  private static func withShortForms(_ names: Set<String>) -> Set<String> {
    names.union(
      names.compactMap { name in
        if let short = regions[name] { return short }
        guard let last = name.unicodeScalars.last, last == "省" || last == "市" else { return nil }
        return String(name.unicodeScalars.dropLast())
      })
  }

  private static let regions = [
    "内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏", "新疆维吾尔自治区": "新疆", "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
  ]
}
