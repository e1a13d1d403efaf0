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

  let options: Options
  let pack: SchemaPack

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

  static func distinct(_ names: [String]) -> [String] {
    names.reduce(into: []) { found, name in
      if !found.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { found.append(name) }
    }
  }

  func refusal(zh: String, en: String) -> InputError {
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
      if isTable, let line = reader.line(headings, values, place: place.row) { lines.append(line) }
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
}

extension CalendarDate {
  /// A day for what does not ask for one.
  fileprivate static let known = CalendarDate(year: 2000, month: 1, day: 1) ?? { bug("the first of January 2000 is no day") }()
}
