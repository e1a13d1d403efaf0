import ElementCore
import ElementSchema

/// Words and marks that people and programs put where there is nothing: 无, 不详, NULL, #N/A, a dash.
///
/// Words in Latin letters count in exactly the spellings below: there are people called Null and places called Na.
package enum NothingWords {
  /// The words, each with its bytes; what a field takes of them its schema says (`nothing`).
  static let words = ["无", "不详", "未知", "暂无", "空"] + letters
  /// Those that programs write.
  private static let letters = ["None", "(null)", "<NULL>", "NULL", "null", "nan", "NaN", "undefined", "N/A"]
  /// What only a program or a slip writes: errors of spreadsheets, the mark of database exports, and strokes.
  static let marks =
    [
      "\\N", "#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA",
    ] + strokes
  private static let strokes = ["/", "\\", "-", "–", "—", "--", "——", "//"]
  /// All of them: a tally counts by the place here, from 0.
  package static let forms = words + marks + [zero]
  /// What numbers that are no quantity begin with, alone.
  private static let zero = "0"
  private static let bytes = forms.map { Array($0.utf8) }
  /// The bytes of the longest, `#GETTING_DATA`.
  private static let longest = 13

  /// The place of a value among `forms`, blanks at its ends aside, as far as a field takes it for nothing; nil for a value.
  static func form(_ value: Span<UInt8>, _ nothing: NothingPolicy) -> Int? {
    guard !value.isEmpty, value.count <= longest + 8, begins(value) || mayBeBlank(value[0]) else {
      return nil
    }
    let inner = value.extracting(CodeFolding.trimmed(value))
    guard !inner.isEmpty, inner.count <= longest else { return nil }
    if inner.count == 1, inner[0] == 0x30 { return nothing == .zero ? forms.count - 1 : nil }
    guard begins(inner) else { return nil }
    let places =
      switch nothing {
      case .marks: words.count..<forms.count - 1
      // Words and strokes may be an answer; what a program wrote is none.
      case .keep: words.count - letters.count..<words.count + marks.count - strokes.count
      case .words, .zero: 0..<forms.count - 1
      }
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

  /// Whether a text may be one of them, by its length and what it begins with.
  @inline(__always)
  static func mayBe(text: Span<UInt8>) -> Bool { !text.isEmpty && text.count <= longest && begins(text) }

  /// Whether a text that is not empty begins as one of them does: with such an ASCII character, or with all of a first character beyond;
  /// a zero only alone.
  @inline(__always)
  private static func begins(_ text: Span<UInt8>) -> Bool {
    let first = text[0]
    if first == 0x30 { return text.count == 1 }
    if first < 0x80 {
      // # ( - / < \ N n u
      return switch first {
      case 0x23, 0x28, 0x2D, 0x2F, 0x3C, 0x5C, 0x4E, 0x6E, 0x75: true
      default: false
      }
    }
    guard text.count >= 3 else { return false }
    // 无 不 未 暂 空 – —, and ＜ as `ClearWord` has it
    return switch UInt32(first) << 16 | UInt32(text[1]) << 8 | UInt32(text[2]) {
    case 0xE697A0, 0xE4B88D, 0xE69CAA, 0xE69A82, 0xE7A9BA, 0xE28093, 0xE28094, 0xEFBC9C: true
    default: false
    }
  }

  /// Whether a blank may begin with this byte: what stands behind it is looked at.
  @inline(__always)
  private static func mayBeBlank(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0xC2 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF
  }
}
