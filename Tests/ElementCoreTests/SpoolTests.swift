import ElementCore
import ElementTestSupport
import Testing

/// What is written one behind another and read again.
struct SpoolTests {
  @Test("what is read is what was written, whether it stayed in memory or not", arguments: [1, 7, 64, 1_000, 1 << 20])
  func sameBytes(_ limit: Int) throws {
    let scratch = try ScratchFolder()
    var spool = Spool(beside: [scratch.path + "/none/w.db", scratch.path + "/w.db"], limit: limit)
    #expect(spool.isEmpty)
    for record in 0..<2_000 {
      spool.append(word: UInt64.max - UInt64(record))
      spool.append(word: UInt64(record % 40))
      spool.append(Array(repeating: UInt8(record % 256), count: record % 40).span)
      try spool.settle()
    }
    // Twice: a reader takes nothing away.
    for _ in 0..<2 {
      var reader = spool.reader()
      for record in 0..<2_000 {
        #expect(!reader.isAtEnd)
        #expect(try reader.nextWord() == UInt64.max - UInt64(record))
        let count = try Int(reader.nextWord())
        #expect(try reader.next(count) == Array(repeating: UInt8(record % 256), count: record % 40))
      }
      #expect(reader.isAtEnd)
    }
  }

  @Test func `where no file can be, what is too much for memory is an error`() throws {
    let scratch = try ScratchFolder()
    var spool = Spool(beside: [scratch.path + "/none/w.db"], limit: 16)
    spool.append(Array(repeating: 1, count: 16).span)
    #expect(throws: SpillError.self) { try spool.settle() }
  }
}
