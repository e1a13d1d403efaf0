import Crypto
package import ElementCore
import ElementFormats

/// The schemas of a run: datasets, code sets, grid-code schemes and what is left out by decision.
package struct SchemaPack: Sendable {
  /// The datasets, sorted by name.
  package private(set) var datasets: [Dataset]
  /// All headings of all datasets, as `HeaderText` keys.
  let headings: Set<String>
  /// The forms that mix kinds, sorted by name.
  package let forms: [Form]
  /// The code sets by name.
  package let codeSets: [String: CodeTable]
  /// The grid-code schemes by name.
  package let schemes: [String: GridCodeScheme]
  /// Headings of items that are left out by decision, as `HeaderText` keys, with the reason.
  package let leftOut: [String: LocalizedText]
  /// The SHA-256 over all files, in lower-case hexadecimal.
  package let digest: String
  /// Divisions with validity.
  package let divisions: DivisionTable
  /// All overlays, by name.
  package let overlays: [String: Overlay]
  /// Lists that are neither datasets nor code sets.
  package let lists: PackLists
  /// The numbers of the layers that are laid over the core.
  package let settings: [LayerSetting]

  /// A pack from its files, with the overlays that are selected; of two files with one path the later counts.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  package init(files: [PackFile], overlays selected: [String] = []) throws(SchemaError) {
    try self.init(files, of: files, overlays: selected)
  }

  /// A pack from some of all its files: it has the digest of all.
  init(_ files: [PackFile], of all: [PackFile], overlays selected: [String]) throws(SchemaError) {
    let known = Set(all.filter { $0.path.hasPrefix("datasets/") }.map(\.stem))
    let files = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { $1 }).values.sorted { $0.path < $1.path }
    var sets: [String: CodeTable] = [:]
    var schemes: [String: GridCodeScheme] = [:]
    var documents: [YAMLNode] = []
    var forms: [Form] = []
    var leftOut: [String: LocalizedText] = [:]
    var overlays: [String: Overlay] = [:]
    var lists = PackLists()
    let contents = try PackContent.contents(of: files)
    for (file, content) in zip(files, contents) {
      switch (content, file.path.split(separator: "/").first) {
      case (.table(let table), _): sets[table.name] = table
      case (.node(let node), "grid-codes"): schemes[file.stem] = try SchemeReader.scheme(node)
      case (.node(let node), "datasets"):
        if try node.optional("form") == nil { documents.append(node) } else { forms.append(try Form(node, known: known)) }
      case (.node(let node), "lists"): try ListReader.read(node, file.stem, into: &lists)
      case (.node(let node), "overlays"):
        let overlay = try Overlay(node)
        overlays[overlay.name] = overlay
      case (.node(let node), _): leftOut = try SchemaPack.leftOut(node)
      case (.nothing, _): break
      }
    }
    for name in ["division", "nationality"] where sets[name] == nil {
      throw SchemaError(file: "codes/\(name).csv", zh: "缺少代码集 \(name)", en: "the code set \(name) is missing")
    }
    let layers = try Overlay.chain(selected, of: overlays)
    datasets = try DatasetReader(documents: documents, known: known, codes: sets, layers: layers).datasets()
    headings = Set(datasets.flatMap(\.fieldByHeading.keys))
    self.forms = forms.sorted { $0.name < $1.name }
    self.overlays = overlays
    settings = try Overlay.settings(layers)
    codeSets = sets
    self.schemes = schemes
    self.leftOut = leftOut
    self.lists = lists
    divisions = DivisionTable(sets["division"] ?? CodeTable(name: "division", entries: []))
    var hash = SchemaPack.digest(all)
    for layer in layers { hash.update(data: Array("overlay \(layer.name)\n".utf8)) }
    digest = Hexadecimal.text(Array(hash.finalize()))
  }

  /// The hash over all files, sorted by path; of two files with one path the later counts. Export profiles and linkage models say
  /// nothing of how records are checked, and have digests of their own.
  private static func digest(_ files: [PackFile]) -> SHA256 {
    var hash = SHA256()
    let files = files.filter { !$0.path.hasPrefix("profiles/") && !$0.path.hasPrefix("linkage/") }
    for file in Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { $1 }).values.sorted(by: { $0.path < $1.path }) {
      hash.update(data: Array("\(file.sha256) \(file.path)\n".utf8))
    }
    return hash
  }

  /// The tables that identifiers are checked against on a day.
  package func tables(today: CalendarDate, zone: OfficeZone = .shanghai) -> ReferenceTables {
    ReferenceTables(
      divisions: divisions, countries: table("nationality"), organizationKinds: table("creditCodeKind"),
      objectClasses: table("objectClass"), statisticalDivisions: table("statisticalDivision"),
      statisticalNumbers: statisticalNumbers, phones: lists.phones, today: today, zone: zone)
  }

  /// The numbers in statistical codes, as the scheme of the pack has them.
  private var statisticalNumbers: StatisticalNumbers {
    let segments = schemes["stat12"]?.segments ?? []
    let (township, village) = (segments.first { $0.name == "township" }, segments.first { $0.name == "community" })
    return StatisticalNumbers(
      townships: township?.ranges ?? [], villages: village?.ranges ?? [], virtual: village?.virtual ?? [])
  }

  /// The code set of a name; an empty one where there is none.
  package func table(_ name: String) -> CodeTable { codeSets[name] ?? CodeTable(name: name, entries: []) }

  /// The dataset that goes by an identifier such as `registeredResident`; nil where the pack has none.
  package func dataset(_ name: String) -> Dataset? { datasets.first { $0.name == name } }

  /// Demands fields of a dataset that the pack only expects; keys stay keys.
  ///
  /// - Throws: `SchemaError` at `origin` where there is no such dataset or field.
  package mutating func require(_ fields: [String], of dataset: String, origin: YAMLNode) throws(SchemaError) {
    guard let place = datasets.firstIndex(where: { $0.name == dataset }) else {
      throw origin.error(zh: "没有数据集 \(dataset)", en: "there is no dataset \(dataset)")
    }
    for name in fields {
      guard let index = datasets[place].index(of: name) else {
        throw origin.error(zh: "\(dataset) 没有字段 \(name)", en: "\(dataset) has no field \(name)")
      }
      if datasets[place].fields[index].duty != .key { datasets[place].fields[index].duty = .required }
    }
  }

  /// The scheme of a name: one of the pack's, or `stat12+N` with N digits of sequence (1 to 6).
  package func scheme(_ name: String) -> GridCodeScheme? {
    if let scheme = schemes[name] { return scheme.bound(to: codeSets) }
    guard name.hasPrefix("stat12+"), let digits = Int(name.dropFirst(7)), (1...6).contains(digits), let base = schemes["stat12"]
    else { return nil }
    var segments = base.segments
    segments.append(.init(name: "sequence", length: digits, ranges: [], symbol: .seqRange))
    return GridCodeScheme(
      name: name, title: base.title, source: base.source, segments: segments, checksMergedAndSplit: false,
      checksSpreadsheetLoss: false)
  }

  /// A scheme of grid codes written by a site, which stands in a file of its own.
  package static func schemeFile(_ text: String, _ path: String) throws(SchemaError) -> GridCodeScheme {
    try SchemeReader.scheme(try YAMLNode(text: text, file: path))
  }

  private static func leftOut(_ node: YAMLNode) throws(SchemaError) -> [String: LocalizedText] {
    var out: [String: LocalizedText] = [:]
    for item in try node.required("leftOut").list() {
      try item.allow(["headings", "reason"])
      let reason = try item.required("reason").localized()
      for heading in try item.required("headings").texts() { out[HeaderText.key(heading)] = reason }
    }
    return out
  }
}
