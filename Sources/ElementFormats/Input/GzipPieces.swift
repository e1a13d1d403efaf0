import Deflate
import ElementCore
import Synchronization

/// Inflates a gzip file piece by piece.
///
/// Safe to send: whoever holds it uses it from one thread at a time.
final class GzipPieces: @unchecked Sendable {
  private static let pieceSize = 1 << 18

  private let source: InputFile
  private var inflater: Inflater
  private var input = [UInt8](repeating: 0, count: 1 << 17)
  /// The bytes of `input` that are read, and those of them that are inflated.
  private var (have, used) = (0, 0)
  /// The bytes of the file that are inflated, and what they came to.
  private var (taken, produced) = (0, 0)
  /// Pieces that were given back, to be filled again.
  private let spare = Mutex<[[UInt8]]>([])
  /// Whether the last piece was filled: zlib may have more without more input.
  private var isFull = false

  /// The pieces of a file.
  ///
  /// - Throws: `InputError` where there is no memory.
  init(_ source: InputFile) throws(InputError) {
    self.source = source
    do throws(DeflateError) {
      inflater = try Inflater(.gzip)
    } catch {
      throw GzipPieces.failure(error, source, at: 0)
    }
  }

  /// The next piece; nil behind the last.
  ///
  /// - Throws: `InputError` of kind `unreadable` or `limit`.
  func next() throws(InputError) -> [UInt8]? {
    var piece = spare.withLock { $0.popLast() } ?? [UInt8](repeating: 0, count: GzipPieces.pieceSize)
    while true {
      if used == have, !isFull {
        have = try source.read(into: &input, from: 0, count: input.count, at: taken)
        used = 0
        if have == 0 {
          guard inflater.isAtEnd else { throw GzipPieces.failure(.truncated, source, at: taken) }
          return nil
        }
      }
      let count = try inflate(&piece)
      isFull = count == piece.count
      if count > 0 {
        piece.removeLast(piece.count - count)
        return piece
      }
    }
  }

  /// Takes a piece back that nobody needs any more.
  func giveBack(_ piece: consuming [UInt8]) {
    let whole = piece
    if whole.count == GzipPieces.pieceSize { spare.withLock { $0.append(whole) } }
  }

  /// Inflates into a piece and returns how much of it is used.
  private func inflate(_ piece: inout [UInt8]) throws(InputError) -> Int {
    let count: Int
    do throws(DeflateError) {
      let step = try inflater.inflate(input.span.extracting(used..<have), into: &piece)
      used += step.consumed
      taken += step.consumed
      produced += step.produced
      count = step.produced
    } catch {
      throw GzipPieces.failure(error, source, at: taken)
    }
    if produced > InputFile.inflationFloor, produced / source.limits[.inflation] > taken { throw InputFile.bomb(source) }
    return count
  }

  private static func failure(_ error: DeflateError, _ source: InputFile, at offset: Int) -> InputError {
    InputFile.failure(error, source.path, of: LocalizedText(zh: "gzip 压缩文件", en: "a gzip file"), at: offset)
  }
}
