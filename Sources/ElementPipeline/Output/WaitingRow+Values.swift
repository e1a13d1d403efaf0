import ElementCore
import ElementFormats
import ElementRules
import ElementWarehouse

extension WaitingRow {
  /// The mapped fields as they were written, one a heading; empty where one cannot be decoded, or told apart from others.
  var values: [String] {
    let (bytes, isGB18030) = (raw.bytes, TextEncoding(name: raw.encoding) == .gb18030)
    var tokenizer = CSVTokenizer(CSVDialect(delimiter: 0x2C))
    var values: [String] = []
    if !bytes.isEmpty, tokenizer.next(in: bytes.span, atEnd: true) == .record {
      for (column, range) in tokenizer.fields.enumerated().prefix(headings.count) {
        var value = Array(bytes[range.indices])
        if tokenizer.escaped.contains(column) { value = QuotedField.unescape(value.span) }
        if isGB18030 {
          let written = value
          value = []
          if !GB18030.shared.decode(written.span, into: &value) { value = [] }
        }
        values.append(String(validUTF8: value.span) ?? "")
      }
    }
    return values + Array(repeating: "", count: headings.count - values.count)
  }

  /// Whether what is handed out of it may lack a part, so that it is mended only where something is changed: a row of another shape, one that
  /// cannot be decoded, or one whose kind stood in a column that is never kept.
  var isHandedOutInPart: Bool { reasons.contains { $0.phase == "S" } || isOfUnknownKind }

  /// Whether nobody knows what it is a record of.
  var isOfUnknownKind: Bool { reasons.contains(KindUnknown.descriptor.code) }
}
