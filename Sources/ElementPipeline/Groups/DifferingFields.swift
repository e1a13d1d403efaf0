import ElementCore
import ElementRules

/// Which fields differ between the rows of each key that stands with different contents.
///
/// Of the first row of a key the hashes (XXH64) of its values are kept, 8 bytes each, of the fields that any input has.
struct DifferingFields {
  private let fields: [Int]
  private var hashes: [UInt64]
  private var isSeen: [Bool]
  private var isDiffering: [Bool]

  /// For so many keys, from 0.
  init(_ count: Int, _ plans: [CheckPlan]) {
    fields = (plans.first?.columns.indices).map { $0.filter { field in plans.contains { $0.columns[field] != nil } } } ?? []
    hashes = Array(repeating: 0, count: count * fields.count)
    isSeen = Array(repeating: false, count: count)
    isDiffering = Array(repeating: false, count: count * fields.count)
  }

  /// Compares a record with the first one of its key.
  mutating func add(_ key: Int, _ checked: CheckedBatch, _ record: Int) {
    for (place, field) in fields.enumerated() {
      let hash = XXH64.hash(checked.value(record, field).span)
      let index = key * fields.count + place
      if !isSeen[key] { hashes[index] = hash } else if hashes[index] != hash { isDiffering[index] = true }
    }
    isSeen[key] = true
  }

  /// The fields that differ between the rows of a key.
  subscript(_ key: Int) -> [Int] {
    fields.indices.filter { isDiffering[key * fields.count + $0] }.map { fields[$0] }
  }
}
