import ElementCore
import XMLStream

/// The texts that cells name by number, one behind the other in one array of bytes.
struct SharedStrings: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = [0]

  /// No texts.
  init() {}

  /// Reads the part that holds them: plain or rich text, without the reading of names that phonetic runs give.
  init(_ member: ZipArchive.Member, of archive: ZipArchive, _ path: String) throws(InputError) {
    var (isText, phonetic) = (false, 0)
    var found = SharedStrings()
    // Offsets have 32 bits.
    let limit = min(archive.limits[.sharedTextBytes], Int(UInt32.max))
    try WorkbookPart.each(member, of: archive, path) { (parser, event) throws(InputError) in
      let name = parser.name(event)
      switch event.kind {
      case .text:
        guard isText, phonetic == 0 else { return }
        found.bytes += parser.bytes(event)
        guard found.bytes.count <= limit else {
          throw ReadingLimits.refusal(
            .sharedTextBytes, path, zh: "共享文本超过 \(limit) 字节", en: "holds more than \(limit) bytes of shared text")
        }
      case .start:
        if name == WorkbookNames.phonetic { phonetic += 1 }
        isText = name == WorkbookNames.text
      case .end:
        if name == WorkbookNames.phonetic { phonetic -= 1 }
        isText = false
        guard name == WorkbookNames.item else { return }
        found.ends.append(UInt32(found.bytes.count))
      }
    }
    self = found
  }

  /// The number of texts.
  var count: Int { ends.count - 1 }

  /// The bytes of a text, from 0.
  func text(_ number: Int) -> ArraySlice<UInt8> { bytes[Int(ends[number])..<Int(ends[number + 1])] }
}

/// Names of elements, compared by bytes.
enum WorkbookNames {
  /// A text.
  static let text = Array("t".utf8)
  /// A shared text.
  static let item = Array("si".utf8)
  /// The reading of a text.
  static let phonetic = Array("rPh".utf8)
}
