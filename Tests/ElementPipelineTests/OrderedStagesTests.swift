@testable import ElementPipeline
import Testing

struct OrderedStagesTests {
  @Test(arguments: [0, 1, 2, 4]) func `nothing is lost and the order stays, however the workers run`(_ workers: Int) throws {
    let stages = OrderedStages<Int, Int, Int, Int, Int>(
      next: { left in
        left -= 1
        return left >= 0 ? left : nil
      },
      transform: { $0 },
      settle: { ledger, element in
        ledger += element
        return element
      })
    for round in 0..<500 {
      let count = round % 7
      var seen: [Int] = []
      let (_, sum) = try stages.run(workers: workers, from: count, into: 0) { seen.append($0) }
      #expect(seen == Array((0..<count).reversed()) && sum == seen.reduce(0, +))
    }
  }
}
