import Dispatch
import ElementCore
@testable import ElementFormats
import ElementTestSupport
import Foundation
import Synchronization
import Testing

struct FileGrowthTests {
  /// Writes pieces, each a while after the one before, in another thread.
  private func file(_ pieces: [[UInt8]], _ failure: InputError? = nil) throws -> InputFile {
    let growth = FileGrowth(expected: 10)
    let file = try InputFile(growing: "r.csv", .standard, growth)
    let left = Mutex(pieces)
    DispatchQueue.global().async {
      growth.fill({ file }, { _ in }, { _ in }) { () throws(InputError) in
        Thread.sleep(forTimeInterval: 0.01)
        let next = left.withLock { left -> [UInt8]? in left.isEmpty ? nil : left.removeFirst() }
        if next == nil, let failure { throw failure }
        return next
      }
    }
    return file
  }

  @Test func `who asks for more than is written waits for it`() throws {
    let pieces: [[UInt8]] = [[1, 2, 3], [4], [5, 6]]
    #expect(try file(pieces).bytes(0..<5) == [1, 2, 3, 4, 5])
    #expect(try file(pieces).head(9) == [1, 2, 3, 4, 5, 6])
    #expect(try file(pieces).window(keeping: [9, 9], count: 2, at: 3) == [9, 9, 4, 5])
    #expect(try file(pieces).wholeSize == 6)
    let whole = try file(pieces)
    #expect(try !whole.ends(at: 5))
    #expect(try whole.ends(at: 6))
  }

  @Test func `what is there can be read, and who asks for more is told why it does not come`() throws {
    let reason = LocalizedText(zh: "坏了", en: "broke")
    let failure = InputError(.unreadable, path: "r.csv", message: reason, hint: reason)
    let broken = try file([[1, 2, 3], [4]], failure)
    #expect(try broken.bytes(0..<4) == [1, 2, 3, 4])
    #expect(#expect(throws: InputError.self) { try broken.bytes(0..<5) }?.message == reason)
    #expect(#expect(throws: InputError.self) { try broken.ends(at: 4) }?.message == reason)
    #expect(#expect(throws: InputError.self) { try broken.wholeSize }?.message == reason)
  }
}
