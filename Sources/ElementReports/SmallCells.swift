import ElementCore
import ElementSchema
import ElementWarehouse

/// For whom a report is made.
package enum ReportAudience: String, Sendable, CaseIterable {
  /// The office that acts: it sees its own numbers.
  case own
  /// Who stands above it.
  case superior
  /// Anybody else.
  case outside
}

/// Hides small numbers of sensitive groups in what leaves the office, and with each that would be the only one of its column another, so that it
/// does not follow from the sum.
struct SmallCells {
  /// Numbers below this one are small.
  static let limit = 5

  /// What is shown in place of a number.
  enum Shown: Hashable {
    /// The number.
    case count(Int)
    /// That it is below five.
    case small
    /// Nothing: another would follow from it.
    case hidden
  }

  private let isOn: Bool

  /// What an audience may see.
  init(_ audience: ReportAudience) { isOn = audience != .own }

  /// What a column shows of its numbers, each with whether its group is sensitive.
  func shown(_ column: [(count: Int, isSensitive: Bool)]) -> [Shown] {
    var shown = column.map { entry in
      isOn && entry.isSensitive && (1..<Self.limit).contains(entry.count) ? Shown.small : .count(entry.count)
    }
    guard shown.filter({ $0 == .small }).count == 1 else { return shown }
    // Nothing can be told from a number that is 0.
    let other = column.indices.filter { shown[$0] != .small && column[$0].count > 0 }.min {
      column[$0].count < column[$1].count
    }
    if let other { shown[other] = .hidden }
    return shown
  }
}

extension QualityReport {
  /// What may be seen of small numbers.
  var cells: SmallCells { SmallCells(audience) }
}

/// The datasets and fields of which small numbers stay in the office: those in which standing says something sensitive, and sensitive personal
/// information.
struct SensitiveGroups: Sendable {
  private let datasets: Set<String>
  private let fields: Set<CountSubject>

  /// The groups among datasets.
  init(_ all: [Dataset]) {
    datasets = Set(all.filter(\.isSensitive).map(\.name))
    fields = Set(
      all.flatMap { dataset in
        dataset.fields.filter { $0.sensitivity == .sensitive }.map { CountSubject(dataset: dataset.name, field: $0.name) }
      })
  }

  /// Whether what is said of a field of a dataset, or of the dataset as a whole, is sensitive.
  func contains(_ dataset: String, _ field: String = "") -> Bool {
    datasets.contains(dataset) || fields.contains(CountSubject(dataset: dataset, field: field))
  }
}
