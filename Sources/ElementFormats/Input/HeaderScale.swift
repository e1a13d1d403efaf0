/// How a row is judged as a header: by whoever knows what headings mean.
package struct HeaderScale {
  /// Rates the cells of a row as a header, 0 for none.
  let score: ([String]) -> Int
  /// Whether a cell is a heading that some dataset knows.
  let isHeading: (String) -> Bool
  /// Above this no better row is looked for.
  let enough: Int

  /// A scale; `enough` is a score above which no better row is looked for.
  package init(enough: Int, score: @escaping ([String]) -> Int, isHeading: @escaping (String) -> Bool = { _ in false }) {
    (self.enough, self.score, self.isHeading) = (enough, score, isHeading)
  }
}
