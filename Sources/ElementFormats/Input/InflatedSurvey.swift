import ElementCore
import Synchronization

/// What is seen of the encoding of a file while it is inflated: the pieces come from one thread, and others look at what they
/// came to so far.
final class InflatedSurvey: Sendable {
  private let survey = Mutex<EncodingSurvey?>(nil)
  private let pinned: TextEncoding?

  /// A survey before the first piece of a file whose encoding may be pinned.
  init(_ pinned: TextEncoding?) { self.pinned = pinned }

  /// Looks at the next piece, or, where there is none, at the end.
  func add(_ piece: [UInt8]?) {
    survey.withLock { survey in
      guard let piece else {
        survey?.finish()
        return
      }
      if survey == nil { survey = EncodingSurvey(FileFormat(Array(piece.prefix(FileFormat.headSize))), pinned) }
      survey?.add(piece.span)
    }
  }

  /// What was seen so far, of the whole file once all of it can be read; nil before the first piece.
  var now: EncodingSurvey? { survey.withLock { $0 } }
}
