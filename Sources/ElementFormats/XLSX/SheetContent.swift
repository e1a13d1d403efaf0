/// The XML of a sheet as it comes out of the archive, piece by piece, shared by the copies of its reader.
///
/// Safe to send: whoever holds the reader uses it from one thread at a time.
final class SheetContent: @unchecked Sendable {
  /// A longer head is not kept: rows are then found by reading all before them.
  private static let headLimit = 1 << 20

  private var reader: ZipMemberReader
  private var window: [UInt8] = []
  private var used = 0
  /// Where the next piece begins in the content, from 0.
  private(set) var place = 0
  private var kept: [UInt8]?

  /// The content that a reader of the archive's member gives.
  init(_ reader: consuming ZipMemberReader) { self.reader = reader }

  /// The bytes of the archive that were read.
  var taken: Int { reader.taken }

  /// The next piece, of so many bytes at most; nil at the end.
  ///
  /// - Throws: `InputError` where the archive is damaged.
  func next(_ limit: Int) throws(InputError) -> [UInt8]? {
    while used == window.count {
      guard let more = try reader.next() else { return nil }
      (window, used) = (more, 0)
    }
    let from = used
    used = min(window.count, from + limit)
    place += used - from
    return from == 0 && used == window.count ? window : Array(window[from..<used])
  }

  /// What stands before the rows, which begin at `end`; nil where that is not known, or too much to keep.
  ///
  /// - Throws: `InputError` where the archive is damaged.
  func head(_ end: Int) throws(InputError) -> [UInt8]? {
    if let kept { return kept }
    guard place == 0, end > 0, end <= SheetContent.headLimit else { return nil }
    var head: [UInt8] = []
    while head.count < end, let piece = try next(end - head.count) { head += piece }
    kept = head
    return head
  }

  /// Leaves out what stands before a place.
  ///
  /// - Throws: `InputError` where the archive is damaged.
  func skip(to target: Int) throws(InputError) {
    while place < target, try pass(target - place) {}
  }

  private func pass(_ count: Int) throws(InputError) -> Bool {
    if used == window.count {
      guard let more = try reader.next() else { return false }
      (window, used) = (more, 0)
    }
    let step = min(count, window.count - used)
    used += step
    place += step
    return true
  }
}
