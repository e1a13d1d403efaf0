/// Which layer set something, and where.
package struct SettingOrigin: Sendable, Hashable {
  /// The layer: `core`, or the name of an overlay.
  package let layer: String
  /// The file that it stands in.
  package let file: String
  /// The line, from 1.
  package let line: Int

  /// The place as it is told: file and line.
  package var place: String { "\(file):\(line)" }
}
