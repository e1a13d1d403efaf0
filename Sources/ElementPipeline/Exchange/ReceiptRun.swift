import ElementCore
package import ElementExchange
import ElementFormats
package import ElementSchema
package import ElementWarehouse
import Foundation

/// Reads what a target answered, and holds it against what it was sent.
package struct ReceiptRun {
  /// What was asked for.
  package struct Options: Sendable {
    /// The file of the answer; empty where the target said by other means that it took the package.
    package var path: String
    /// The package by its identity; nil where the answer, or what is open, says it.
    package var package: String?
    /// The profile by its name; nil where the package says it.
    package var profile: String?
    /// Who reads it, and from which command.
    package var head: BatchHead

    /// An answer in a file.
    package init(path: String, head: BatchHead) { (self.path, self.head) = (path, head) }
  }

  /// What an answer came to.
  package struct Result: Sendable {
    /// The package as it stands then.
    package let package: StoredPackage
    /// How many records were named as taken.
    package let accepted: Int
    /// How many were refused, by whose it is to mend, and the target's words, most often first.
    package let refused: [(cause: ReceiptMapping.Cause, words: String, count: Int)]
  }

  private let options: Options
  private let pack: SchemaPack

  /// An answer to a package, which is read by the profile that the package was made by.
  package init(_ options: Options, _ pack: SchemaPack) { (self.options, self.pack) = (options, pack) }

  /// Reads the answer and keeps it.
  ///
  /// - Throws: `InputError` where it is of no package of ours, was read before, contradicts itself or another, or cannot be read.
  package func run(_ warehouse: Warehouse) throws -> Result {
    _ = try PackagePlace.settle(warehouse)
    let sent = try warehouse.packages().filter { $0.state == .sent && $0.isAnswered }
    let candidates = sent.filter { package in
      (options.package.map { package.isCalled($0) } ?? true)
        && (options.profile.map { $0.utf8.elementsEqual(package.profile.utf8) } ?? true)
    }
    if let name = options.package, candidates.isEmpty {
      let isKnown = try warehouse.packages().contains { $0.isCalled(name) }
      throw refusal(
        zh: isKnown ? "这个包没有送出，或不等回执" : "没有这个包；用 yaosu package list 查看",
        en: isKnown
          ? "answers a package that did not leave, or that no answer is due to"
          : "answers no package of this warehouse: see yaosu package list")
    }
    if options.path.isEmpty { return try takeAll(candidates, warehouse) }
    guard let newest = candidates.last else { throw refusal(zh: "没有等回执的包", en: "answers no package: none is due an answer") }
    // Of several profiles the answer itself says which it is of.
    for name in Self.distinct(candidates.reversed().map(\.profile)) {
      guard let last = candidates.last(where: { $0.profile.utf8.elementsEqual(name.utf8) }) else { continue }
      let profile = try ProfileReader(pack).profile(text: last.profileText, file: last.identity)
      guard let mapping = profile.receipt else { continue }
      let reader = ReceiptReader(profile, mapping)
      guard let lines = try lines(reader) else { continue }
      let package = try package(lines, candidates.filter { $0.profile.utf8.elementsEqual(name.utf8) }, warehouse)
      if package.profileText.utf8.elementsEqual(last.profileText.utf8) {
        return try take(lines, profile, mapping, package, warehouse)
      }
      // It was made by another version of the profile: by that it is read.
      let own = try ProfileReader(pack).profile(text: package.profileText, file: package.identity)
      guard let mapping = own.receipt, let lines = try self.lines(ReceiptReader(own, mapping)) else { continue }
      return try take(lines, own, mapping, package, warehouse)
    }
    throw refusal(
      zh: "看不出是哪个包的回执：没有方案 \(newest.profile) 的 receipt 所写的列",
      en: "is no answer that the profile \(newest.profile) describes under receipt")
  }

  /// Keeps that the target took a package whole.
  private func takeAll(_ candidates: [StoredPackage], _ warehouse: Warehouse) throws -> Result {
    guard let package = candidates.last, options.package != nil else {
      throw refusal(zh: "没有这个等回执的包", en: "answers no package that is due an answer")
    }
    let sha = FileDigests.of(Array("accepted \(package.identity)".utf8)).sha256
    let answer = PackageAnswer(takesRest: true, namesPackage: true, path: "", sha256: sha)
    return Result(package: try keep(answer, for: package, warehouse), accepted: package.records, refused: [])
  }

  private static func distinct(_ names: [String]) -> [String] {
    names.reduce(into: []) { found, name in
      if !found.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { found.append(name) }
    }
  }

  private func refusal(zh: String, en: String) -> InputError {
    InputError(
      .unreadable, path: options.path, message: LocalizedText(zh: zh, en: en),
      hint: LocalizedText(
        zh: "没有改动任何数据；请核对是不是这个台账库发出的包的回执，或用 --package 指明",
        en: "Nothing was changed; see whether it answers a package of this warehouse, or name it with --package"))
  }

  // MARK: Reading

  /// The lines of the answer; nil where it does not have what the profile describes.
  private func lines(_ reader: ReceiptReader) throws -> [ReceiptLine]? {
    if options.path.hasSuffix(".txt") { return try text(reader) }
    var wanted = DeliveryOptions(verb: .check, paths: [options.path], today: CalendarDate.known)
    wanted.limits = .standard
    var lines: [ReceiptLine] = []
    var (isKnown, isTable) = (false, false)
    var records = RawRecords(path: options.path, options: wanted, pack: pack)
    // A second sheet may hold notes.
    func begin(_ headings: [String]) {
      isTable = reader.knows(headings)
      isKnown = isKnown || isTable
    }
    try records.eachRecord(begin) { headings, values, place in
      if isTable, let line = reader.line(headings, values, place: place) { lines.append(line) }
    }
    return isKnown ? lines : nil
  }

  private func text(_ reader: ReceiptReader) throws -> [ReceiptLine]? {
    let file = try InputFile(path: options.path)
    let bytes = try file.bytes(0..<file.size)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw refusal(zh: "不是 UTF-8 文本", en: "is no text in UTF-8")
    }
    let lines = text.split(whereSeparator: \.isNewline).enumerated().compactMap { reader.line(String($1), place: $0 + 1) }
    return lines.isEmpty ? nil : lines
  }

  // MARK: Matching

  private func take(
    _ lines: [ReceiptLine], _ profile: ExportProfile, _ mapping: ReceiptMapping, _ package: StoredPackage,
    _ warehouse: Warehouse
  ) throws -> Result {
    let isNamed = options.package != nil || lines.contains { !$0.package.isEmpty || !$0.file.isEmpty }
    let sha = FileDigests.of(try Self.bytes(options.path)).sha256
    var answer = PackageAnswer(takesRest: mapping.silenceAccepts, namesPackage: isNamed, path: options.path, sha256: sha)
    let matcher = try ReceiptMatcher(package, profile, lines, warehouse)
    var seen: [String: [Int64: Bool]] = [:]
    for line in lines {
      guard let (dataset, id) = matcher.record(line) else {
        throw refusal(
          zh: "第 \(line.place) 行说的记录不在包 \(package.identity) 中",
          en: "names in row \(line.place) a record that the package \(package.identity) does not hold")
      }
      if let before = seen[dataset, default: [:]].updateValue(line.isAccepted, forKey: id), before != line.isAccepted {
        throw refusal(
          zh: "第 \(line.place) 行与前面的行矛盾：同一条记录既接收又退回",
          en: "contradicts itself in row \(line.place): one record is taken and refused")
      }
      if line.isAccepted {
        answer.accepted[dataset, default: []].append(id)
      } else {
        answer.refusals.append(
          PackageAnswer.Refusal(
            dataset: dataset, id: id, cause: mapping.cause(of: line.reason).rawValue,
            words: AuditOrigin.redacted(line.reason)))
      }
    }
    try hideNames(&answer, profile, warehouse)
    if lines.isEmpty, !mapping.silenceAccepts { throw refusal(zh: "没有说到任何记录", en: "names no record") }
    return Result(
      package: try keep(answer, for: package, warehouse), accepted: answer.accepted.values.reduce(0) { $0 + $1.count },
      refused: Self.counted(answer))
  }

  /// Takes the names of the people of refused records out of the target's words: they are told on pages and terminals.
  private func hideNames(_ answer: inout PackageAnswer, _ profile: ExportProfile, _ warehouse: Warehouse) throws {
    let words = answer.refusals
    var hidden: [String: [Int64: String]] = [:]
    try warehouse.readingPackage { reader in
      for part in profile.datasets {
        let own = words.filter { $0.dataset.utf8.elementsEqual(part.dataset.name.utf8) }
        guard let field = part.dataset.nameField, !own.isEmpty else { continue }
        let texts = Dictionary(own.map { ($0.id, $0.words) }, uniquingKeysWith: { first, _ in first })
        try reader.forEach(part.dataset, [field], ids: texts.keys.sorted()) { change in
          var text = texts[change.id] ?? ""
          for rows in [change.now, change.before] {
            for version in rows.ids.indices {
              let name = String(escapingInvalid: rows.bytes.span.extracting(rows.ranges[version].indices))
              if name.count > 1 { text = text.replacing(name, with: part.dataset.fields[field].mask(name)) }
            }
          }
          hidden[part.dataset.name, default: [:]][change.id] = text
        }
      }
    }
    answer.refusals = words.map { refusal in
      PackageAnswer.Refusal(
        dataset: refusal.dataset, id: refusal.id, cause: refusal.cause,
        words: hidden[refusal.dataset]?[refusal.id] ?? refusal.words)
    }
  }

  private func keep(_ answer: PackageAnswer, for package: StoredPackage, _ warehouse: Warehouse) throws -> StoredPackage {
    do {
      return try warehouse.receive(answer, for: package, options.head)
    } catch AnswerRefusal.doubled(let other) {
      throw refusal(zh: "同一个回执已经读过（包 \(other)）", en: "was read before, as the answer to \(other)")
    } catch AnswerRefusal.contradiction(let dataset, let count) {
      throw refusal(
        zh: "与以前的回执矛盾：\(dataset) 有 \(count) 条记录说法不同", en: "contradicts an answer before it about \(count) records of \(dataset)"
      )
    }
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    let file = try InputFile(path: path)
    return try file.bytes(0..<file.size)
  }

  private static func counted(
    _ answer: PackageAnswer
  ) -> [(cause: ReceiptMapping.Cause, words: String, count: Int)] {
    var counts: [[UInt8]: (cause: String, words: String, count: Int)] = [:]
    for refusal in answer.refusals {
      counts[Array("\(refusal.cause) \(refusal.words)".utf8), default: (refusal.cause, refusal.words, 0)].count += 1
    }
    return counts.values.sorted { $0.count > $1.count || ($0.count == $1.count && $0.words < $1.words) }
      .map { (ReceiptMapping.Cause(rawValue: $0.cause) ?? .ours, $0.words, $0.count) }
  }

  /// The package that an answer is of: as it says, by the names of our files, or the oldest that is open.
  private func package(
    _ lines: [ReceiptLine], _ packages: [StoredPackage], _ warehouse: Warehouse
  ) throws -> StoredPackage {
    let named = Self.distinct(lines.map(\.package).filter { !$0.isEmpty })
    if named.count > 1 { throw refusal(zh: "说到 \(named.count) 个包", en: "answers \(named.count) packages at once") }
    if let name = named.first {
      guard let package = packages.first(where: { $0.identity.utf8.elementsEqual(name.utf8) }) else {
        throw refusal(
          zh: "是包 \(AuditOrigin.redacted(name)) 的回执，这个台账库没有发过",
          en: "answers \(AuditOrigin.redacted(name)), which did not leave this warehouse")
      }
      return package
    }
    let files = Self.distinct(lines.map(\.file).filter { !$0.isEmpty })
    if !files.isEmpty {
      let found = try packages.filter { package in
        let own = try warehouse.rows(of: package).map(\.file)
        return files.allSatisfy { name in own.contains { $0.utf8.elementsEqual(name.utf8) } }
      }
      let open = found.filter { $0.answer != .acknowledged }
      guard let package = found.count == 1 ? found[0] : open.count == 1 ? open[0] : nil else {
        throw refusal(zh: "说到的文件不在任何发出的包中", en: "names a file that is of no package that left")
      }
      return package
    }
    if options.package != nil, let only = packages.last { return only }
    let open = packages.filter { $0.answer != .acknowledged }
    guard open.count == 1 else {
      throw refusal(
        zh: open.isEmpty ? "没有等回执的包" : "有 \(open.count) 个包等回执，看不出是哪一个：\(open.map(\.identity).joined(separator: "、"))",
        en: open.isEmpty
          ? "answers no package: none is open"
          : "may answer any of \(open.count) open packages: \(open.map(\.identity).joined(separator: ", "))")
    }
    return open[0]
  }
}

extension CalendarDate {
  /// A day for what does not ask for one.
  fileprivate static let known = CalendarDate(year: 2000, month: 1, day: 1) ?? { bug("the first of January 2000 is no day") }()
}
