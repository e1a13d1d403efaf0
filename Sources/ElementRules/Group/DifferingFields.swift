package import ElementCore

/// Which fields differ between the rows of each key that stands with different contents.
///
/// Of the first row of a key the hashes (XXH64) of its values are kept, 8 bytes each, of the fields that any input has.
package struct DifferingFields: Sendable {
  private let fields: [Int]
  private var hashes: [UInt64]
  private var isSeen: [Bool]
  private var isDiffering: [Bool]

  /// For so many keys, from 0, and the fields that any input has.
  package init(_ count: Int, _ plans: [CheckPlan]) {
    let all = plans.first?.columns.indices ?? 0..<0
    self.init(count, fields: all.filter { field in plans.contains { $0.columns[field] != nil } })
  }

  /// For so many keys, from 0, and some fields.
  package init(_ count: Int, fields: [Int]) {
    self.fields = fields
    hashes = Array(repeating: 0, count: count * fields.count)
    isSeen = Array(repeating: false, count: count)
    isDiffering = Array(repeating: false, count: count * fields.count)
  }

  /// Compares a record with the first one of its key.
  package mutating func add(_ key: Int, _ checked: CheckedBatch, _ record: Int) {
    add((key, fields.map { XXH64.hash(checked.value(record, $0).span) }))
  }

  /// Compares a row with the first one of its key.
  package mutating func add(_ fact: DifferFold.Fact) {
    let key = fact.key
    for (place, hash) in fact.hashes.enumerated() {
      let index = key * fields.count + place
      if !isSeen[key] { hashes[index] = hash } else if hashes[index] != hash { isDiffering[index] = true }
    }
    isSeen[key] = true
  }

  /// The fields that differ between the rows of a key.
  package subscript(_ key: Int) -> [Int] {
    fields.indices.filter { isDiffering[key * fields.count + $0] }.map { fields[$0] }
  }
}
