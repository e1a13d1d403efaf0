/// What the shipped pack holds, dataset by dataset: enough to read only what a run needs.
package struct PackIndex: Sendable {
  /// One dataset.
  package struct Entry: Sendable, Hashable {
    /// Its name.
    package let dataset: String
    /// The files that make it and those that it refers to, below `schemas/`.
    package let files: [String]
    /// The code sets of their fields.
    package let sets: [String]
    /// The headings of each field of its key, and of its marks, as `HeaderText` keys: a header has one of each.
    package let keyHeadings: [[String]]
  }

  /// The datasets, sorted by name.
  package let entries: [Entry]

  /// What the shipped schemas hold, worked out when the program was built.
  package static let shipped = PackIndex(embedded: EmbeddedPack.index)

  /// The index of a pack, made from its files.
  ///
  /// - Throws: `SchemaError` where the pack is wrong.
  package init(files: [PackFile]) throws(SchemaError) {
    let pack = try SchemaPack(files: files)
    var paths: [String: String] = [:]
    var bases: [String: String] = [:]
    for file in files where file.path.hasPrefix("datasets/") {
      let node = try YAMLNode(text: file.text, file: file.origin)
      let name = try node.required(try node.optional("form") == nil ? "dataset" : "form").text()
      paths[name] = file.path
      bases[name] = try node.optional("extends")?.text()
    }
    let datasets = pack.datasets.map { dataset in
      let members = Self.members(dataset, pack)
      let sets = Set(
        members.flatMap(\.fields).compactMap { field -> String? in
          if case .code(let set) = field.type { return set }
          return nil
        } + members.flatMap(\.fields).flatMap(\.versions))
      return Entry(
        dataset: dataset.name, files: Set(members.flatMap { Self.chain($0.name, bases) }.compactMap { paths[$0] }).sorted(),
        sets: sets.sorted(),
        keyHeadings: (dataset.keyFields.map { [$0] } + (dataset.marks.isEmpty ? [] : [dataset.marks])).map { places in
          let fields = places.map { dataset.fields[$0] }
          return Set(fields.flatMap { [$0.name, $0.title] + $0.aliases }.map(HeaderText.key)).sorted()
        })
    }
    let forms = pack.forms.map { form in
      let targets = datasets.filter { form.targets.contains($0.dataset) }
      return Entry(
        dataset: form.name, files: Set(targets.flatMap(\.files) + [paths[form.name] ?? ""]).sorted(),
        sets: Set(targets.flatMap(\.sets)).sorted(), keyHeadings: [form.headings.sorted()])
    }
    entries = (datasets + forms).sorted { $0.dataset < $1.dataset }
  }

  /// The index as it is embedded: four texts a dataset, lists parted by line ends and, within, by tabs.
  package init(embedded: [(dataset: StaticString, files: StaticString, sets: StaticString, keys: StaticString)]) {
    // By bytes: cutting by characters looks at the properties of each, which is a sixth of a start.
    func parts(_ text: String, _ separator: UInt8) -> [String] {
      text.utf8.split(separator: separator).compactMap { String($0) }
    }
    func lines(_ text: StaticString) -> [String] { parts(text.description, 0x0A) }
    entries = embedded.map { item in
      Entry(
        dataset: item.dataset.description, files: lines(item.files), sets: lines(item.sets),
        keyHeadings: lines(item.keys).map { parts($0, 0x09) })
    }
  }

  /// The datasets of which every field of the key has a heading among these `HeaderText` keys.
  package func candidates(_ headings: Set<String>) -> [String] {
    entries.filter { entry in
      entry.keyHeadings.allSatisfy { names in names.contains { headings.contains($0) } }
    }.map(\.dataset)
  }

  /// A dataset and those that it refers to: what these refer to in turn is not looked at.
  private static func members(_ dataset: Dataset, _ pack: SchemaPack) -> [Dataset] {
    let names = Set(dataset.references.flatMap(\.targets) + dataset.totals.flatMap(\.datasets) + [dataset.name])
    return pack.datasets.filter { names.contains($0.name) }
  }

  private static func chain(_ name: String, _ bases: [String: String]) -> [String] {
    var out = [name]
    while let base = bases[out[out.count - 1]], !out.contains(base) { out.append(base) }
    return out
  }
}
