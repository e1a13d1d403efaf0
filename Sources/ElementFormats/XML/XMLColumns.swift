import ElementCore
import XMLStream

/// Which element or attribute of a record is which column: those inside others bear their names before a stroke (`户主/姓名`).
struct XMLColumns: Sendable {
  /// What an element or attribute is called.
  enum Key {
    /// By its own name, as the parser numbers it.
    case element(Int32)
    /// By its attribute `name`, as in `<field name="姓名">`.
    case named([UInt8])
  }

  /// An element inside records that holds others; the record itself is the first, 0.
  typealias Node = Int

  /// The number of columns.
  let count: Int
  private var places: [[UInt8]: Int] = [:]
  /// The column of each name that the parser numbers, right inside a record: -1 for none, -2 where it was not asked for.
  private var known: [Int] = []
  /// What stands before the names inside each node, with the stroke behind it.
  private var prefixes: [[UInt8]] = [[]]
  /// The node of an element inside another node.
  private var nodes: [Step: Node] = [:]
  /// The column of an element inside a node that is not the record; -1 for none.
  private var inner: [Step: Int] = [:]
  private var lateNames: [[UInt8]] = []
  private var isLate: Set<[UInt8]> = []
  private let (nameAttribute, valueAttribute): (Int32, Int32)
  private let limit: Int
  /// Records with more kinds of containers keep them apart no longer: such a document is none that people write.
  private static let nodeLimit = 10_000

  private struct Step: Hashable {
    let node: Node
    let name: Int32
  }

  /// The columns of these names; names compare by bytes. Of those that no column has, `limit` are kept.
  init(_ columns: [String], _ parser: XMLPushParser, limit: Int) {
    self.limit = limit
    count = columns.count
    (nameAttribute, valueAttribute) = (parser.id(of: "name"), parser.id(of: "value"))
    for (place, name) in columns.enumerated() { places[Array(name.utf8)] = place }
  }

  /// Names that came after the columns were known, in the order in which they came.
  var late: [String] { lateNames.map { String(escapingInvalid: $0.span) } }

  /// What a start tag is called.
  func key(of event: XMLEvent, _ piece: XMLPiece) -> Key {
    if event.attributes.isEmpty { return .element(event.name) }
    return piece.value(of: nameAttribute, event).map { .named(Array($0)) } ?? .element(event.name)
  }

  /// What an element without text says: its attribute `value`, as in `<field name="姓名" value="…"/>`; nil where it has none.
  func attributeValue(of event: XMLEvent, _ piece: XMLPiece) -> ArraySlice<UInt8>? {
    event.attributes.isEmpty ? nil : piece.value(of: valueAttribute, event)
  }

  /// Whether an attribute of an element inside a record says something of its own: it is not what the element is called by, nor the
  /// value of one without text.
  func isOwn(_ attribute: XMLAttribute, of key: Key) -> Bool {
    if attribute.range.isEmpty || attribute.name == valueAttribute { return false }
    if case .named = key { return attribute.name != nameAttribute }
    return true
  }

  /// The node of an element inside another.
  mutating func node(_ key: Key, in parent: Node, _ piece: XMLPiece) -> Node {
    let name: [UInt8]
    if case .element(let id) = key {
      if let node = nodes[Step(node: parent, name: id)] { return node }
      name = piece.name(id)
    } else if case .named(let given) = key {
      name = given
    } else {
      return parent
    }
    let prefix = prefixes[parent] + name + [0x2F]
    if case .named = key, let node = prefixes.firstIndex(of: prefix) { return node }
    guard prefixes.count < XMLColumns.nodeLimit else { return parent }
    prefixes.append(prefix)
    if case .element(let id) = key { nodes[Step(node: parent, name: id)] = prefixes.count - 1 }
    return prefixes.count - 1
  }

  /// The column of a name inside a node; nil where none has it, which is kept in mind.
  mutating func column(_ key: Key, in node: Node, _ piece: XMLPiece) -> Int? {
    switch key {
    case .named(let name): column(node == 0 ? name : prefixes[node] + name)
    case .element(let id): column(of: id, in: node, piece)
    }
  }

  /// The column of an element or attribute inside a node by its name, as the parser numbers it; nil where none has it.
  mutating func column(of id: Int32, in node: Node, _ piece: XMLPiece) -> Int? {
    if node == 0 { return column(of: id, piece) }
    if let found = inner[Step(node: node, name: id)] { return found < 0 ? nil : found }
    let found = column(prefixes[node] + piece.name(id))
    inner[Step(node: node, name: id)] = found ?? -1
    return found
  }

  /// The column of an element or attribute right inside a record, the usual case.
  mutating func column(of id: Int32, _ piece: XMLPiece) -> Int? {
    let id = Int(id)
    if id >= known.count { known += repeatElement(-2, count: id + 1 - known.count) }
    if known[id] == -2 { known[id] = column(piece.name(Int32(id))) ?? -1 }
    return known[id] < 0 ? nil : known[id]
  }

  /// The column of an element by its name; a name that no column has is not kept in mind.
  func knownColumn(of id: Int32, _ piece: XMLPiece) -> Int? { places[piece.name(id)] }

  private mutating func column(_ name: [UInt8]) -> Int? {
    if let place = places[name] { return place }
    if lateNames.count < limit, isLate.insert(name).inserted { lateNames.append(name) }
    return nil
  }
}
