import ElementCore
import ElementSchema

/// Words and marks that people and programs put where there is nothing: 无, 不详, NULL, #N/A, a dash.
///
/// Words in Latin letters count in exactly the spellings below: there are people called Null and places called Na.
package enum NothingWords {
  /// The words, each with its bytes; what a field takes of them its schema says (`nothing`).
  static let words = ["无", "不详", "未知", "暂无", "空", "None", "(null)", "<NULL>", "NULL", "null", "nan", "NaN", "undefined", "N/A"]
  /// What only a program or a slip writes: errors of spreadsheets, the mark of database exports, and strokes.
  static let marks = [
    "\\N", "#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "/", "\\",
    "-",
    "–", "—", "--", "——", "//",
  ]
  /// All of them: a tally counts by the place here, from 0.
  package static let forms = words + marks + [zero]
  /// What numbers that are no quantity begin with, alone.
  private static let zero = "0"
  private static let bytes = forms.map { Array($0.utf8) }
  private static let longest = bytes.map(\.count).max() ?? 0

  /// The place of a value among `forms`, blanks at its ends aside, as far as a field takes it for nothing; nil for a value.
  static func form(_ value: Span<UInt8>, _ nothing: NothingPolicy) -> Int? {
    guard nothing != .keep, value.count <= longest + 8 else { return nil }
    let inner = value.extracting(CodeFolding.trimmed(value))
    guard !inner.isEmpty, inner.count <= longest else { return nil }
    if inner.count == 1, inner[0] == 0x30 { return nothing == .zero ? forms.count - 1 : nil }
    let places = nothing == .marks ? words.count..<forms.count - 1 : 0..<forms.count - 1
    for place in places where inner.count == bytes[place].count && inner.starts(with: bytes[place]) { return place }
    return nil
  }

  /// Whether a plain name may be one of the words: those of ideographs are one or two characters.
  @inline(__always)
  static func mayBe(name: Span<UInt8>) -> Bool {
    if name.count == 6 {
      let word = name.word(at: 0, count: 6)
      return word == 0xA6AF_E88D_B8E4 || word == 0xA59F_E7AA_9CE6 || word == 0xA097_E682_9AE6
    }
    return name.count == 3
  }

  /// Whether a text may be one of them, by its length and its first byte.
  @inline(__always)
  static func mayBe(text: Span<UInt8>) -> Bool {
    guard !text.isEmpty, text.count <= longest else { return false }
    return beginnings[Int(text[0] >> 6)] & 1 << UInt64(text[0] & 63) != 0
  }

  /// The first bytes: a bit a byte.
  private static let beginnings: [UInt64] = bytes.reduce(into: [0, 0, 0, 0]) { bits, form in
    bits[Int(form[0] >> 6)] |= 1 << UInt64(form[0] & 63)
  }
}
