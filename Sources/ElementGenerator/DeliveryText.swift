import ElementCore
package import ElementFormats

/// Writes generated records as CSV.
package struct DeliveryText: Sendable {
  private let encoding: TextEncoding
  private let crlf: Bool

  /// Text in an encoding, UTF-8 or GB 18030, with lines that end in LF or CR LF.
  package init(encoding: TextEncoding = .utf8, crlf: Bool = false) {
    self.encoding = encoding
    self.crlf = crlf
  }

  /// Cells as one line in the delivery's encoding and line ends.
  package func line(_ cells: [String]) -> [UInt8] {
    var out: [UInt8] = []
    for (place, cell) in cells.enumerated() {
      if place > 0 { out.append(0x2C) }
      let needsQuotes = cell.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      append(needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell, to: &out)
    }
    if crlf { out.append(0x0D) }
    out.append(0x0A)
    return out
  }

  private func append(_ text: String, to out: inout [UInt8]) {
    guard encoding == .gb18030 else {
      out.append(contentsOf: text.utf8)
      return
    }
    for scalar in text.unicodeScalars where !GB18030.shared.append(scalar.value, to: &out) {
      bug("generated text holds a character that GB 18030 lacks")
    }
  }
}
