import Deflate
import ElementCore

/// The table of contents of a ZIP archive (APPNOTE 6.3), believed only as far as it agrees with itself and with the file.
package struct ZipArchive: Sendable {
  /// A member of the archive.
  package struct Member: Sendable, Hashable {
    /// The name as it stands in the archive.
    package let name: String
    /// The folders that it lies in and its own name; some programs part them with `\`.
    var parts: [Substring] { name.split { $0 == "/" || $0 == "\\" } }
    /// How it is compressed: 0 not at all, 8 by deflate.
    let method: Int
    let isEncrypted: Bool
    /// The check value of its content.
    let crc: UInt32
    /// The number of bytes in the archive.
    package let packedSize: Int
    /// The number of bytes of its content.
    package let size: Int
    /// The offset of its local header in the file, from 0.
    let offset: Int
  }

  /// The members in the order of the directory.
  package let members: [Member]
  /// The place of each member by its name in lower case, of which there is one.
  private let places: [[UInt8]: Int]
  private let file: InputFile
  /// How much of the archive is taken.
  var limits: ReadingLimits { file.limits }

  /// The most bytes that the directory has for each member: names are short.
  private static let entryLimit = 1 << 11

  /// Reads the directory at the end of a file.
  ///
  /// - Throws: `InputError` of kind `unreadable` where it contradicts itself, or `limit`.
  package init(_ file: InputFile) throws(InputError) {
    self.file = file
    let end = try ZipDirectoryEnd(file)
    let limit = file.limits[.members]
    guard end.count <= limit, end.size <= limit * ZipArchive.entryLimit else {
      throw ReadingLimits.refusal(
        .members, file.path, zh: "压缩包内超过 \(limit) 项", en: "is an archive of more than \(limit) members")
    }
    let directory = try file.bytes(end.offset..<end.offset + end.size)
    var members: [Member] = []
    var place = 0
    for _ in 0..<end.count { members.append(try ZipArchive.member(directory.span, &place, file.path)) }
    self.members = members
    places = try ZipArchive.places(members, file.path)
    try refuseOverlap(end.offset)
    try refuseBomb()
  }

  /// The member of a name; letters compare without case, as spreadsheets do.
  package func member(_ name: String) -> Member? { places[Array(name.lowercased().utf8)].map { members[$0] } }

  /// The number of bytes of the archive.
  var size: Int { file.size }

  /// A reader of a member's content.
  ///
  /// - Throws: `InputError` of kind `unreadable` where it is encrypted, compressed otherwise or not where the directory says,
  ///   `limit` where it would inflate to too much.
  package func reader(of member: Member) throws(InputError) -> ZipMemberReader {
    let path = file.path
    if member.isEncrypted { throw ZipArchive.damaged(path, zh: "含加密的内容", en: "holds an encrypted member") }
    guard member.method == 0 || member.method == 8 else {
      throw ZipArchive.damaged(path, zh: "用了不支持的压缩方式 \(member.method)", en: "uses compression method \(member.method)")
    }
    // What it says itself is told before the work; what it hides, the reader meets.
    guard member.size <= InputFile.inflationFloor || member.size / limits[.inflation] <= member.packedSize else {
      throw InputFile.bomb(file)
    }
    let head = try file.bytes(member.offset..<member.offset + 30)
    let start = member.offset + 30 + head.span.little16(at: 26) + head.span.little16(at: 28)
    let name = try file.bytes(member.offset + 30..<member.offset + 30 + head.span.little16(at: 26))
    guard name.elementsEqual(member.name.utf8) else {
      throw ZipArchive.damaged(path, zh: "目录与内容的名称不一致", en: "names a member differently in its directory")
    }
    return try ZipMemberReader(file, member, start)
  }

  /// Where the compressed bytes of a member stand in the file, after the same checks as `reader` makes.
  ///
  /// - Throws: as `reader` does.
  func packedRange(of member: Member) throws(InputError) -> Range<Int> {
    _ = try reader(of: member)
    let head = try file.bytes(member.offset..<member.offset + 30)
    let start = member.offset + 30 + head.span.little16(at: 26) + head.span.little16(at: 28)
    return start..<start + member.packedSize
  }

  /// Bytes of the archive.
  func bytes(_ range: Range<Int>) throws(InputError) -> [UInt8] { try file.bytes(range) }

  /// All of a member's content.
  ///
  /// - Throws: as `reader` and its pieces do.
  func content(of member: Member) throws(InputError) -> [UInt8] {
    var reader = try reader(of: member)
    var out: [UInt8] = []
    while let piece = try reader.next() { out += piece }
    return out
  }

  private static func member(_ bytes: Span<UInt8>, _ place: inout Int, _ path: String) throws(InputError) -> Member {
    guard place + 46 <= bytes.count, bytes.little32(at: place) == 0x0201_4B50 else {
      throw damaged(path, zh: "压缩包目录不完整", en: "has an incomplete directory")
    }
    let (nameLength, extraLength) = (bytes.little16(at: place + 28), bytes.little16(at: place + 30))
    let behind = place + 46 + nameLength + extraLength + bytes.little16(at: place + 32)
    guard behind <= bytes.count else { throw damaged(path, zh: "压缩包目录不完整", en: "has an incomplete directory") }
    var large = ZipExtra(
      size: bytes.little32(at: place + 24), packed: bytes.little32(at: place + 20), offset: bytes.little32(at: place + 42))
    large.read(bytes.extracting(place + 46 + nameLength..<place + 46 + nameLength + extraLength))
    guard let name = String(validUTF8: bytes.extracting(place + 46..<place + 46 + nameLength)) else {
      throw damaged(path, zh: "压缩包内有无法识别的名称", en: "holds a member with an unreadable name")
    }
    let member = Member(
      name: name, method: bytes.little16(at: place + 10), isEncrypted: bytes.little16(at: place + 8) & 1 != 0,
      crc: UInt32(bytes.little32(at: place + 16)), packedSize: large.packed, size: large.size, offset: large.offset)
    place = behind
    return member
  }

  /// The members by their names; refuses those that stand twice, or lead out of the archive. Some programs part folders with `\`.
  private static func places(_ members: [Member], _ path: String) throws(InputError) -> [[UInt8]: Int] {
    var places: [[UInt8]: Int] = [:]
    for (place, member) in members.enumerated() {
      let name = Array(member.name.lowercased().utf8.map { $0 == 0x5C ? 0x2F : $0 })
      let parts = name.split(separator: 0x2F, omittingEmptySubsequences: false)
      if name.first == 0x2F || name.contains(0) || parts.contains(where: { $0.elementsEqual("..".utf8) }) {
        throw damaged(path, zh: "压缩包内有可疑的路径", en: "holds a member whose path leads elsewhere")
      }
      guard places.updateValue(place, forKey: name) == nil else {
        throw damaged(path, zh: "压缩包内有重名的内容", en: "holds two members of one name")
      }
    }
    return places
  }

  /// Refuses an archive that says of itself that it holds too much; no member holds more than it says.
  private func refuseBomb() throws(InputError) {
    var total = 0
    for member in members {
      total += min(member.size, limits[.fileBytes])
      guard total <= limits[.fileBytes] else {
        throw ReadingLimits.refusal(
          .fileBytes, file.path, zh: "解压后超过 \(limits[.fileBytes]) 字节的上限",
          en: "inflates to more than the limit of \(limits[.fileBytes]) bytes")
      }
    }
    if total > InputFile.inflationFloor, total / limits[.inflation] > file.size { throw InputFile.bomb(file) }
  }

  /// Refuses members that share bytes, or lie outside of the archive.
  private func refuseOverlap(_ directory: Int) throws(InputError) {
    var behind = 0
    for member in members.sorted(by: { $0.offset < $1.offset }) {
      guard member.offset >= behind, member.packedSize >= 0, member.size >= 0, member.packedSize <= directory,
        member.offset <= directory - member.packedSize - 30
      else { throw ZipArchive.damaged(file.path, zh: "压缩包内容相互重叠或越界", en: "holds members that overlap or reach beyond it") }
      let head = try file.bytes(member.offset..<member.offset + 30)
      guard head.count == 30, head.span.little32(at: 0) == 0x0403_4B50 else {
        throw ZipArchive.damaged(file.path, zh: "压缩包内容与目录不符", en: "does not hold what its directory says")
      }
      behind = member.offset + 30 + head.span.little16(at: 26) + head.span.little16(at: 28) + member.packedSize
    }
    guard behind <= directory else {
      throw ZipArchive.damaged(file.path, zh: "压缩包内容相互重叠或越界", en: "holds members that overlap or reach beyond it")
    }
  }

  /// Why an archive is not read that becomes too much.
  var bomb: InputError { InputFile.bomb(file) }

  /// What it is called where it cannot be inflated.
  static let name = LocalizedText(zh: "压缩包", en: "a ZIP archive")

  /// Why an archive is not read.
  static func damaged(_ path: String, zh: String, en: String) -> InputError {
    InputError(
      .unreadable, path: path, message: LocalizedText(zh: zh, en: en),
      hint: LocalizedText(zh: "请用 Excel 或 WPS 打开后另存为 .xlsx，再处理", en: "Open it in Excel or WPS and save it as .xlsx again"))
  }
}

