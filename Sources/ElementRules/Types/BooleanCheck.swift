import ElementCore
import ElementSchema

/// Flags.
struct BooleanCheck: FieldCheck {
  func knows(_ value: Span<UInt8>) -> Bool {
    Self.flag(CodeFolding.fold(value, dropsSeparators: false).bytes) != nil
  }

  func check(_ notes: inout BatchNotes, _ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    notes.checkBoolean(record, spec, value)
  }

  func fits(_ value: Span<UInt8>, _ folded: CodeFolding.Folded, _ basis: CheckBasis) -> Bool? { Self.flag(folded.bytes) != nil }

  /// A flag as forms write it: 1/0, Y/N, 是/否, 有/无.
  static func flag(_ bytes: [UInt8]) -> Bool? {
    switch String(validUTF8: bytes.span) {
    case "1", "Y", "YES", "TRUE", "是", "有": true
    case "0", "N", "NO", "FALSE", "否", "无": false
    default: nil
    }
  }

  /// Whether a flag follows another list: 1 and 2, or 01 and 02.
  static func isOtherFlag(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.first == 0x30 ? bytes.dropFirst() : bytes[...]
    return digits.count == 1 && (digits.first == 0x31 || digits.first == 0x32)
  }
}

extension BatchNotes {
  /// A yes or no in any of the words for it; kept as 1 or 0.
  fileprivate mutating func checkBoolean(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    let folded = CodeFolding.fold(value, dropsSeparators: false)
    if folded.bytes.isEmpty { return setBlank(record, spec, value) }
    guard let flag = BooleanCheck.flag(folded.bytes) else {
      if BooleanCheck.isOtherFlag(folded.bytes) { out.tallies[spec.index].foreignCodes += 1 }
      fail(UnknownCode.descriptor.code, record, spec, value, expected: "1/0", facts: ["blank": "", "near": ""])
      return
    }
    apply(folded.fixes, [flag ? 0x31 : 0x30], record, spec, value)
  }
}
