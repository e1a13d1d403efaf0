package import ElementFormats

/// The file that a plan goes to, reserved before the work so that a load never commits and then fails: CSV where its name ends so, else
/// JSON Lines.
package final class PlanFile {
  private let file: PrivateFile
  private let text: PlanText
  private static let pieceSize = 1 << 16

  /// Reserves the file; an existing one is refused unless `replaces`.
  ///
  /// - Throws: `OutputError` of kind `usage` where the file exists, `output` where it cannot be written.
  package init(_ path: String, replaces: Bool) throws(OutputError) {
    text = PlanText(path: path)
    file = try PrivateFile(path, replaces: replaces)
  }

  /// Writes a plan; it is in its place only when it is finished.
  func write(_ plan: LoadPlan) throws {
    var piece: [UInt8] = []
    try text.forEachLine(plan) { line in
      piece += line
      guard piece.count >= Self.pieceSize else { return }
      try file.append(piece)
      piece.removeAll(keepingCapacity: true)
    }
    try file.append(piece)
  }

  /// Puts the file in its place.
  ///
  /// - Throws: `OutputError` of kind `output`.
  package func finish() throws(OutputError) { try file.finish() }
}
