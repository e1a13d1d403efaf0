import ElementCore

/// Recognises which dataset a header row belongs to.
package struct DatasetRecognition: Sendable {
  /// How well a dataset fits the header.
  package struct Candidate: Sendable {
    /// The map of the header onto the dataset.
    package let map: HeaderMap

    /// Whether the header has all that the dataset is recognised by; a dataset that is pinned needs its keys only.
    package let isComplete: Bool

    /// Rated by what it is recognised by first, then by the number of columns that are known and tell datasets apart.
    package var score: Int {
      let telling = map.fieldOfColumn.count { $0.map { map.dataset.fields[$0].tells } ?? false }
      return map.mappedCount == 0 ? 0 : telling + (isComplete ? DatasetRecognition.complete : 0)
    }
  }

  /// The candidates, best first; near misses are not looked for in them.
  package let candidates: [Candidate]
  private let leftOut: [String: LocalizedText]
  private let mapping: [String: String]

  /// Rates the datasets of a pack, or one that is pinned, against the headings of a row; `corrects` says that the rows only change stored
  /// ones, of which their key alone is asked.
  package init(
    _ headings: [String], pack: SchemaPack, pinned: String? = nil, mapping: [String: String] = [:], corrects: Bool = false
  ) {
    leftOut = pack.leftOut
    self.mapping = mapping
    let columns = headings.map(Heading.init)
    // Most rows that are looked at are data: they share no heading with any dataset.
    let isHeader = !mapping.isEmpty || columns.contains { $0.isKnown(to: pack.headings) }
    let datasets = isHeader ? pack.datasets.filter { pinned == nil || $0.name == pinned } : []
    candidates = datasets.map {
      let map = HeaderMap(columns, dataset: $0, leftOut: pack.leftOut, pinned: mapping, suggests: false)
      return Candidate(
        map: map, isComplete: pinned == nil ? map.isRecognised : map.missingKeys.isEmpty || corrects && map.hasKey)
    }
    .sorted {
      // Of equals the one with more fields is the more usual form.
      ($0.score, $0.map.dataset.fields.count, $1.map.dataset.name) > (
        $1.score, $1.map.dataset.fields.count, $0.map.dataset.name
      )
    }
  }

  /// The best candidate with all its keys, unless another fits as well.
  package var decision: HeaderMap? {
    guard let best = candidates.first, best.isComplete, best.map.mappedCount > 0, !isDoubtful else { return nil }
    return suggesting(best.map)
  }

  /// A candidate's map with near misses for the headings that it does not know.
  package func suggesting(_ map: HeaderMap) -> HeaderMap {
    HeaderMap(map.written, dataset: map.dataset, leftOut: leftOut, pinned: mapping, suggests: true)
  }

  /// Whether a text is a heading of any dataset of the pack.
  package static func isHeading(_ text: String, pack: SchemaPack) -> Bool { Heading(text).isKnown(to: pack.headings) }

  /// The score of a row that holds all keys of a dataset.
  package static let complete = 1000

  /// Whether two datasets with all their keys fit equally well.
  package var isDoubtful: Bool {
    candidates.count > 1 && candidates[0].score > DatasetRecognition.complete && candidates[0].score == candidates[1].score
  }

  /// How well the row does as a header, 0 for not at all: at least two columns, or all keys, must be known.
  package var score: Int {
    guard let best = candidates.first else { return 0 }
    return best.map.mappedCount >= 2 || (best.isComplete && best.map.mappedCount > 0) ? best.score : 0
  }
}
