import Dispatch
import ElementCore
import ElementFormats
import Synchronization

/// The survey of a file, made in a thread of its own while the schemas are read.
final class SurveyAhead: Sendable {
  /// The path of the file.
  let path: String
  private let result = Mutex<Result<FileSurvey, InputError>?>(nil)
  private let group = DispatchGroup()

  /// Begins to survey a file as a run will take it.
  init(path: String, _ options: DeliveryOptions) {
    self.path = path
    DispatchQueue(label: "survey ahead").async(group: group) {
      let survey = Result { () throws(InputError) in try FileSurvey(path: path, options, Learned()) }
      self.result.withLock { $0 = survey }
    }
  }

  /// The survey, when it is made.
  ///
  /// - Throws: `InputError` where the file cannot be read or is no roster.
  func survey() throws(InputError) -> FileSurvey {
    group.wait()
    guard let result = result.withLock({ $0 }) else { bug("a survey came to nothing") }
    return try result.get()
  }
}

extension FileSurvey {
  /// Opens and surveys a file as a run takes it, with what earlier readings told.
  ///
  /// A load knows that its files are whole before it begins; a check may begin while one is inflated.
  ///
  /// - Throws: `InputError` where it cannot be read or is no roster.
  init(path: String, _ options: DeliveryOptions, _ learned: Learned) throws(InputError) {
    let opened = learned.opened[path]
    let file = if let opened { opened } else { try InputFile(path: path, limits: options.limits) }
    try self.init(
      file, encoding: options.encoding, format: options.pinnedFormat, takesDigest: options.takesDigests,
      mayGrow: options.verb == .check && !learned.lateEncodings.contains(path))
  }
}
