import ElementCore
import ElementFormats

/// What reading a file to its end told of it that its beginning had not: the delivery is opened anew with that.
enum Discovery: Sendable {
  /// Columns that came up behind the beginning, in the order in which they came.
  case columns(path: String, names: [String])
  /// The whole is in another encoding than the beginning.
  case encoding(path: String)
}

/// What earlier readings told of a delivery.
struct Learned: Sendable {
  /// Columns that came up behind the beginning of a file, by its path.
  var lateColumns: [String: [String]] = [:]
  /// The paths of files that were judged by their beginning, and wrongly.
  var lateEncodings: Set<String> = []
  /// The files that were opened, by their paths: a stream can be read once only.
  var opened: [String: InputFile] = [:]

  /// Adds what was discovered; the reader went to the end, so nothing can be discovered twice.
  mutating func add(_ discovery: Discovery) {
    switch discovery {
    case .columns(let path, let names):
      let known = lateColumns[path, default: []]
      guard !names.allSatisfy(known.contains) else { bug("columns came up twice") }
      lateColumns[path] = known + names
    case .encoding(let path):
      guard lateEncodings.insert(path).inserted else { bug("an encoding was corrected twice") }
    }
  }
}
