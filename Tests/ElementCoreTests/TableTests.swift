import ElementCore
import Testing

struct TableTests {
  @Test func `a slot table finds what a dictionary finds, however often it grows`() {
    var table = SlotTable(stride: 3, expected: 0)
    var dictionary: [UInt64: UInt32] = [:]
    var state: UInt64 = 7
    for step in 1...20_000 as ClosedRange<UInt32> {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      let hash = state >> 20 &* 0x9E37_79B9_7F4A_7C15
      let (slot, isNew) = table.slot(hash)
      #expect(isNew == (dictionary[hash] == nil))
      if isNew {
        table[slot, 2] = step
        table[spare: slot] = step
        dictionary[hash] = step
      }
    }
    expectSame(table, dictionary)
  }

  @Test(arguments: [1, 3, 50]) func `hashes that differ in their upper bits only, or crowd in one place, are told apart`(
    _ crowd: UInt64
  ) {
    var table = SlotTable(stride: 3, expected: 0)
    var dictionary: [UInt64: UInt32] = [:]
    for base in [0, 0x0123_4567_89AB_CDEF, UInt64.max >> 6] as [UInt64] {
      for top in 0..<64 as Range<UInt64> {
        for near in 0..<crowd {
          let hash = (base ^ near) & UInt64.max >> 6 | top << 58
          let (slot, isNew) = table.slot(hash)
          #expect(isNew == (dictionary[hash] == nil))
          if isNew {
            dictionary[hash] = UInt32(dictionary.count + 1)
            table[slot, 2] = UInt32(dictionary.count)
            table[spare: slot] = UInt32(dictionary.count)
          }
        }
        #expect(table.find((base ^ 1 << 40) & UInt64.max >> 6 | top << 58) == nil)
      }
    }
    expectSame(table, dictionary)
  }

  private func expectSame(_ table: SlotTable, _ dictionary: [UInt64: UInt32]) {
    #expect(table.count == dictionary.count)
    for (hash, step) in dictionary {
      guard let slot = table.find(hash) else {
        Issue.record("\(hash) is not there")
        continue
      }
      #expect(table[slot, 2] == step && table[spare: slot] == step % 64 && table.hash(slot) == hash)
    }
    #expect(Array(table.usedSlots).count == dictionary.count)
  }

  @Test(arguments: ["1", "01", "0", "11", "320682", "", "1\u{0}", "甲", "12345678"])
  func `short codes are told from everything else`(_ text: String) {
    let codes = ["1", "01", "320682", "甲"]
    let table = CodeTable(name: "t", entries: codes.map { CodeEntry(code: $0, label: "") })
    let bytes = Array(text.utf8)
    let found = table.isShortCode(bytes.span, FieldRange(0, bytes.count))
    // The bytes around it mean nothing.
    let inner = table.isShortCode((Array("0".utf8) + bytes + Array("12345678".utf8)).span, FieldRange(1, bytes.count + 1))
    #expect(inner == found)
    #expect(found == codes.contains { Array($0.utf8) == bytes })
  }

  @Test(arguments: ["", "a", "abcdefg", "abcdefgh", "12345678", "1234567x", "三十二"])
  func `words answer like bytes`(_ text: String) {
    var bytes = Array(text.utf8)
    let isASCII = bytes.span.isASCII
    let isDigits = bytes.span.isDigits
    #expect(isASCII == bytes.allSatisfy { $0 < 0x80 })
    #expect(isDigits == (!bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }))
    bytes += Array(repeating: 0x30, count: 8)
    let digits = bytes.span.extracting(text.utf8.count..<bytes.count).isDigits
    #expect(digits)
    for byte in UInt8.min...UInt8.max {
      let word = ByteWord(UInt64(byte) << 24 | 0x4141_4141_0041_4141)
      let marks = (word.below(0x23) >> 31 & 1, word.equal(0x2C) >> 31 & 1, word.high >> 31 & 1)
      #expect(marks == (byte < 0x23 ? 1 : 0, byte == 0x2C ? 1 : 0, byte >= 0x80 ? 1 : 0))
    }
  }
}
