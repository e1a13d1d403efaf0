/// How a row is judged as a header: by whoever knows what headings mean.
package struct HeaderScale {
  /// Rates the cells of a row as a header, 0 for none.
  let score: ([String]) -> Int
  /// Whether a cell is a heading that some dataset knows.
  let isHeading: (String) -> Bool
  /// Above this no better row is looked for.
  let enough: Int

  /// Whether a header with a second row of this score may stand for the one without: what was recognised must be so still, or the row was
  /// none of the header.
  func mayReplace(_ layout: RecordLayout, _ score: Int) -> Bool {
    layout.score > 0 && (layout.score <= enough || score > enough)
  }

  /// A scale; `enough` is a score above which no better row is looked for.
  package init(enough: Int, score: @escaping ([String]) -> Int, isHeading: @escaping (String) -> Bool = { _ in false }) {
    (self.enough, self.score, self.isHeading) = (enough, score, isHeading)
  }
}
