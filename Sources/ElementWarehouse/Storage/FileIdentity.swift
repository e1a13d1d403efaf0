import Foundation

/// What a path leads to: device and number of a file that is there, else the path without links. Two paths of one file are equal.
package struct FileIdentity: Hashable, Sendable {
  private let text: String

  /// What a path leads to now.
  package init(_ path: String) {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
    guard let device = attributes?[.systemNumber] as? Int, let file = attributes?[.systemFileNumber] as? Int else {
      text = url.standardizedFileURL.path
      return
    }
    text = "\(device):\(file)"
  }
}
