import ElementCore
import ElementExchange
import ElementFormats
import ElementSchema
import ElementWarehouse

extension ReceiptRun {
  func take(
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
  func hideNames(_ answer: inout PackageAnswer, _ profile: ExportProfile, _ warehouse: Warehouse) throws {
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

  func keep(_ answer: PackageAnswer, for package: StoredPackage, _ warehouse: Warehouse) throws -> StoredPackage {
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

  static func bytes(_ path: String) throws -> [UInt8] {
    let file = try InputFile(path: path)
    return try file.bytes(0..<file.size)
  }

  static func counted(
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
  func package(
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
