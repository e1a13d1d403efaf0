import ElementCore
import ElementLinkage
import ElementTestSupport
import Testing

/// Groups and their numbers: what never happens, whatever the weights say.
struct GroupTests {
  private typealias Toys = BlockingTests.ToyRecords

  /// Records that all share a key, with weights by chance, and numbers for some.
  private static func toys(_ count: Int, _ random: inout SeededGenerator) -> BlockingTests.ToyRecords {
    var toys = Toys(all: (0..<count).map { .init(keys: [[1]], parts: [], place: $0) })
    toys.identities = (0..<count).map { _ in
      Int.random(in: 0...2, using: &random) == 0 ? 0 : UInt64.random(in: 1...4, using: &random)
    }
    toys.weights = (0..<count).map { _ in (0..<count).map { _ in Int32.random(in: -20_000...20_000, using: &random) } }
    return toys
  }

  @Test func `two numbers never stand in one group, whatever weights and people say`() throws {
    var joined = 0
    let rounds = LongLoop.part(0..<10_000, of: 5)
    for round in rounds {
      var random = SeededGenerator(seed: UInt64(round) + 5)
      let toys = Self.toys(Int.random(in: 2...14, using: &random), &random)
      var request = LinkageRequest(model: try SamplePeople.model(), jobs: 1)
      request.isBestGuess = round % 2 == 0
      let some = { (random: inout SeededGenerator) in
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
          (UInt32.random(in: 0..<UInt32(toys.count), using: &random), UInt32.random(in: 0..<UInt32(toys.count), using: &random))
        }.filter { $0.0 != $0.1 }
      }
      (request.same, request.apart) = (some(&random), some(&random))
      let outcome = try LinkageRun(toys, request).run()
      for head in Set(outcome.groups) {
        let members = outcome.groups.indices.filter { outcome.groups[$0] == head }
        joined += members.count - 1
        #expect(Set(members.map { toys.identities[$0] }.filter { $0 != 0 }).count <= 1)
        #expect(members.count <= request.model.entityCap)
        #expect(Int(head) == members[0])
      }
      for (one, other) in request.apart { #expect(outcome.groups[Int(one)] != outcome.groups[Int(other)]) }
      for (place, pair) in request.same.enumerated() where outcome.contradictions[place] == nil {
        #expect(outcome.groups[Int(pair.0)] == outcome.groups[Int(pair.1)])
      }
      for place in outcome.groups.indices {
        #expect((outcome.ways[place] == .single) == (outcome.groups.count { $0 == outcome.groups[place] } == 1))
      }
    }
    // The loop does join.
    #expect(joined > rounds.count / 2)
  }

  // MARK: Numbers

  private static func row(_ before: UInt32, _ key: UInt64, numbered: Bool = false) -> EntityNumbers.Row {
    EntityNumbers.Row(before: before, key: key &* 0x9E37_79B9_7F4A_7C15, isNumbered: numbered)
  }

  @Test func `a merge keeps the lowest number, and the others say where they went`() {
    let rows = [Self.row(7, 1), Self.row(3, 2), Self.row(9, 3)]
    let numbers = EntityNumbers(rows, groups: [0, 0, 2], empty: [], ended: [:], last: 9)
    #expect(numbers.numbers == [3, 3, 9])
    #expect(numbers.retired.map(\.number) == [7])
    #expect(numbers.retired.map(\.successor) == [3])
    #expect(numbers.merged == 1)
    #expect(numbers.created == [])
  }

  @Test func `a split leaves the number with the row that has a valid one of its own`() {
    let rows = [Self.row(4, 1), Self.row(4, 2, numbered: true), Self.row(4, 3)]
    let numbers = EntityNumbers(rows, groups: [0, 1, 2], empty: [], ended: [:], last: 4)
    #expect(numbers.numbers == [5, 4, 6])
    #expect(numbers.split == 1)
    let tie = EntityNumbers(
      rows.map { EntityNumbers.Row(before: $0.before, key: $0.key, isNumbered: false) }, groups: [0, 1, 2], empty: [],
      ended: [:], last: 4)
    #expect(tie.numbers == [4, 5, 6])
  }

  @Test func `parts that had a number of their own get it back`() {
    let alone = [Self.row(3, 1), Self.row(8, 2, numbered: true)]
    let merged = EntityNumbers(alone, groups: [0, 0], empty: [], ended: [:], last: 8)
    let ended = Dictionary(uniqueKeysWithValues: merged.retired.map { ($0.members, $0.number) })
    let apart = EntityNumbers(
      [Self.row(3, 1), Self.row(3, 2, numbered: true)], groups: [0, 1], empty: [], ended: ended, last: 8)
    #expect(apart.numbers == [3, 8])
    #expect(apart.restored == [8])
    #expect(apart.created == [])
  }

  @Test func `a number whose rows are gone ends, and is never given again`() {
    let numbers = EntityNumbers([Self.row(0, 5)], groups: [0], empty: [2], ended: [:], last: 2)
    #expect(numbers.numbers == [3])
    #expect(numbers.retired.map(\.number) == [2])
    #expect(numbers.retired.map(\.successor) == [nil])
  }

  @Test func `no number moves to other rows in any history`() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let count = Int.random(in: 2...12, using: &random)
      var (before, current, ended, last): ([UInt32], Set<UInt32>, [UInt64: UInt32], UInt32) = (
        Array(repeating: 0, count: count), [], [:], 0
      )
      for _ in 0..<8 {
        let heads = (0..<count).map { place in place == 0 ? 0 : UInt32.random(in: 0...UInt32(place), using: &random) }
        var groups: [UInt32] = []
        for place in 0..<count { groups.append(heads[place] == UInt32(place) ? UInt32(place) : groups[Int(heads[place])]) }
        let rows = (0..<count).map { Self.row(before[$0], UInt64($0) + 1, numbered: $0 % 3 == 0) }
        let numbers = EntityNumbers(rows, groups: groups, empty: [], ended: ended, last: last)
        for one in 0..<count {
          for other in 0..<count { #expect((numbers.numbers[one] == numbers.numbers[other]) == (groups[one] == groups[other])) }
        }
        // What stays together as it was keeps its number.
        for number in current {
          let own = (0..<count).filter { before[$0] == number }
          let now = Set(own.map { numbers.numbers[$0] })
          if now.count == 1, let kept = now.first, kept != number { #expect(kept < number || numbers.restored.contains(kept)) }
        }
        for number in numbers.created { #expect(number > last) }
        last = max(last, numbers.created.max() ?? 0)
        for number in numbers.restored { ended = ended.filter { $0.value != number } }
        for retired in numbers.retired where retired.members != 0 { ended[retired.members] = retired.number }
        current = Set(numbers.numbers)
        before = numbers.numbers
      }
    }
  }
}
