import ElementCore
import XMLStream

/// A workbook of Office Open XML (ECMA-376, ISO/IEC 29500, strict or transitional): its sheets and what their cells refer to.
package struct Workbook: Sendable {
  /// A worksheet by the name on its tab, and where its cells are.
  package struct Sheet: Sendable, Hashable {
    /// The name on its tab.
    package let name: String
    /// Whether its tab is hidden.
    package let isHidden: Bool
    /// Its place in the workbook, from 1.
    package let number: Int
    /// The part that holds its cells.
    let member: ZipArchive.Member
  }

  /// The sheets in the order of their tabs; charts are none.
  package let sheets: [Sheet]
  /// The part that lists the sheets.
  let root: ZipArchive.Member
  /// The folder of that part, with a stroke behind it; empty for none.
  var folder: String { root.parts.dropLast().map { $0 + "/" }.joined() }
  /// The path of the file.
  let path: String
  /// How much of it is taken.
  let limits: ReadingLimits
  /// The archive that holds its parts.
  let archive: ZipArchive
  /// The texts that cells name by number.
  let strings: SharedStrings
  /// How cells show their numbers.
  let styles: NumberStyles
  /// Whether dates count from 1904.
  let is1904: Bool

  /// Reads what all sheets share.
  ///
  /// - Throws: `InputError` where the file is no workbook, or a damaged one.
  package init(_ file: InputFile) throws(InputError) {
    path = file.path
    let archive = try ZipArchive(file)
    limits = file.limits
    self.archive = archive
    if let refusal = Workbook.foreign(archive, file.path) { throw refusal }
    let root = try Workbook.root(archive, file.path)
    self.root = root
    let folder = root.parts.dropLast().map { $0 + "/" }.joined()
    let relations = try Workbook.relations(of: root, folder, archive, file.path)
    func part(_ type: String) -> ZipArchive.Member? {
      relations.values.first { $0.type.hasSuffix("/" + type) }.flatMap { archive.member($0.target) }
    }
    var (strings, styles) = (SharedStrings(), NumberStyles())
    if let member = part("sharedStrings") { strings = try SharedStrings(member, of: archive, file.path) }
    if let member = part("styles") { styles = try NumberStyles(member, of: archive, file.path) }
    (self.strings, self.styles) = (strings, styles)
    (sheets, is1904) = try Workbook.sheets(root, relations, archive, file.path)
    guard !sheets.isEmpty else { throw ZipArchive.damaged(file.path, zh: "工作簿中没有工作表", en: "is a workbook without sheets") }
  }

  /// The sheet of a name or a number (from 1); nil where there is none.
  package func sheet(_ given: String) -> Sheet? {
    sheets.first { $0.name.utf8.elementsEqual(given.utf8) }
      ?? Int(given).flatMap { number in sheets.first { $0.number == number } }
  }

  /// What a ZIP archive is that is no workbook we read; nil where it may be one.
  private static func foreign(_ archive: ZipArchive, _ path: String) -> InputError? {
    let convert = LocalizedText(zh: "请在 Excel 或 WPS 中打开，另存为 .xlsx 后再处理", en: "Open it in Excel or WPS and save it as .xlsx")
    func refusal(_ zh: String, _ en: String) -> InputError {
      InputError(
        .foreignFormat, path: path,
        message: LocalizedText(zh: "不是 .xlsx 工作簿，而是\(zh)", en: "is not an .xlsx workbook but \(en)"),
        hint: convert)
    }
    if archive.member("xl/workbook.bin") != nil { return refusal("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)") }
    if archive.member("content.xml") != nil, archive.member("mimetype") != nil {
      return refusal("OpenDocument 文件（.ods）", "an OpenDocument file (.ods)")
    }
    if archive.member("word/document.xml") != nil { return refusal("Word 文档（.docx）", "a Word document (.docx)") }
    if archive.member("ppt/presentation.xml") != nil { return refusal("演示文稿（.pptx）", "a presentation (.pptx)") }
    if archive.member("[Content_Types].xml") == nil { return refusal("ZIP 压缩包", "a ZIP archive") }
    return nil
  }

  /// A relation of a part: what it is and where it leads.
  private struct Relation {
    let type: String
    let target: String
  }

  /// The part of the workbook, whatever it is called.
  static func root(_ archive: ZipArchive, _ path: String) throws(InputError) -> ZipArchive.Member {
    if let relations = archive.member("_rels/.rels") {
      var target: String?
      try WorkbookPart.each(relations, of: archive, path) { (parser, event) throws(InputError) in
        guard event.isStart, parser.text(of: "Type", event)?.hasSuffix("/officeDocument") == true else { return }
        target = parser.text(of: "Target", event)
      }
      let name = target.map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
      if let member = name.flatMap(archive.member) { return member }
    }
    guard let member = archive.member("xl/workbook.xml") else {
      throw ZipArchive.damaged(path, zh: "缺少工作簿主体（xl/workbook.xml）", en: "lacks its workbook part (xl/workbook.xml)")
    }
    return member
  }

  /// The relations of the workbook by their id; what leads outside the file is not followed.
  private static func relations(
    of root: ZipArchive.Member, _ folder: String, _ archive: ZipArchive, _ path: String
  ) throws(InputError) -> [String: Relation] {
    let own = root.parts.last ?? ""
    guard let member = archive.member("\(folder)_rels/\(own).rels") else { return [:] }
    var out: [String: Relation] = [:]
    try WorkbookPart.each(member, of: archive, path) { (parser, event) throws(InputError) in
      guard event.isStart, let id = parser.text(of: "Id", event), let target = parser.text(of: "Target", event),
        parser.text(of: "TargetMode", event) != "External"
      else { return }
      let full = resolved(target.hasPrefix("/") ? String(target.dropFirst()) : folder + target)
      out[id] = Relation(type: parser.text(of: "Type", event) ?? "", target: full)
    }
    return out
  }

  /// A path inside the archive without `.` and `..`.
  static func resolved(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  private static func sheets(
    _ root: ZipArchive.Member, _ relations: [String: Relation], _ archive: ZipArchive, _ path: String
  ) throws(InputError) -> ([Sheet], Bool) {
    var sheets: [Sheet] = []
    var is1904 = false
    var number = 0
    var seen: Set<ZipArchive.Member> = []
    try WorkbookPart.each(root, of: archive, path) { (parser, event) throws(InputError) in
      guard event.isStart else { return }
      let name = parser.name(event)
      // Extensions have elements of the same name, without this.
      if name.elementsEqual("workbookPr".utf8), let flag = parser.text(of: "date1904", event) {
        is1904 = ["1", "true"].contains(flag)
      }
      guard name.elementsEqual("sheet".utf8), let title = parser.text(of: "name", event) else { return }
      number += 1
      guard let relation = parser.text(of: "id", event).flatMap({ relations[$0] }), relation.type.hasSuffix("/worksheet"),
        let member = archive.member(relation.target)
      else { return }
      guard seen.insert(member).inserted else {
        throw ZipArchive.damaged(path, zh: "两个工作表指向同一内容", en: "has two sheets in one part")
      }
      let state = parser.text(of: "state", event) ?? "visible"
      sheets.append(Sheet(name: title, isHidden: state != "visible", number: number, member: member))
    }
    return (sheets, is1904)
  }
}
