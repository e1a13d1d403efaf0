import ElementCore
import ElementTestSupport
import Testing

@testable import ElementFormats

@Suite("What every reader must do")
struct ConformanceTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// A record as it was read: its values, its place and what was odd about it.
  private struct Read: Equatable {
    // As bytes: texts compare by what they look like.
    var values: [[UInt8]]
    var row: UInt32
    var line: UInt32
    var raw: [UInt8]
    var flags: RecordFlags
  }

  private func open(_ sample: WrittenSample, _ bytes: [UInt8]) throws -> (FileSurvey, RecordLayout) {
    let survey = try FileSurvey(try InputFile(path: try scratch.file(sample.name, bytes)), encoding: nil)
    let score = { (cells: [String]) in WrittenSample.header.allSatisfy(cells.contains) ? 100 : 0 }
    switch survey.format {
    case .delimited: return (survey, try CSVSniffer(survey).layout(delimiter: nil, HeaderScale(enough: 99, score: score)))
    case .workbook:
      let workbook = try Workbook(survey.text)
      return (survey, try SheetSniffer(workbook, workbook.sheets[0]).layout(HeaderScale(enough: 99, score: score)))
    case .xml: return (survey, try XMLSniffer(survey, records: "/rs/r").layout(score: score))
    case .json:
      return (survey, try JSONSniffer(survey, records: sample == .wrapped ? "/data" : nil).layout(score: score))
    case .table: throw CancellationError()
    }
  }

  private func read(_ sample: WrittenSample, _ bytes: [UInt8], chunk: Int = CSVReader.chunkSize, isAhead: Bool = false) throws
    -> [Read]
  {
    let (survey, layout) = try open(sample, bytes)
    var found: [Read] = []
    try read(survey, layout, chunk, isAhead, &found)
    return found
  }

  private func read(
    _ survey: FileSurvey, _ layout: RecordLayout, _ chunk: Int, _ isAhead: Bool, _ found: inout [Read]
  ) throws {
    var reader = try layout.source(survey, columnCount: layout.header.count, chunkSize: chunk, isAhead: isAhead)
    while var batch = try reader.nextBatch() {
      BatchDecoder.decode(
        &batch, from: survey.recordEncoding, wanted: Array(repeating: true, count: layout.header.count), invalid: nil)
      let texts = batch.texts(.max)
      for (record, spot) in batch.spots.enumerated() {
        let start = Int(spot.byteStart)
        let raw = try survey.text.bytes(start..<start + Int(spot.byteLength))
        found.append(
          Read(values: texts[record].map { Array($0.utf8) }, row: spot.row, line: spot.line, raw: raw, flags: spot.flags))
      }
    }
  }

  /// Rows as bytes.
  private func bytes(_ rows: [[String]]) -> [[[UInt8]]] { rows.map { $0.map { Array($0.utf8) } } }

  private static let rows = [
    ["1", "张三", "a,b\t\"c\" <d> & 'e'"], ["2", "\u{20BB7}野", "第一行\n第二行"], ["3", "O'Neil", "=1+1"], ["4", "", "null"],
    ["5", "é e\u{301} ﬁ", "1e5"],
  ]

  @Test(
    "one record is one record, with a line end behind it or without, with a mark or without", arguments: WrittenSample.allCases)
  func oneRecord(sample: WrittenSample) throws {
    for (hasEnd, hasMark) in [(true, false), (false, false), (true, true), (false, true)] {
      let found = try read(sample, try sample.file([["1", "张三", "备"]], hasEnd: hasEnd, hasMark: hasMark))
      #expect(found.map(\.values) == bytes([["1", "张三", "备"]]))
      #expect(found.map(\.row) == [1])
      #expect(found.allSatisfy { $0.flags.isEmpty })
    }
  }

  @Test("nothing is refused or has no record, and never anything else", arguments: WrittenSample.allCases)
  func nothing(sample: WrittenSample) throws {
    let error = #expect(throws: InputError.self) { try read(sample, []) }
    #expect(error?.kind == .header)
    let empty = try sample.file([])
    do {
      let found = try read(sample, empty)
      #expect(found.isEmpty)
    } catch let error as InputError {
      #expect([.header, .unreadable].contains(error.kind))
    }
  }

  @Test("values come back as they were written, whatever the size of the pieces", arguments: WrittenSample.allCases)
  func pieces(sample: WrittenSample) throws {
    let bytes = try sample.file(Self.rows)
    let whole = try read(sample, bytes)
    #expect(whole.map(\.values) == self.bytes(Self.rows))
    #expect(whole.allSatisfy { $0.flags.isEmpty })
    let (survey, layout) = try open(sample, bytes)
    for chunk in [Int](1...min(survey.text.size, 400)) {
      for isAhead in chunk % 16 == 1 ? [false, true] : [false] {
        var found: [Read] = []
        try read(survey, layout, chunk, isAhead, &found)
        #expect(found == whole, "pieces of \(chunk) bytes")
      }
    }
  }

  @Test("a record's place is where its bytes stand, and its line is the one they begin on", arguments: WrittenSample.allCases)
  func places(sample: WrittenSample) throws {
    let found = try read(sample, try sample.file(Self.rows))
    #expect(found.map(\.row) == [1, 2, 3, 4, 5])
    guard sample.keepsBytes else {
      #expect(found.map(\.line) == [2, 3, 4, 5, 6])
      return
    }
    let written = sample.records(Self.rows)
    // Of a CSV file in GB 18030 the bytes are those of the file; other formats are read in UTF-8.
    for (record, text) in zip(found, written) {
      var raw = record.raw
      if sample == .gb18030 {
        raw = []
        #expect(GB18030.shared.decode(record.raw.span, into: &raw))
      }
      #expect(raw == Array(text.utf8))
    }
    // Lines above the records, then the lines of each record.
    let above = sample.name == "r.ndjson" ? 0 : sample.name == "r.xml" ? 2 : 1
    var line = above + 1
    for (record, text) in zip(found, written) {
      #expect(Int(record.line) == line)
      line += 1 + text.utf8.count { $0 == 0x0A }
    }
  }

  @Test("a value that is too long costs its record, and no other", arguments: WrittenSample.allCases)
  func hugeField(sample: WrittenSample) throws {
    let rows = [["1", "张三", "a"], ["2", "李四", String(repeating: "长", count: 40_000)], ["3", "王五", "c"]]
    let found = try read(sample, try sample.file(rows))
    #expect(found.map(\.flags) == [[], .fieldTooLong, []])
    #expect([found[0].values, found[2].values] == bytes([rows[0], rows[2]]))
  }

  @Test("a value as long as the limit is one byte from being too long", arguments: WrittenSample.allCases)
  func longestField(sample: WrittenSample) throws {
    let limit = ReadingLimits()[.fieldBytes]
    let rows = [
      ["1", String(repeating: "a", count: limit), "a"], ["2", String(repeating: "a", count: limit + 1), "b"],
      ["3", "张三", String(repeating: "c", count: limit)],
    ]
    #expect(try read(sample, try sample.file(rows)).map(\.flags) == [[], .fieldTooLong, []])
  }

  @Test("more records than a batch may have are all read, one after the other", arguments: WrittenSample.allCases)
  func tinyRecords(sample: WrittenSample) throws {
    // Some are not plain, where a batch ends too.
    let rows = (1...2 * RecordBatch.mostRecords + 100).map { [String($0 % 10), $0 % 4 == 0 ? "\"" : "", "c"] }
    let (survey, layout) = try open(sample, try sample.file(rows))
    var reader = try layout.source(survey, columnCount: layout.header.count, chunkSize: 1 << 20)
    var (found, next): ([[String]], UInt32) = ([], 1)
    while var batch = try reader.nextBatch() {
      #expect(batch.count <= RecordBatch.mostRecords)
      BatchDecoder.decode(
        &batch, from: survey.recordEncoding, wanted: Array(repeating: true, count: layout.header.count), invalid: nil)
      for spot in batch.spots {
        #expect(spot.row == next)
        next += 1
      }
      found += batch.texts(.max)
    }
    #expect(found == rows)
  }

  @Test("a file that was cut off gives its first records, then says so or ends", arguments: WrittenSample.allCases)
  func truncated(sample: WrittenSample) throws {
    let bytes = try sample.file(Self.rows)
    let whole = try read(sample, bytes)
    for length in stride(from: 1, to: bytes.count, by: sample.isPlain ? 1 : 7) {
      var found: [Read] = []
      do {
        let (survey, layout) = try open(sample, Array(bytes[..<length]))
        try read(survey, layout, 64, false, &found)
      } catch let error as InputError {
        #expect(error.kind != .usage || sample == .wrapped, "cut at \(length)")
      }
      // The last one may be cut itself, or be the half of one.
      let sound = found.dropLast().filter { $0.values.count == 3 }
      #expect(sound.elementsEqual(whole.prefix(sound.count)), "cut at \(length)")
    }
  }
}
