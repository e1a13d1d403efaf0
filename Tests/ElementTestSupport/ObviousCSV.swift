/// A slow, obviously right reader of delimited text: what the fast tokenizer must agree with.
package enum ObviousCSV {
  /// The records of well-formed text: fields unescaped, lines without content left out.
  package static func records(_ bytes: [UInt8], delimiter: UInt8 = 0x2C) -> [[[UInt8]]] {
    var records: [[[UInt8]]] = []
    var record: [[UInt8]] = []
    var field: [UInt8] = []
    var index = 0
    func isEnd(_ place: Int) -> Bool { place >= bytes.count || bytes[place] == 0x0A || bytes[place] == 0x0D }
    while index < bytes.count {
      field = []
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
