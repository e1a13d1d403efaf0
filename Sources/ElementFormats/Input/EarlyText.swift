import ElementCore
import Synchronization

/// The text of a file of which only a part is inflated, and what the whole says once it is.
///
/// Most files go on as they begin. Whoever took one for what its beginning says asks at the end whether it was.
final class EarlyText: Sendable {
  /// So much must be seen: some ten thousand rows.
  static let size = 1 << 22

  /// What the beginning says.
  let beginning: FileText
  private let seen: InflatedSurvey
  private let decide: @Sendable (EncodingSurvey) throws(InputError) -> FileText
  private let whole = Mutex<FileText?>(nil)

  /// The text of a delimited file whose beginning is UTF-8 in all likelihood; nil where it is not, or all of it is there.
  ///
  /// `decide` judges the survey of the whole.
  ///
  /// - Throws: `InputError` where so much cannot be inflated.
  init?(
    _ file: InputFile, _ head: [UInt8], _ seen: InflatedSurvey, _ pinned: TextEncoding?,
    _ decide: @escaping @Sendable (EncodingSurvey) throws(InputError) -> FileText
  ) throws(InputError) {
    guard try !file.ends(at: EarlyText.size), let survey = seen.now, survey.format == .delimited,
      (pinned ?? TextEncoding.marked(head) ?? .utf8) == .utf8, survey.utf8.isLikely
    else { return nil }
    let evidence = LocalizedText(zh: "文件开头是 UTF-8", en: "the beginning is UTF-8")
    beginning = FileText(
      file, start: TextEncoding.utf8.markLength(head), encoding: .utf8, invalid: nil, evidence)
    (self.seen, self.decide) = (seen, decide)
  }

  /// The offsets of bytes that are not valid, of all that was inflated so far; nil where they are not known.
  var invalid: [Int]? { seen.now?.utf8.invalidOffsets }

  /// What the whole says, when all of it is inflated.
  ///
  /// - Throws: `InputError` where it cannot be inflated, or is in no encoding.
  func settled() throws(InputError) -> FileText {
    if let whole = whole.withLock({ $0 }) { return whole }
    _ = try beginning.text.wholeSize
    guard let survey = seen.now else { bug("a file was inflated and not seen") }
    let text = try decide(survey)
    whole.withLock { $0 = text }
    return text
  }

  /// Whether the whole says what the beginning said.
  ///
  /// - Throws: `InputError` where it cannot be inflated, or is in no encoding.
  var isConfirmed: Bool {
    get throws(InputError) {
      let text = try settled()
      return text.encoding == beginning.encoding && text.start == beginning.start && !text.isDoubtful
    }
  }
}
