import Crypto
import ElementCore
import ElementFormats
package import ElementSchema

/// Reads export profiles against a pack: what is not known there, or not whole, is refused with file, line and column.
package struct ProfileReader {
  let pack: SchemaPack
  private static let keys = [
    "profile", "title", "target", "source", "legalBasis", "purpose", "audience", "format", "encoding", "delimiter", "quotes",
    "lineEnd", "mark", "headings", "for", "envelope", "elements", "recordsPerFile", "header", "fileName", "deletions", "empty",
    "limits", "datasets", "receipt",
  ]

  /// What a name may have, so that its parts find room too.
  private static let longestName = 120

  /// A reader of profiles over a pack.
  package init(_ pack: SchemaPack) { self.pack = pack }

  /// The profile in a file's text; `file` is named in errors.
  package func profile(text: String, file: String) throws(SchemaError) -> ExportProfile {
    let root = try YAMLNode(text: text, file: file)
    try root.allow(Self.keys)
    let layout = try layout(root)
    let deletions = try root.choice("deletions", ExportProfile.Deletions.allCases) ?? .never
    var datasets: [ProfileDataset] = []
    let audience = try required(root, "audience", ExportProfile.Audience.allCases)
    for node in try root.required("datasets").list() {
      datasets.append(try dataset(node, deletions, isOwn: audience == .own))
    }
    try refuseRepeated(datasets, root)
    let fileName = try fileName(root, layout, datasets)
    let name = try name(root)
    return ExportProfile(
      name: name, title: try root.required("title").localized(), target: try root.required("target").localized(),
      source: try root.required("source").text(), legalBasis: try filled(root, "legalBasis"),
      purpose: try filled(root, "purpose"), audience: audience, layout: layout, fileName: fileName, deletions: deletions,
      emptied: try emptied(root), recordLimit: try limit(root), datasets: datasets,
      receipt: try root.optional("receipt").map { (node) throws(SchemaError) in try receipt(node) }, header: try header(root),
      digest: Hexadecimal.text(Array(SHA256.hash(data: Array(text.utf8)))), text: text)
  }

  /// The choice under a key that must be there.
  func required<Value: RawRepresentable<String>>(
    _ node: YAMLNode, _ key: String, _ values: [Value]
  ) throws(SchemaError) -> Value {
    _ = try node.required(key)
    guard let value = try node.choice(key, values) else { bug("a key that is there was not read") }
    return value
  }

  private func name(_ root: YAMLNode) throws(SchemaError) -> String {
    let node = try root.required("profile")
    let name = try node.text()
    let isName = name.utf8.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D }
    guard isName, !name.isEmpty else {
      throw node.error(zh: "方案名只用英文字母、数字和 -", en: "the name of a profile has letters, digits and - only")
    }
    return name
  }

  private func filled(_ root: YAMLNode, _ key: String) throws(SchemaError) -> String {
    let node = try root.required(key)
    let text = try node.text()
    if text.isEmpty { throw node.error(zh: "\(key) 不能为空", en: "\(key) must say something") }
    return text
  }

  func positive(_ node: YAMLNode) throws(SchemaError) -> Int {
    let number = try node.integer()
    if number < 1 { throw node.error(zh: "应为 1 以上的整数", en: "a whole number from 1 on should stand here") }
    return number
  }

  private func fileName(
    _ root: YAMLNode, _ layout: ExportProfile.Layout, _ datasets: [ProfileDataset]
  ) throws(SchemaError) -> FileNamePattern {
    let node = try root.required("fileName")
    let text = try node.text()
    let parts = FileNamePattern.Part.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
    if text.utf8.count > Self.longestName {
      throw node.error(zh: "文件名最多 \(Self.longestName) 字节", en: "a file name has \(Self.longestName) bytes at most")
    }
    let fits = layout.formats.count > 1 ? text.hasSuffix(".{format}") : WrittenFormat(path: text) == layout.format
    guard let pattern = FileNamePattern(text), fits || text.hasSuffix(".{format}") else {
      throw node.error(
        zh: "文件名应以 .{format} 或 .\(layout.format.rawValue) 结尾，可用 \(parts)，不能含 / 或以 . 开头",
        en:
          "a file name ends with .{format} or .\(layout.format.rawValue), may hold \(parts), and has no / and no dot at its start"
      )
    }
    if datasets.count > 1, !pattern.has(.dataset), !pattern.has(.table) {
      throw node.error(zh: "有多个数据集时文件名须含 {dataset} 或 {table}", en: "with several datasets the name needs {dataset} or {table}")
    }
    if layout.recordsPerFile != nil, !pattern.has(.part) {
      throw node.error(zh: "分文件时文件名须含 {part}", en: "with recordsPerFile the name needs {part}")
    }
    if try root.choice("deletions", ExportProfile.Deletions.allCases) == .apart, !pattern.has(.kind) {
      throw node.error(
        zh: "deletions: apart 时文件名须含 {kind}（changes、deletions）",
        en: "with deletions: apart the name needs {kind} (changes, deletions)")
    }
    return pattern
  }

  /// A dataset stands once, and so does what the target calls it.
  private func refuseRepeated(_ datasets: [ProfileDataset], _ root: YAMLNode) throws(SchemaError) {
    if datasets.isEmpty { throw try root.required("datasets").error(zh: "至少一个数据集", en: "at least one dataset is needed") }
    // Some systems tell no capitals from small letters in names of files.
    for names in [datasets.map(\.dataset.name), datasets.map { $0.table.lowercased() }] {
      var seen: Set<[UInt8]> = []
      for name in names where !seen.insert(Array(name.utf8)).inserted {
        throw try root.required("datasets").error(zh: "\(name) 重复", en: "\(name) stands twice")
      }
    }
  }

  private func emptied(_ root: YAMLNode) throws(SchemaError) -> ExportProfile.Emptied {
    guard let node = try root.optional("empty") else { return .blank }
    for part in try root.required("datasets").list() where try part.choice("entity", EntityForm.allCases) == .golden {
      throw node.error(
        zh: "entity: golden 的方案不写 empty：一人一条的记录整条更新", en: "a profile of golden records has no empty: they are replaced whole")
    }
    guard node.isScalar else {
      try node.allow(["word"])
      return .word(Array(try node.required("word").text().utf8))
    }
    switch try node.text() {
    case "blank": return .blank
    case "record":
      if try root.choice("deletions", ExportProfile.Deletions.allCases) == .apart {
        throw node.error(
          zh: "empty: record 不能与 deletions: apart 同用：先删后增须在同一个文件里",
          en: "empty: record needs deletions: marked: what is taken back comes before what is sent anew")
      }
      return .record
    default: throw node.error(zh: "empty 应为 blank、record 或 {word: …}", en: "empty is blank, record or {word: …}")
    }
  }

  private func limit(_ root: YAMLNode) throws(SchemaError) -> Int? {
    guard let node = try root.optional("limits") else { return nil }
    try node.allow(["records"])
    return try positive(try node.required("records"))
  }

  private func header(_ root: YAMLNode) throws(SchemaError) -> [(name: String, value: String)] {
    guard let node = try root.optional("header") else { return [] }
    guard try root.choice("envelope", ExportProfile.Envelope.allCases) == .gridDataPackage else {
      throw node.error(zh: "header 用于 envelope: gridDataPackage", en: "header is for envelope: gridDataPackage")
    }
    var out: [(name: String, value: String)] = []
    for pair in try node.pairs() { out.append((try pair.key.text(), try pair.value.text())) }
    return out
  }

  private func receipt(_ node: YAMLNode) throws(SchemaError) -> ReceiptMapping {
    try node.allow([
      "silent", "key", "package", "file", "row", "rowsBefore", "status", "accepted", "reason", "causes", "otherwise",
    ])
    enum Silence: String, CaseIterable { case accepted, open }
    var causes: [ReceiptMapping.Words] = []
    for entry in try node.optional("causes")?.list() ?? [] {
      try entry.allow(["words", "cause"])
      causes.append(
        ReceiptMapping.Words(
          words: try entry.required("words").texts(), cause: try required(entry, "cause", ReceiptMapping.Cause.allCases)))
    }
    func heading(_ key: String) throws(SchemaError) -> String { try node.optional(key)?.text() ?? "" }
    let status = try heading("status")
    let accepted = try node.optional("accepted")?.texts() ?? []
    if !status.isEmpty, accepted.isEmpty {
      throw node.error(
        zh: "有 status 时须用 accepted 写明哪些字样表示接收", en: "with status, accepted says which words mean that a record was taken")
    }
    return ReceiptMapping(
      silenceAccepts: try required(node, "silent", Silence.allCases) == .accepted,
      key: try node.optional("key")?.texts() ?? [], package: try heading("package"), file: try heading("file"),
      row: try heading("row"), rowsBefore: try node.optional("rowsBefore")?.integer() ?? 0, status: status,
      accepted: accepted, reason: try node.required("reason").text(), causes: causes,
      otherwise: try node.choice("otherwise", ReceiptMapping.Cause.allCases) ?? .ours)
  }
}
