import ElementCore
import ElementSchema
import ElementWarehouse

/// A field of a dataset with how much fills it and what was found of it.
struct FieldSum {
  let dataset: Dataset
  let field: Field
  /// The stored rows of the dataset; 0 where nobody counted.
  let rows: Int
  /// How many of them fill the field.
  let filled: Int
  /// The findings of the day.
  var open = 0
  /// Those that the day before had not.
  var new = 0
  /// Those that only the day before had.
  var fixed = 0
}

extension QualityReport {
  /// The fields that hold something or have findings, in the order of the schemas.
  var fieldSums: [FieldSum] {
    var counts: [CountSubject: Int] = [:]
    for line in reading.counts.total where reading.counts.subjects[line.subject].code.isEmpty {
      counts[reading.counts.subjects[line.subject]] = line.now
    }
    var found: [CountSubject: [QualityReading.KindCount]] = [:]
    for kind in sums.kinds { found[CountSubject(dataset: kind.kind.dataset, field: kind.kind.field), default: []].append(kind) }
    return datasets.flatMap { dataset in
      dataset.fields.compactMap { field -> FieldSum? in
        let subject = CountSubject(dataset: dataset.name, field: field.name)
        var sum = FieldSum(
          dataset: dataset, field: field, rows: counts[CountSubject(dataset: dataset.name)] ?? 0, filled: counts[subject] ?? 0)
        for kind in found[subject] ?? [] {
          sum.open += kind.open
          sum.new += kind.new.values.reduce(0, +)
          sum.fixed += kind.fixed.values.reduce(0, +)
        }
        return sum.filled == 0 && sum.open == 0 && sum.fixed == 0 ? nil : sum
      }
    }
  }
}
