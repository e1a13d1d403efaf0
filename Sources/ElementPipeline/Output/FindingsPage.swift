package import ElementCore
import ElementPage

/// The findings of a run as a page for a browser or a printer, drawn like the report: what to do first, then the rules, then the rows; notes are
/// folded away.
///
/// Counts are exact; of findings as many are shown as two megabytes take, those of each rule in turn, and the page says where all are.
package enum FindingsPage {
  /// The most bytes of a page.
  package static let sizeLimit = 2 << 20
  /// Of each rule so many are looked at where there is no room for all.
  private static let mostOfRule = 1_000
  /// The bytes that a finding takes on the page at least.
  private static let leastRow = 150

  /// The page, as the filter shows the findings.
  ///
  /// - Throws: `SpillError` where findings cannot be read again.
  package static func text(_ result: RunResult, filter: FindingFilter, language: Language) throws -> String {
    let total = result.findings.counts.filter { filter.shows($0.key.code) }.values.reduce(0, +)
    var limit = total <= sizeLimit / leastRow ? Int.max : mostOfRule
    let samples = try FindingSamples(result, filter, limit: limit)
    while true {
      let page = try FindingsPageText(result, filter, samples, limit: limit, language).page.html
      if page.utf8.count <= sizeLimit || limit == 1 { return page }
      limit = limit == .max ? mostOfRule : limit / 2
    }
  }
}
