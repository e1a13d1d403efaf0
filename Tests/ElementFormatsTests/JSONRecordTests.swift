import ElementCore
import ElementTestSupport
import Testing

@testable import ElementFormats

@Suite("JSON records")
struct JSONRecordTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// The records of a document as `line: values flags`, read in pieces of a size; the layout finds the columns.
  private func read(_ text: String, records: String? = nil, chunk: Int = 1 << 18) throws -> (header: [String], rows: [String]) {
    try read(Array(text.utf8), records: records, chunk: chunk)
  }

  private func read(_ bytes: [UInt8], records: String? = nil, chunk: Int = 1 << 18) throws -> (header: [String], rows: [String])
  {
    let survey = try FileSurvey(try InputFile(path: try scratch.file("r.json", bytes)), encoding: nil)
    #expect(survey.format == .json)
    let layout = try JSONSniffer(survey, records: records).layout { _ in 1 }
    var source = try layout.source(survey, columnCount: layout.header.count, chunkSize: chunk)
    var rows: [String] = []
    while var batch = try source.nextBatch() {
      BatchDecoder.decode(&batch, from: .utf8, invalid: survey.invalidUTF8)
      for (record, values) in batch.texts(.max).enumerated() {
        let flags = batch.spots[record].flags.rawValue
        rows.append("\(batch.spots[record].line): \(values.joined(separator: "|"))" + (flags == 0 ? "" : " !\(flags)"))
      }
    }
    return (layout.header, rows)
  }

  static let sound: [(String, [String], [String])] = [
    ("[]", [], []), ("[ ]\n", [], []), ("[{}]", [], ["1: "]),
    ("[{\"a\":\"1\",\"b\":2},\n {\"b\":\"x\",\"c\":null}]", ["a", "b", "c"], ["1: 1|2|", "2: |x|"]),
    ("{\"a\":\"1\"}\n\n{\"a\":\"2\"}", ["a"], ["1: 1", "3: 2"]),
    ("\u{FEFF}{\"a\":\"1\"}\r\n{\"a\":\"2\"}\r\n", ["a"], ["1: 1", "2: 2"]),
    ("{\"姓名\":\"\\u5f20\\ud840\\udc87\\n\\\"\\\\\\/\\b\"}", ["姓名"], ["1: 张\u{20087}\n\"\\/\u{8}"]),
    ("{\"\\u0061\":true,\"b\":false}\n{\"a\":-0.5e+10,\"b\":1e400}", ["a", "b"], ["1: true|false", "2: -0.5e+10|1e400"]),
    ("[{\n\"a\":\n[1, \"x\" ,2.5]\n}\n,{\"a\":{\"b\":[{}]}}]", ["a", "a/b"], ["1: 1;x;2.5|", "5: |"]),
    (
      "[{\"a\":{\"x\":\"1\",\"y\":{\"z\":2}},\"b\":\"3\"},{\"b\":\"4\",\"a\":{}}]", ["a/x", "a/y/z", "b"],
      ["1: 1|2|3", "1: ||4"]
    ),
    (
      "[\n  {\n    \"a\": \"1\",\n    \"b\": \"x\"\n  },\r\n\t{\t\"a\" : \"2\",  \"b\":\t\"y\" , \"c\": \"z\"\n}]",
      ["a", "b", "c"],
      ["2: 1|x|", "6: 2|y|z"]
    ),
    ("{\"a\":\"1\",\"b\":\"x\\n\",\"c\":\"3\"}\n{\"a\":\"1\",\"c\":\"3\"}", ["a", "b", "c"], ["1: 1|x\n|3", "2: 1||3"]),
    ("{\"e\\u0301\":\"1\",\"\\u00e9\":\"2\"}", ["e\u{301}", "\u{E9}"], ["1: 1|2"]),
  ]

  @Test("members are columns wherever they first come, in any pieces", arguments: sound)
  func soundDocuments(text: String, header: [String], rows: [String]) throws {
    for chunk in [1, 2, 3, 5, 8, 1 << 18] {
      let found = try read(text, chunk: chunk)
      // Names compare by bytes: é and e with an accent are two.
      #expect(found.header.map { Array($0.utf8) } == header.map { Array($0.utf8) })
      #expect(found.rows == rows, "pieces of \(chunk)")
    }
  }

  static let unsound: [(String, [String])] = [
    ("{\"a\":\"1\"}\n{\"a\":1,}\n{\"a\":\"3\"}\n", ["1: 1", "2: 1 !256", "3: 3"]),
    (
      "{\"a\":\"1\",}\n{\"a\":\"2\", }\n{\"a\":\"3\",,}\n{,\"a\":\"4\"}\n{\"a\":\"5\"",
      (1...3).map { "\($0): \($0) !256" } + ["4:  !256", "5:  !256"]
    ),
    ("{\"a\":\"1\",\"b\":\"2\",\"a\":\"3\"}", ["1: 3|2 !512"]),
    ("[{\"a\":\"1\"},{a:2},{\"a\":\"3\"}]", ["1: 1", "1:  !256", "1: 3"]),
    ("[{\"a\":\"1\",\"a\":\"2\"},{\"\\u0061\":\"1\",\"a\":\"2\"}]", ["1: 2 !512", "1: 2 !512"]),
    ("{\"a\":\"\\ud800\"}\n{\"a\":\"\\udc00\\ud800\"}", ["1: \\ud800 !1024", "2: \\udc00\\ud800 !1024"]),
    ("{\"a\":\"x\\u0000\"}", ["1: x\0 !16"]),
    (
      "{\"a\":01}\n{\"a\":+1}\n{\"a\":1.}\n{\"a\":.5}\n{\"a\":0x1}\n{\"a\":NaN}\n{\"a\":'x'}\n{\"a\":\"\t\"}\n{\"a\":\"\\x\"}\n{\"a\":\"1\"}",
      (1...9).map { "\($0):  !256" } + ["10: 1"]
    ),
    ("{\"a\":\"1\"} {\"a\":\"2\"}\n{\"a\":\"3\"}", ["1: 1", "1: 2", "2: 3"]),
    ("{\"a\":\"1\"}\n[1]\n3\n", ["1: 1", "2:  !256", "3:  !256"]),
  ]

  @Test("texts are taken alike however they are spaced, and told where they are no UTF-8", arguments: 1...60)
  func plainTexts(seed: UInt64) throws {
    var state = seed
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let parts = ["", "a", "bcdefgh", "12345678", "街道办", "中", "é", "ก", "퀀", "\u{FFFD}", "𠀀", "，", "·"]
    let blanks = [["", " ", "\t", "  "], [""], [" "]][next(3)]
    func blank() -> [UInt8] { Array(blanks[next(blanks.count)].utf8) }
    let names = ["甲", "b", "长名称的列", "dd"]
    var (text, expected): ([UInt8], [String]) = ([], [])
    for line in 1...20 {
      let values = names.map { _ in
        var value = (0..<next(4)).flatMap { _ in Array(parts[next(parts.count)].utf8) }
        // A byte that no quote, backslash or control character is.
        if next(12) == 0, !value.isEmpty { value[next(value.count)] = UInt8(0x80 + next(128)) }
        return value
      }
      text.append(0x7B)
      for (place, name) in names.enumerated() {
        if place > 0 { text += [0x2C] + blank() }
        text += Array("\"\(name)\":".utf8) + blank() + [0x22] + values[place] + [0x22]
      }
      text += [0x7D, 0x0A]
      let isText = values.allSatisfy { String(validating: $0, as: UTF8.self) != nil }
      expected.append(
        "\(line): " + (isText ? values.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|") : "!32"))
    }
    guard expected.count(where: { $0.hasSuffix("!32") }) <= 10 else { return }
    for chunk in [64, 200, 1 << 18] {
      let found = try read(text, chunk: chunk)
      #expect(found.header == names)
      #expect(found.rows.map { $0.hasSuffix("!32") ? $0.prefix { $0 != ":" } + ": !32" : $0 } == expected, "pieces of \(chunk)")
    }
  }

  @Test("a record that is no JSON waits alone, with the values before its fault, in any pieces", arguments: unsound)
  func unsoundRecords(text: String, rows: [String]) throws {
    for chunk in [1, 2, 3, 5, 8, 1 << 18] { #expect(try read(text, chunk: chunk).rows == rows, "pieces of \(chunk)") }
  }

  @Test("a quote too many in a record of a list by lines costs that record alone")
  func brokenQuote() throws {
    let text = "[\n{\"a\":\"1\"},\n{\"a\":\"2\"x\"},\n{\"a\":\"3\"},\n{\"a\":\"4\"x\"}\n]\n"
    #expect(try read(text).rows == ["2: 1", "3:  !256", "4: 3", "5:  !256"])
    let error = #expect(throws: InputError.self) { try read("[{\"a\":\"2\"x\"},{\"a\":\"3\"}]") }
    #expect(error?.message.en.contains("byte 1 ") == true)
  }

  @Test("a key that is no UTF-8 is no column, and its record waits")
  func brokenKey() throws {
    let bytes =
      Array("{\"a\":\"1\"}\n{\"a\":\"x\",\"b".utf8) + [0xFF]
      + Array("\":\"2\"}\n{\"a\":\"3\"}\n{\"a\":\"姓\"}\n{\"a\":\"名\"}\n".utf8)
    let found = try read(bytes)
    #expect(found.header == ["a"])
    #expect(found.rows.map { $0.hasSuffix("!32") } == [false, true, false, false, false])
  }

  @Test("objects over several lines, one behind the other, know their lines")
  func spreadObjects() throws {
    #expect(try read("{\n\"a\":\n\"1\"\n}\n{\n\"a\":\"2\"\n}\n").rows == ["1: 1", "5: 2"])
    #expect(try read("{\"a\":\"1\",\"f\":[{\"a\":\"x\"}]}\n{\"a\":\"2\"}\n").rows.count == 2)
  }

  @Test("bytes that are no UTF-8 cost one record")
  func invalidUTF8() throws {
    let sound = Array("{\"a\":\"姓\"}\n".utf8)
    let bytes = sound + Array("{\"a\":\"".utf8) + [0xC0, 0x80] + Array("\"}\n".utf8) + sound
    #expect(try read(bytes).rows.map { $0.hasSuffix("!32") } == [false, true, false])
    // Mostly something else: no JSON to read record by record.
    #expect(
      #expect(throws: InputError.self) { try read(Array("{\"a\":\"".utf8) + [0xD0, 0xD5] + Array("\"}".utf8)) }?.kind
        == .encoding)
  }

  @Test("a file that begins in ASCII is read, where a character is cut or one record is wrong", arguments: [1, 2, 3])
  func asciiBeginning(cut: Int) throws {
    let line = Array("{\"a\":\"0123456789\"}\n".utf8)
    var bytes = Array(repeating: line, count: (1 << 18) / line.count - 2).flatMap(\.self)
    bytes += Array("{\"a\":\"".utf8)
    bytes += Array(repeating: 0x78, count: (1 << 18) - bytes.count - cut) + Array("张\"}\n".utf8)
    #expect(try read(bytes).rows.allSatisfy { !$0.hasSuffix("!32") })
    let wrong = line + Array("{\"a\":\"".utf8) + [0xFF] + Array("\"}\n".utf8)
    let later = Array(repeating: Array("{\"a\":\"张\"}\n".utf8), count: 3).flatMap(\.self)
    #expect(try read(wrong + later).rows.map { $0.hasSuffix("!32") } == [false, true, false, false, false])
  }

  @Test("a file that turns into another encoding on its way is refused at its end")
  func lateEncoding() throws {
    let sound = Array(repeating: Array("{\"a\":\"一二三\"}\n".utf8), count: 30).flatMap(\.self)
    let other = Array("{\"a\":\"".utf8) + [0xD0, 0xD5] + Array("\"}\n".utf8)
    func records(_ count: Int) -> [UInt8] { sound + Array(repeating: other, count: count).flatMap(\.self) }
    #expect(try read(records(25)).rows.count { $0.hasSuffix("!32") } == 25)
    #expect(#expect(throws: InputError.self) { try read(records(31)) }?.kind == .encoding)
  }

  @Test(
    "a document that cannot be read to its end is refused with its place",
    arguments: [
      ("[{\"a\":\"1\"}", "ends within"), ("[{\"a\":\"1\"},", "ends within"), ("[{\"a\":\"1\"}] [", "follows its end"),
      ("[{\"a\":\"1\"}{\"a\":\"2\"}]", "no comma"), ("{\"d\":{\"r\":[{\"a\":1}]}}", "/d/r"), ("[{\"a\":\"1", "ends within"),
    ])
  func refusals(text: String, reason: String) throws {
    #expect(#expect(throws: InputError.self) { try read(text) }?.message.en.contains(reason) == true)
  }

  @Test func `arrays in arrays beyond the limit are refused by it`() throws {
    let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    let error = #expect(throws: InputError.self) { try read(deep) }
    #expect(error?.limit == .depth && error?.message.en.contains("nested deeper") == true)
  }

  @Test func `a comma behind the last record is no record`() throws {
    #expect(try read("[{\"a\":\"1\"},]").rows == ["1: 1"])
    #expect(try read("[{\"a\":\"1\"},\n{\"a\":\"2\"} ,\n]\n").rows == ["1: 1", "2: 2"])
  }

  @Test("records inside an envelope are found by a pointer (RFC 6901)")
  func pointer() throws {
    let text = "{\"n\":[1,{\"x\":2}],\"a/b\":{\"~\":[{\"k\":\"1\"},\n{\"k\":\"2\"}],\"z\":{}},\"end\":\"]\"}\n"
    for chunk in [1, 3, 7, 1 << 18] {
      #expect(try read(text, records: "/a~1b/~0", chunk: chunk).rows == ["1: 1", "2: 2"])
    }
    for wrong in ["/none", "a", "/n/0", "/end"] {
      #expect(#expect(throws: InputError.self) { try read(text, records: wrong) }?.kind == .usage)
    }
    #expect(throws: InputError.self) { try read("{\"r\":[{\"k\":1}],\"x\":}", records: "/r") }
  }

  @Test("nesting beyond the limit makes a record wait, not the program end")
  func nesting() throws {
    let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    #expect(try read("{\"a\":\(deep)}\n{\"a\":\"2\"}\n").rows == ["1:  !4096", "2: 2"])
  }

  @Test(
    "what is odd inside a value makes its record wait (RFC 8259 §4, §8.2)",
    arguments: [
      ("{\"b\":1,\"b\":2}", 512), ("[{\"b\":{\"c\":1,\"d\":2,\"\\u0063\":3}}]", 512), ("{\"\\ud800\":1}", 1024),
      ("[\"\\udc00\"]", 1024), ("[\"a\\u0000b\"]", 16), ("{\"b\":{\"c\":\"c\"},\"c\":[\"b\",\"b\"]}", 0),
      ("[\"\\ud840\\udc87\"]", 0),
    ])
  func nestedFlags(value: String, flags: Int) throws {
    let row = try #require(try read("{\"a\":\(value)}\n{\"a\":\"2\"}\n").rows.first)
    #expect(row.hasSuffix(" !\(flags)") || (flags == 0 && !row.contains(" !")))
    #expect(try read("{\"a\":\"1\",\"\\ud800\":\"x\"}\n").rows == ["1: 1 !1024"])
  }

  @Test("a list says that it is one, and whether a number is in it")
  func lists() throws {
    let text = "{\"a\":[1],\"b\":[\"x\",\"y\"]}\n{\"b\":[\"x\",2],\"a\":[\"y\"]}\n"
    let survey = try FileSurvey(try InputFile(path: try scratch.file("r.json", Array(text.utf8))), encoding: nil)
    var source = try JSONSniffer(survey, records: nil).layout { _ in 1 }.source(survey, columnCount: 2)
    let batch = try #require(try source.nextBatch())
    #expect(batch.numbers == [0, 3] && batch.lists == [1, 3])
  }

  @Test("a second document is found behind any white space, and the member of the records is not taken twice")
  func behindTheEnd() throws {
    let blanks = String(repeating: " ", count: 17 << 20)
    #expect(try read("[{\"a\":\"1\"}]" + blanks).rows == ["1: 1"])
    #expect(
      #expect(throws: InputError.self) { try read("[{\"a\":\"1\"}]\(blanks)[]") }?.message.en.contains("two documents") == true)
    let twice = "{\"d\":{\"r\":[{\"k\":\"1\"}]},\"\\u0064\":{\"r\":[{\"k\":\"2\"}]}}"
    #expect(
      #expect(throws: InputError.self) { try read(twice, records: "/d/r") }?.message.en.contains("“d” comes again") == true)
    let inner = "{\"r\":{\"d\":[{\"k\":\"1\"}],\"r\":0}}"
    #expect(try read(inner, records: "/r/d").rows == ["1: 1"])
    let late = "{\"sig\":\"\(String(repeating: "s", count: 3 << 18))\",\"r\":[{\"k\":\"1\"}]}"
    #expect(try read(late, records: "/r").rows == ["1: 1"])
  }

  @Test("the scanner accepts and refuses what Python's parser does, with its constants aside")
  func againstPython() throws {
    var random = SystemRandomNumberGenerator()
    let parts = ["{", "}", "[", "]", ":", ",", "\"a\"", "\"\\n\"", "1", "-1.5e3", "01", "true", "null", " ", "\"", "\\"]
    var texts: [String] = []
    for _ in 0..<4_000 {
      texts.append(
        "{\"a\":" + (0..<Int.random(in: 1...7, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
          + "}")
    }
    let script = """
      import sys,json
      def twice(p): return dict(p)
      for l in sys.stdin.read().split('\\n'):
        try: r=isinstance(json.loads(l),dict)
        except Exception: r=False
        sys.stdout.write('1' if r else '0')
      """
    let verdicts = try Python.run(script, input: Array(texts.joined(separator: "\n").utf8))
    try #require(verdicts.count == texts.count)
    for (text, verdict) in zip(texts, verdicts) {
      let bytes = Array(text.utf8)
      var scanner = JSONScanner(at: 0, depth: 64)
      let isSound = (try? scanner.value(bytes.span, atEnd: true)) != nil && scanner.place == bytes.count
      #expect(isSound == (verdict == 0x31), "\(text)")
    }
  }
}
