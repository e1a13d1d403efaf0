/// Where a reader starts: the offset and line behind what came before.
package struct RecordStart: Sendable, Hashable {
  /// The offset in the file, from 0.
  package var byte: Int
  /// The physical line there, from 1.
  package var line: Int
  /// The number of data rows before it.
  package var row: Int

  /// A place to start at.
  package init(byte: Int, line: Int, row: Int) {
    self.byte = byte
    self.line = line
    self.row = row
  }
}
