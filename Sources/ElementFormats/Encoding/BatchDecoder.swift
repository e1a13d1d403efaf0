package import ElementCore

/// Makes the values of a batch plain UTF-8: doubled quotes made single, GB 18030 decoded, what is invalid flagged.
package enum BatchDecoder {
  /// Decodes a batch in place: changed values go behind the input, records with invalid bytes are flagged `undecodable`.
  ///
  /// Only the columns for which `wanted` holds are decoded; nil wants all. Where it is known at which
  /// offsets in the file UTF-8 is `invalid`, nothing is asked again.
  package static func decode(
    _ batch: inout RecordBatch, from encoding: TextEncoding, wanted: [Bool]? = nil, invalid: [Int]? = nil
  ) {
    if encoding == .gb18030 {
      decodeGB18030(&batch, wanted)
    } else if let invalid {
      flag(&batch, at: invalid)
    } else if !UTF8Scan.isValid(batch.bytes.span) {
      flagInvalidUTF8(&batch)
    }
    for index in batch.escaped {
      let value = QuotedField.unescape(batch.bytes.span.extracting(batch.fields[index].indices))
      batch.fields[index] = FieldRange(batch.bytes.count, batch.bytes.count + value.count)
      batch.bytes.append(contentsOf: value)
    }
    batch.escaped.removeAll()
  }

  /// Flags the records that hold one of these offsets, which are ascending.
  private static func flag(_ batch: inout RecordBatch, at offsets: [Int]) {
    guard let start = batch.spots.first?.byteStart else { return }
    var next = offsets.firstPlace { $0 >= Int(start) }
    while next < offsets.count {
      let offset = UInt64(offsets[next])
      let record = batch.spots.firstPlace { $0.byteStart + UInt64($0.byteLength) > offset }
      guard record < batch.spots.count else { return }
      if batch.spots[record].byteStart <= offset { batch.spots[record].flags.insert(.undecodable) }
      next += 1
    }
  }

  private static func flagInvalidUTF8(_ batch: inout RecordBatch) {
    for record in batch.spots.indices {
      let raw = batch.raw(record)
      if !UTF8Scan.isValid(raw.span) { batch.spots[record].flags.insert(.undecodable) }
    }
  }

  /// Whether a value is ASCII; most are short, and one word tells.
  @inline(__always)
  private static func isASCII(_ bytes: Span<UInt8>, _ range: FieldRange) -> Bool {
    if range.count > 8 { return bytes.extracting(range.indices).isASCII }
    return ByteWord(bytes.word(at: Int(range.start), count: range.count)).high == 0
  }

  private static func decodeGB18030(_ batch: inout RecordBatch, _ wanted: [Bool]?) {
    let (bytes, decoder) = (batch.bytes, GB18030.shared)
    // Taken out, so that no value asks whether it may be written.
    var fields: [FieldRange] = []
    swap(&fields, &batch.fields)
    batch.bytes += [UInt8](capacity: GB18030.room(for: bytes.count)) { out in
      var ranges = fields.mutableSpan
      for record in batch.spots.indices {
        let first = Int(batch.spots[record].firstField)
        for index in first..<first + Int(batch.spots[record].fieldCount) {
          let range = ranges[index]
          if isASCII(bytes.span, range) { continue }
          if let wanted, index - first < wanted.count, !wanted[index - first] { continue }
          let start = bytes.count + out.count
          if decoder.decode(bytes.span.extracting(range.indices), into: &out) {
            ranges[index] = FieldRange(start, bytes.count + out.count)
          } else {
            batch.spots[record].flags.insert(.undecodable)
          }
        }
      }
    }
    swap(&fields, &batch.fields)
  }
}
