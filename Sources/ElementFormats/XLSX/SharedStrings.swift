import ElementCore
import XMLStream

/// The texts that cells name by number, one behind the other in one array of bytes.
struct SharedStrings: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = [0]

  /// The most bytes that the texts may have together.
  static let limit = 512 << 20

  /// No texts.
  init() {}

  /// Reads the part that holds them: plain or rich text, without the reading of names that phonetic runs give.
  init(_ member: ZipArchive.Member, of archive: ZipArchive, _ path: String) throws(InputError) {
    var (isText, phonetic) = (false, 0)
    var found = SharedStrings()
    try WorkbookPart.each(member, of: archive, path) { (parser, event) throws(InputError) in
      let name = parser.name(event)
      switch event.kind {
      case .text: if isText, phonetic == 0 { found.bytes += parser.bytes(event) }
      case .start:
        if name == WorkbookNames.phonetic { phonetic += 1 }
        isText = name == WorkbookNames.text
      case .end:
        if name == WorkbookNames.phonetic { phonetic -= 1 }
        isText = false
        guard name == WorkbookNames.item else { return }
        guard found.bytes.count <= SharedStrings.limit else {
          throw ZipArchive.limit(path, zh: "共享文本超过 512 MiB", en: "holds more than 512 MiB of shared text")
        }
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
