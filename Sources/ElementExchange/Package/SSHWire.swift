/// The binary form of OpenSSH's keys and signatures (RFC 4251, 5): numbers of four bytes, the highest first, and texts behind their length.
struct SSHWire {
  /// What is read, and what was written.
  private(set) var bytes: [UInt8]
  private var place = 0

  /// Bytes to read, or to write on to.
  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  /// What was not read yet.
  var rest: [UInt8] { Array(bytes[place...]) }

  /// Writes bytes as they are.
  mutating func append(_ raw: [UInt8]) { bytes += raw }

  /// Writes a number.
  mutating func append(_ number: UInt32) {
    for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  /// Writes a text behind its length.
  mutating func append(text: [UInt8]) {
    append(UInt32(text.count))
    bytes += text
  }

  /// Reads so many bytes; nil where there are not that many.
  mutating func take(_ count: Int) -> [UInt8]? {
    guard count >= 0, place + count <= bytes.count else { return nil }
    defer { place += count }
    return Array(bytes[place..<place + count])
  }

  /// Reads a number.
  mutating func number() -> UInt32? { take(4).map { $0.reduce(0) { $0 << 8 | UInt32($1) } } }

  /// Reads a text behind its length.
  mutating func text() -> [UInt8]? { number().flatMap { take(Int($0)) } }

  /// Reads what must stand next; false where something else does.
  mutating func skip(_ raw: [UInt8]) -> Bool { take(raw.count) == raw }
}

/// The text form of OpenSSH's keys and signatures: base64 between two lines.
enum SSHArmor {
  private static let width = 70

  /// Bytes as text of a kind, such as `SSH SIGNATURE`.
  static func text(_ bytes: [UInt8], _ kind: String) -> String {
    var lines: [String] = []
    var rest = Substring(Base64.text(bytes))
    while !rest.isEmpty {
      lines.append(String(rest.prefix(width)))
      rest = rest.dropFirst(width)
    }
    return "-----BEGIN \(kind)-----\n" + lines.map { $0 + "\n" }.joined() + "-----END \(kind)-----\n"
  }

  /// The bytes in a text of a kind; nil where it is none.
  static func bytes(_ text: String, _ kind: String) -> [UInt8]? {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.filter { $0 != " " && $0 != "\t" } }
    let bare = kind.filter { $0 != " " }
    guard let first = lines.first, let last = lines.last, lines.count > 2,
      first.utf8.elementsEqual("-----BEGIN\(bare)-----".utf8),
      last.utf8.elementsEqual("-----END\(bare)-----".utf8)
    else { return nil }
    return Base64.bytes(lines[1..<lines.count - 1].joined())
  }
}
