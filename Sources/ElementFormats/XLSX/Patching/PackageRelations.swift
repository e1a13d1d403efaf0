/// The relations of a part (ECMA-376 part 2, 9.3), to which some are added.
struct PackageRelations {
  private var part: MarkupPart
  private let entries: [(id: String, type: String, target: String)]
  private var added: [String] = []
  /// The name of the part that holds them.
  let name: String
  /// Whether anything was added.
  var isChanged: Bool { !added.isEmpty }

  /// The relations of a part of an archive; none where it has none yet.
  init(of owner: String, in archive: ZipArchive) throws(InputError) {
    let cut = owner.lastIndex(of: "/").map { owner.index(after: $0) } ?? owner.startIndex
    let folder = String(owner[..<cut])
    name = "\(folder)_rels/\(owner[cut...]).rels"
    let bytes = try archive.member(name).map { (member) throws(InputError) in try archive.content(of: member) }
    let part = MarkupPart(bytes ?? Array((XLSXParts.head + "<Relationships xmlns=\"\(XLSXParts.packageRelations)\"/>").utf8))
    self.part = part
    entries = part.elements(named: ["Relationship"]).map { element in
      let target = part.value(of: "Target", element) ?? ""
      return (
        part.value(of: "Id", element) ?? "", part.value(of: "Type", element) ?? "",
        Workbook.resolved(target.hasPrefix("/") ? String(target.dropFirst()) : folder + target)
      )
    }
  }

  /// The parts that relations of a kind lead to, by the end of its name.
  func targets(_ kind: String) -> [String] { entries.filter { $0.type.hasSuffix("/" + kind) }.map(\.target) }

  /// What the kinds of relations begin with: another in strict workbooks.
  var base: String {
    entries.lazy.compactMap { entry in entry.type.lastIndex(of: "/").map { String(entry.type[..<$0]) } }.first
      ?? XLSXParts.relations
  }

  /// Adds a relation to a part of the package and returns its id.
  mutating func add(_ kind: String, to target: String, base: String) -> String {
    var number = entries.count + added.count + 1
    while entries.contains(where: { $0.id == "rIdY\(number)" }) { number += 1 }
    let id = "rIdY\(number)"
    added.append(
      "<\(part.prefix)Relationship Id=\"\(id)\" Type=\"\(base)/\(kind)\" Target=\"/\(target)\"/>")
    return id
  }

  /// The part with what was added.
  var bytes: [UInt8] {
    var part = part
    if let root = part.elements(depth: 0).first { part.append(added, to: root) }
    return part.bytes
  }
}
