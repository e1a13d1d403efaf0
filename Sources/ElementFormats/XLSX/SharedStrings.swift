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
    var known: (text: Int32, item: Int32, phonetic: Int32)?
    // Offsets have 32 bits.
    let limit = min(archive.limits[.sharedTextBytes], Int(UInt32.max))
    try WorkbookPart.each(member, of: archive, path) { (part, event) throws(InputError) in
      let names = known ?? (part.parser.id(of: "t"), part.parser.id(of: "si"), part.parser.id(of: "rPh"))
      known = names
      if event.isStart {
        if event.name == names.phonetic { phonetic += 1 }
        isText = event.name == names.text
      }
      if isText, phonetic == 0, !event.text.isEmpty {
        found.bytes += part.bytes(event)
        guard found.bytes.count <= limit else {
          throw ReadingLimits.refusal(
            .sharedTextBytes, path, zh: "共享文本超过 \(limit) 字节", en: "holds more than \(limit) bytes of shared text")
        }
      }
      guard event.isEnd else { return }
      isText = false
      if event.name == names.phonetic { phonetic -= 1 }
      if event.name == names.item { found.ends.append(UInt32(found.bytes.count)) }
    }
    self = found
  }

  /// The number of texts.
  var count: Int { ends.count - 1 }

  /// The bytes of a text, from 0.
  func text(_ number: Int) -> ArraySlice<UInt8> { bytes[Int(ends[number])..<Int(ends[number + 1])] }
}
