import Deflate
import ElementCore

/// Reads the content of one member of an archive, piece by piece, and proves it against the directory at its end.
package struct ZipMemberReader: ~Copyable {
  private let file: InputFile
  private let member: ZipArchive.Member
  private let start: Int
  /// The bytes of the archive that were read.
  private(set) var taken = 0
  private var produced = 0
  private var checksum = CRC32()
  private var inflater: Inflater
  private var input: [UInt8] = []
  private var inputPlace = 0
  private var output = [UInt8](repeating: 0, count: 1 << 17)

  /// A reader of a member whose data starts at `start` (from 0).
  init(_ file: InputFile, _ member: ZipArchive.Member, _ start: Int) throws(InputError) {
    self.file = file
    self.member = member
    self.start = start
    do {
      inflater = try Inflater(.none)
    } catch {
      throw InputFile.failure(error, file.path, of: ZipArchive.name, at: start)
    }
  }

  /// The next piece of the content; nil at its end.
  ///
  /// - Throws: `InputError` where the member is damaged, or larger than it says.
  package mutating func next() throws(InputError) -> [UInt8]? {
    let piece = member.method == 0 ? try stored() : try inflated()
    guard let piece else {
      guard produced == member.size, checksum.value == member.crc else {
        let name = PrintableText.escape(member.name)
        throw ZipArchive.damaged(file.path, zh: "内容已损坏（\(name) 的校验值不符）", en: "is damaged (\(name) fails its check value)")
      }
      return nil
    }
    produced += piece.count
    checksum.update(piece.span)
    guard produced <= member.size else {
      throw ZipArchive.damaged(file.path, zh: "内容比声明的大，疑为压缩炸弹", en: "holds more than it declares: perhaps a decompression bomb")
    }
    guard produced <= InputFile.inflationFloor || produced / file.limits[.inflation] <= member.packedSize else {
      throw InputFile.bomb(file)
    }
    return piece
  }

  private mutating func stored() throws(InputError) -> [UInt8]? {
    let count = min(1 << 17, member.packedSize - taken)
    guard count > 0 else { return nil }
    let piece = try file.bytes(start + taken..<start + taken + count)
    taken += count
    return piece
  }

  private mutating func inflated() throws(InputError) -> [UInt8]? {
    do {
      while !inflater.isAtEnd {
        if inputPlace == input.count {
          let count = min(1 << 16, member.packedSize - taken)
          if count == 0 { throw DeflateError.truncated }
          input = try file.bytes(start + taken..<start + taken + count)
          taken += count
          inputPlace = 0
        }
        let (packed, from) = (input, inputPlace)
        var room: [UInt8] = []
        swap(&room, &output)
        defer { swap(&room, &output) }
        let step = try inflater.inflate(packed.span.extracting(from..<packed.count), into: &room)
        inputPlace += step.consumed
        if step.produced > 0 { return Array(room[..<step.produced]) }
      }
      return nil
    } catch let error as DeflateError {
      throw InputFile.failure(error, file.path, of: ZipArchive.name, at: start + taken)
    } catch let error as InputError {
      throw error
    } catch {
      bug("inflating threw something else")
    }
  }
}
