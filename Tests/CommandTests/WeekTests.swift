import ElementTestSupport
import Foundation
import Testing

/// The week in the office of `samples/week`, as its script walks it.
struct WeekTests {
  @Test func `the week of the samples ends as it says, day by day`() throws {
    let result = try Program.run(
      ["samples/week/week.sh"], program: "/bin/bash", environment: ["YAOSU": Program.path("yaosu"), "YAOSU_LANG": "en"])
    #expect(result.code == 0, "\(result.output.suffix(1000))")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(
      lines.filter { $0.hasPrefix("read ") } == [
        "read 40 rows = created 37 + updated 0 + unchanged 0 + duplicate 0 + quarantined 3",
        "read 5 rows = created 0 + updated 5 + unchanged 0 + duplicate 0 + quarantined 0",
        "read 40 rows = created 29 + updated 11 + unchanged 0 + duplicate 0 + quarantined 0",
        "read 40 rows = created 29 + updated 11 + unchanged 0 + duplicate 0 + quarantined 0",
        "read 3 rows = created 3 + updated 0 + unchanged 0 + duplicate 0 + quarantined 0",
        "read 40 rows = created 37 + updated 0 + unchanged 0 + duplicate 0 + quarantined 3, 0 blank lines",
        "read 3 rows = created 3 + updated 0 + unchanged 0 + duplicate 0 + quarantined 0",
      ])
    for sentence in [
      "held (batch 3): Registered resident: 11 rows change", "29 rows leave, 11 have their former values again",
      "3 rows wait, of 3 records",
      "3 are resolved, 0 came again with errors", "0 rows wait, of 0 records", "verified 40 rows and 6 batches: 0 differences",
      "batch 1, row by row: 40 rows went where the file says",
      "138****5000  batch 2", "2 questions wait, 2 of them new", "taken: 2 same, 0 not same, 0 unsure",
      "43 rows of 41 people: 0 new numbers, 2 merged", "name      sounds the same",
      "43 rows of 42 people: 0 new numbers, 0 merged, 1 split",
      "43 rows of 42 people, 1 of them with several; 0 questions wait",
    ] { #expect(lines.contains { $0.contains(sentence) }, "\(sentence)") }
  }
}

/// Three weeks of sending to the province of `samples/province`, as their script walks them.
struct ProvinceTests {
  @Test func `after three weeks sender and receiver hold the same, and both chains are whole`() throws {
    let result = try Program.run(
      ["samples/province/province.sh"], program: "/bin/bash", environment: ["YAOSU": Program.path("yaosu"), "YAOSU_LANG": "en"])
    #expect(result.code == 0, "\(result.output.suffix(1000))")
    let lines = result.output.split(separator: "\n").map(String.init)
    for sentence in [
      "19 records (0 of them deletions)", "2 named as taken, 0 refused; partly acknowledged",
      "1 refused, to be corrected: 地址不完整",
      "0 named as taken, 1 refused; acknowledged", "4 records (2 of them deletions)", "sender and receiver are equal: 22 lines",
      "verified 20 rows and 5 batches: 0 differences", "verified 22 rows and 6 batches: 0 differences",
    ] { #expect(lines.contains { $0.contains(sentence) }, "\(sentence)") }
  }
}
