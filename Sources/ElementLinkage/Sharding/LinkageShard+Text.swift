import ElementCore

extension LinkageShard {
  private static let format = "yaosu-linkage-shard 1"
  private static let titles = "left,right,pattern,weight,guard,certain"

  /// The lines of a shard's file: what it is, the rules, a line a pair (records from 0), how many there are, and a digest of all, so that a file that was cut or changed is noticed.
  package func write(_ body: ([UInt8]) throws -> Void) throws {
    var text = """
      \(Self.format)
      shard \(share.number) \(share.count)
      search \(search.model) \(search.ask) \(search.auto) \(search.isBestGuess ? 1 : 0) \(search.records) \(search.digest)

      """
    for rule in rules {
      text += """
        rule \(rule.keys) \(rule.pairs) \(rule.newPairs) \(rule.largest) \(rule.leftOutBlocks) \(rule.leftOutPairs) \(rule.cap) \(rule.name)

        """
    }
    text += Self.titles + "\n"
    var digest: UInt64 = 0
    for line in text.split(separator: "\n") { digest = Self.digest(Array(line.utf8), digest) }
    for pair in pairs {
      let judgement = pair.judgement
      let words = "\(pair.left),\(pair.right),\(judgement.pattern),\(judgement.weight),\(judgement.barrier?.rawValue ?? "")"
      let line = words + (judgement.isCertain ? ",1" : ",0")
      digest = Self.digest(Array(line.utf8), digest)
      text += line + "\n"
      if text.utf8.count >= 1 << 18 {
        try body(Array(text.utf8))
        text = ""
      }
    }
    try body(Array((text + "end \(pairs.count) \(digest)\n").utf8))
  }

  private static func digest(_ line: [UInt8], _ before: UInt64) -> UInt64 { XXH64.hash(line.span, seed: before) }

  /// The shard that a file's bytes hold; nil where they are not those of a whole one.
  package init?(_ bytes: [UInt8]) {
    var lines = Lines(bytes)
    guard lines.next() == Self.format, let head = lines.numbers("shard ", 2), head[0] >= 1, head[0] <= head[1],
      let search = lines.next().flatMap(Self.search)
    else { return nil }
    (share, self.search) = (KeyShare(number: head[0], count: head[1]), search)
    var rules: [RuleCount] = []
    var line = lines.next()
    while let text = line, text.hasPrefix("rule ") {
      guard let rule = Self.rule(text) else { return nil }
      rules.append(rule)
      line = lines.next()
    }
    guard line == Self.titles else { return nil }
    var pairs: [ScoredPair] = []
    while let text = lines.next() {
      if text == "end \(pairs.count) \(lines.before)" {
        guard lines.isAtEnd else { return nil }
        (self.rules, self.pairs) = (rules, pairs)
        return
      }
      guard let pair = Self.pair(text, search.records) else { return nil }
      pairs.append(pair)
    }
    return nil
  }

  private static func search(_ line: String) -> Search? {
    let words = line.split(separator: " ")
    guard words.count == 7, words[0] == "search", let ask = Int32(words[2]), let auto = Int32(words[3]),
      let records = Int(words[5]), let digest = UInt64(words[6]), ["0", "1"].contains(words[4])
    else { return nil }
    return Search(
      model: String(words[1]), ask: ask, auto: auto, isBestGuess: words[4] == "1", records: records, digest: digest)
  }

  private static func rule(_ line: String) -> RuleCount? {
    let words = line.split(separator: " ", maxSplits: 8)
    let numbers = words.dropFirst().prefix(7).compactMap { Int($0) }
    guard words.count == 9, numbers.count == 7 else { return nil }
    var rule = RuleCount(name: String(words[8]), cap: numbers[6])
    (rule.keys, rule.pairs, rule.newPairs) = (numbers[0], numbers[1], numbers[2])
    (rule.largest, rule.leftOutBlocks, rule.leftOutPairs) = (numbers[3], numbers[4], numbers[5])
    return rule
  }

  private static func pair(_ line: String, _ records: Int) -> ScoredPair? {
    let cells = line.split(separator: ",", omittingEmptySubsequences: false)
    guard cells.count == 6, let left = UInt32(cells[0]), let right = UInt32(cells[1]), left < right, Int(right) < records,
      let pattern = UInt64(cells[2]), let weight = Int32(cells[3]), ["0", "1"].contains(cells[5])
    else { return nil }
    let barrier = LinkageGuard(rawValue: String(cells[4]))
    guard barrier != nil || cells[4].isEmpty else { return nil }
    return ScoredPair(
      left: left, right: right,
      judgement: PairJudgement(pattern: pattern, weight: weight, barrier: barrier, isCertain: cells[5] == "1"))
  }

  /// The lines of a file, one after another.
  private struct Lines {
    private let bytes: [UInt8]
    private var place = 0
    /// The digest of all lines but the last one that was read.
    private(set) var before: UInt64 = 0
    private var digest: UInt64 = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    /// The next line without its end; nil behind the last that has one.
    mutating func next() -> String? {
      guard let end = bytes[place...].firstIndex(of: 0x0A), let line = String(validUTF8: bytes[place..<end].span) else {
        return nil
      }
      (before, digest) = (digest, LinkageShard.digest(Array(bytes[place..<end]), digest))
      place = end + 1
      return line
    }

    /// The numbers of a line that begins so.
    mutating func numbers(_ start: String, _ count: Int) -> [Int]? {
      guard let line = next(), line.hasPrefix(start) else { return nil }
      let numbers = line.dropFirst(start.count).split(separator: " ").compactMap { Int($0) }
      return numbers.count == count ? numbers : nil
    }
  }
}