/// What stands at the end of an archive: where its directory is.
struct ZipDirectoryEnd {
  /// The number of members.
  let count: Int
  /// The size of the directory, in bytes.
  let size: Int
  /// The offset of the directory, from 0.
  let offset: Int

  /// Looks for the end of the directory, which a comment of at most 64 KiB may follow.
  init(_ file: InputFile) throws(InputError) {
    let length = min(file.size, 65_557 + 20)
    let base = file.size - length
    let tail = try file.bytes(base..<file.size)
    let bytes = tail.span
    var place = length - 22
    while place >= 0, bytes.little32(at: place) != 0x0605_4B50 || place + 22 + bytes.little16(at: place + 20) != length {
      place -= 1
    }
    guard place >= 0 else {
      throw ZipArchive.damaged(file.path, zh: "不完整：找不到压缩包目录", en: "is cut off: its directory is missing")
    }
    var (count, size, offset) = (bytes.little16(at: place + 10), bytes.little32(at: place + 12), bytes.little32(at: place + 16))
    if place >= 20, bytes.little32(at: place - 20) == 0x0706_4B50 {
      let at = bytes.little64(at: place - 12)
      guard at >= 0, at <= file.size - 56 else {
        throw ZipArchive.damaged(file.path, zh: "压缩包目录越界", en: "has its directory outside the file")
      }
      let large = try file.bytes(at..<at + 56)
      guard large.span.little32(at: 0) == 0x0606_4B50 else {
        throw ZipArchive.damaged(file.path, zh: "压缩包目录不完整", en: "has an incomplete directory")
      }
      (count, size, offset) = (large.span.little64(at: 32), large.span.little64(at: 40), large.span.little64(at: 48))
    }
    guard count >= 0, size >= 0, offset >= 0, size <= base + place, offset <= base + place - size else {
      throw ZipArchive.damaged(file.path, zh: "压缩包目录越界", en: "has its directory outside the file")
    }
    (self.count, self.size, self.offset) = (count, size, offset)
  }
}

/// The large numbers of a member (ZIP64): each stands only where the small one is full.
private struct ZipExtra {
  var size: Int
  var packed: Int
  var offset: Int

  mutating func read(_ bytes: Span<UInt8>) {
    var place = 0
    while place + 4 <= bytes.count {
      let (tag, length) = (bytes.little16(at: place), bytes.little16(at: place + 2))
      guard place + 4 + length <= bytes.count else { return }
      if tag == 1 {
        var at = place + 4
        func next(_ value: inout Int) {
          guard value == 0xFFFF_FFFF, at + 8 <= place + 4 + length else { return }
          value = bytes.little64(at: at)
          at += 8
        }
        next(&size)
        next(&packed)
        next(&offset)
      }
      place += 4 + length
    }
  }
}

extension Span<UInt8> {
  /// Two bytes, the lowest first.
  func little16(at place: Int) -> Int { Int(self[place]) | Int(self[place + 1]) << 8 }
  /// Four bytes, the lowest first.
  func little32(at place: Int) -> Int { little16(at: place) | little16(at: place + 2) << 16 }
  /// Eight bytes, the lowest first; negative where no file is so large.
  func little64(at place: Int) -> Int { little32(at: place) | little32(at: place + 4) << 32 }
}
