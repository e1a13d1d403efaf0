package import ElementCore

/// A form that mixes kinds of records: one of its columns says which dataset each row belongs to.
package struct Form: Sendable {
  /// The name, such as `actualPopulation`.
  package let name: String
  /// What it is called.
  package let title: LocalizedText
  /// Where it comes from.
  package let source: String
  /// The headings of the column that says the kind, as `HeaderText` keys.
  package let headings: [String]
  /// The kinds: the code of each row is the name of its dataset, its labels are what forms write.
  package let kinds: CodeTable

  /// The datasets that rows go to, in the order of the form; the first also keeps rows of no known kind, which wait.
  package var targets: [String] { kinds.entries.map(\.code) }

  /// The column of a header that says the kind, from 0; nil where there is none.
  package func column(in header: [String]) -> Int? {
    header.firstIndex { Heading($0).isKnown(to: Set(headings)) }
  }

  /// The form that a document describes; `known` are the names of all datasets.
  init(_ node: YAMLNode, known: Set<String>) throws(SchemaError) {
    try node.allow(["form", "element", "title", "source", "route"])
    name = try node.required("form").text()
    title = try node.required("title").localized()
    source = try node.required("source").text()
    let route = try node.required("route")
    try route.allow(["headings", "to"])
    headings = try route.required("headings").texts().map(HeaderText.key)
    var entries: [CodeEntry] = []
    for pair in try route.required("to").pairs() {
      guard known.contains(try pair.key.text()) else {
        throw pair.key.error(zh: "没有数据集 \(try pair.key.text())", en: "there is no dataset \(try pair.key.text())")
      }
      let labels = try pair.value.texts()
      guard let first = labels.first else { throw pair.value.error(zh: "至少写一个类别", en: "name at least one kind") }
      entries.append(CodeEntry(code: try pair.key.text(), label: first, aliases: Array(labels.dropFirst())))
    }
    guard !entries.isEmpty else { throw route.error(zh: "没有去向", en: "rows have nowhere to go") }
    kinds = CodeTable(name: name, entries: entries)
  }
}
