import ElementCore

/// How much records fill, and with which codes: what the shares of indicators are of, and what drifts are seen by.
package struct FilledCount: Sendable, Hashable {
  /// The records.
  package var rows = 0
  /// How many of them fill each field, in the order of the dataset.
  package var fields: [Int]
  /// How many of them hold each code of a field, in the order of the fields; nothing where codes are not counted. Of most fields there are few,
  /// so that looking through them is quicker than hashing.
  private var codes: [[CodeCount]] = []
  /// The same of codes that are longer than `shortLimit`.
  private var longCodes: [Int: [[UInt8]: Int]] = [:]

  /// A code packed into a number, and how many records hold it.
  private struct CodeCount: Sendable, Hashable {
    let code: UInt64
    var count: Int
  }

  /// The bytes of a code that fit into a number beside their count.
  private static let shortLimit = 7

  /// No records of a dataset with so many fields.
  package init(fields count: Int) { fields = Array(repeating: 0, count: count) }

  /// Counts a code of a field.
  mutating func add(code: Span<UInt8>, of field: Int) {
    if code.count > Self.shortLimit {
      longCodes[field, default: [:]][Array(span: code), default: 0] += 1
      return
    }
    var packed = UInt64(code.count)
    for index in code.indices { packed = packed << 8 | UInt64(code[index]) }
    if codes.isEmpty { codes = Array(repeating: [], count: fields.count) }
    add(1, of: packed, field)
  }

  private mutating func add(_ count: Int, of code: UInt64, _ field: Int) {
    for place in codes[field].indices where codes[field][place].code == code {
      codes[field][place].count += count
      return
    }
    codes[field].append(CodeCount(code: code, count: count))
  }

  /// How many records hold each code of a field.
  package func codes(of field: Int) -> [(code: String, count: Int)] {
    let short = (codes.isEmpty ? [] : codes[field]).map { entry in
      let (packed, count) = (entry.code, entry.count)
      let length = (0...Self.shortLimit).first { packed >> (8 * UInt64($0)) == UInt64($0) } ?? 0
      return ((0..<length).reversed().map { UInt8(truncatingIfNeeded: packed >> (8 * UInt64($0))) }, count)
    }
    return (short + longCodes[field, default: [:]].map { ($0, $1) }).compactMap { bytes, count in
      String(validating: bytes, as: UTF8.self).map { ($0, count) }
    }
  }

  /// Both together.
  func adding(_ other: FilledCount) -> FilledCount {
    var sum = self
    sum.rows += other.rows
    for place in other.fields.indices { sum.fields[place] += other.fields[place] }
    if sum.codes.isEmpty {
      sum.codes = other.codes
    } else {
      for (field, counts) in other.codes.enumerated() { for entry in counts { sum.add(entry.count, of: entry.code, field) } }
    }
    sum.longCodes.merge(other.longCodes) { $0.merging($1, uniquingKeysWith: +) }
    return sum
  }
}
