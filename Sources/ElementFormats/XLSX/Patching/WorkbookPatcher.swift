import Deflate
import ElementCore

/// Writes a workbook anew with some of its cells changed or marked: parts that are not concerned keep their bytes.
package struct WorkbookPatcher {
  private let workbook: Workbook
  private let archive: ZipArchive
  private let plan: PatchPlan

  /// A patcher of a workbook.
  ///
  /// - Throws: `OutputError` of kind `usage` where it cannot be written faithfully, `InputError` where it is damaged.
  package init(_ workbook: Workbook, _ patch: WorkbookPatch) throws {
    try WorkbookPatcher.confirm(workbook.archive, workbook.root, workbook.path)
    (self.workbook, archive) = (workbook, workbook.archive)
    plan = try PatchPlan(workbook, patch)
  }

  /// Writes the workbook; returns the cells (line and column from 1) of each sheet whose text stayed, as a formula makes it.
  ///
  /// - Throws: `InputError`, or what `sink` throws.
  package func write(_ sink: ([UInt8]) throws -> Void) throws -> [String: [[Int]]] {
    var writer = ZipWriter()
    var state = plan.beginning
    for member in archive.members {
      if let place = plan.place(of: member) {
        try rewrite(place, member, &writer, &state, sink)
      } else if let bytes = plan.changed[member.name] {
        try add(member.name, bytes, &writer, sink)
      } else if !plan.isWrittenLast(member) {
        try copy(member, &writer, sink)
      }
    }
    for (name, bytes) in try plan.last(state) { try add(name, bytes, &writer, sink) }
    guard writer.finish() else { throw WorkbookPatcher.tooLarge(workbook.path) }
    try sink(writer.take())
    return state.formulas
  }

  private func copy(_ member: ZipArchive.Member, _ writer: inout ZipWriter, _ sink: ([UInt8]) throws -> Void) throws {
    var range = try archive.packedRange(of: member)
    writer.begin(copying: member)
    while !range.isEmpty {
      let end = min(range.upperBound, range.lowerBound + WorkbookPatcher.pieceSize)
      writer.appendCopied(try archive.bytes(range.lowerBound..<end))
      try sink(writer.take())
      range = end..<range.upperBound
    }
  }

  private func add(
    _ name: String, _ bytes: [UInt8], _ writer: inout ZipWriter, _ sink: ([UInt8]) throws -> Void
  ) throws {
    try WorkbookPatcher.begin(name, &writer)
    writer.append(bytes, ends: true)
    try sink(writer.take())
  }

  private static func begin(_ name: String, _ writer: inout ZipWriter) throws {
    do { try writer.begin(name) } catch { bug("there is no memory for a deflater") }
  }

  private func rewrite(
    _ place: Int, _ member: ZipArchive.Member, _ writer: inout ZipWriter, _ state: inout PatchPlan.State,
    _ sink: ([UInt8]) throws -> Void
  ) throws {
    var rewriter = plan.rewriter(place, state.styles)
    var content = try archive.reader(of: member)
    try WorkbookPatcher.begin(member.name, &writer)
    while let piece = try content.next() {
      rewriter.feed(piece)
      writer.append(rewriter.take())
      if writer.pendingCount > WorkbookPatcher.pieceSize { try sink(writer.take()) }
    }
    writer.append(rewriter.take(), ends: true)
    try sink(writer.take())
    state.take(rewriter, of: plan.sheets[place].patch.sheet.name)
  }

  private static let pieceSize = 1 << 18

  private static func tooLarge(_ path: String) -> OutputError {
    OutputError(
      .usage, path: path, message: LocalizedText(zh: "太大，不能照原样写回", en: "is too large to be written back"),
      hint: LocalizedText(zh: "请改用 --findings 输出清单", en: "Use --findings for a list instead"))
  }

  /// Refuses a workbook that would not be itself any more: signed, with macros, its structure locked.
  ///
  /// - Throws: `OutputError` of kind `usage` that says why, or `InputError` where it is damaged.
  package static func confirm(_ file: InputFile) throws {
    let archive = try ZipArchive(file)
    try confirm(archive, try Workbook.root(archive, file.path), file.path)
  }

  private static func confirm(_ archive: ZipArchive, _ root: ZipArchive.Member, _ path: String) throws {
    let names = archive.members.map { $0.name.lowercased() }
    func refusal(_ zh: String, _ en: String) -> OutputError {
      OutputError(
        .usage, path: path,
        message: LocalizedText(zh: "\(zh)，不能照原样写回", en: "\(en), and cannot be written back as it is"),
        hint: LocalizedText(
          zh: "请改用 --findings 清单.xlsx 输出问题清单，或在 Excel、WPS 中另存为普通 .xlsx 后再试",
          en: "Use --findings list.xlsx for a list instead, or save it as a plain .xlsx in Excel or WPS first"))
    }
    if names.contains(where: { $0.hasPrefix("_xmlsignatures/") }) { throw refusal("有数字签名", "is signed") }
    if names.contains(where: { $0.hasSuffix("vbaproject.bin") || $0.contains("/macrosheets/") }) {
      throw refusal("含有宏", "holds macros")
    }
    let root = MarkupPart(try archive.content(of: root))
    if let lock = root.elements(named: ["workbookProtection"]).first,
      ["1", "true"].contains(root.value(of: "lockStructure", lock) ?? "")
    {
      throw refusal("工作簿结构受保护", "has a protected structure")
    }
    if root.bytes.starts(with: [0xFF, 0xFE]) || root.bytes.starts(with: [0xFE, 0xFF]) {
      throw refusal("内部编码不是 UTF-8", "is not kept in UTF-8")
    }
  }
}
