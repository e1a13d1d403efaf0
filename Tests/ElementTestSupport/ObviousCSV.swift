/// A slow, obviously right reader of delimited text: what the fast tokenizer must agree with.
///
/// Blanks before a quote are passed over where the quoted field ends on its line, before a delimiter or the line end.
package enum ObviousCSV {
  /// The records of well-formed text: fields unescaped, lines without content left out.
  package static func records(_ bytes: [UInt8], delimiter: UInt8 = 0x2C) -> [[[UInt8]]] {
    var records: [[[UInt8]]] = []
    var record: [[UInt8]] = []
    var field: [UInt8] = []
    var index = 0
    func isEnd(_ place: Int) -> Bool { place >= bytes.count || bytes[place] == 0x0A || bytes[place] == 0x0D }
    /// Whether a quoted field begins here that ends on this line, before a delimiter or the line end.
    func endsProperly(_ start: Int) -> Bool {
      guard start < bytes.count, bytes[start] == 0x22 else { return false }
      var place = start + 1
      while !isEnd(place) {
        if bytes[place] != 0x22 {
          place += 1
        } else if place + 1 < bytes.count, bytes[place + 1] == 0x22 {
          place += 2
        } else {
          return isEnd(place + 1) || bytes[place + 1] == delimiter
        }
      }
      return false
    }
    while index < bytes.count {
      field = []
      let quote = bytes[index...].firstIndex { $0 != 0x20 } ?? bytes.count
      if quote > index, endsProperly(quote) { index = quote }
      if bytes[index] == 0x22 {
        index += 1
        while index < bytes.count {
          if bytes[index] == 0x22, index + 1 < bytes.count, bytes[index + 1] == 0x22 {
            field.append(0x22)
            index += 2
          } else if bytes[index] == 0x22 {
            index += 1
            break
          } else {
            field.append(bytes[index])
            index += 1
          }
        }
      } else {
        while !isEnd(index), bytes[index] != delimiter {
          field.append(bytes[index])
          index += 1
        }
      }
      record.append(field)
      if index < bytes.count, bytes[index] == delimiter {
        index += 1
        if isEnd(index) { record.append([]) } else { continue }
      }
      if index < bytes.count { index += bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1 }
      if record.contains(where: { $0.contains { ![0x20, 0x09, 0x1A].contains($0) } }) { records.append(record) }
      record = []
    }
    return records
  }
}
