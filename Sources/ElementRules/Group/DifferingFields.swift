package import ElementCore

/// Which fields contradict each other between the rows of each key that stands with different contents; an empty value contradicts nothing.
///
/// Of the first row of a key that says something of a field the hash (XXH64) of its value is kept, 8 bytes each, of the fields that any
/// input has.
package struct DifferingFields: Sendable {
  private let fields: [Int]
  private var hashes: [UInt64]
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
    isDiffering = Array(repeating: false, count: count * fields.count)
  }

  /// Compares a record with those of its key before it. That a value goes is something said; what follows from other fields is not, nor is a
  /// value that is not sound.
  package mutating func add(_ key: Int, _ checked: CheckedBatch, _ record: Int, _ names: [String]) {
    let (cleared, derived) = (checked.clearedFields(record), checked.derivedFields(record, names))
    let hashes = fields.map { field -> UInt64 in
      if cleared.contains(field) { return 1 }
      let value = checked.value(record, field)
      return value.isEmpty || derived.contains(field) || checked.isUnsound(record, field) ? 0 : max(2, XXH64.hash(value.span))
    }
    add((key, hashes))
  }

  /// Compares a row with those of its key before it.
  package mutating func add(_ fact: DifferFold.Fact) {
    for (place, hash) in fact.hashes.enumerated() where hash != 0 {
      let index = fact.key * fields.count + place
      if hashes[index] == 0 { hashes[index] = hash }
      if hashes[index] != hash { isDiffering[index] = true }
    }
  }

  /// The fields in which rows of a key contradict each other.
  package subscript(_ key: Int) -> [Int] {
    fields.indices.filter { isDiffering[key * fields.count + $0] }.map { fields[$0] }
  }
}
