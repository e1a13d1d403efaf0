import ElementCore
import XMLStream

/// Which element or attribute of a record is which column.
struct XMLColumns: Sendable {
  /// What an element or attribute is called.
  enum Key {
    /// By its own name, as the parser numbers it.
    case element(Int32)
    /// By its attribute `name`, as in `<field name="姓名">`.
    case named([UInt8])
  }

  /// The number of columns.
  let count: Int
  private var places: [[UInt8]: Int] = [:]
  /// The column of each name that the parser numbers: -1 for none, -2 where it was not asked for.
  private var known: [Int] = []
  private var lateNames: [[UInt8]] = []
  private var isLate: Set<[UInt8]> = []
  private let (nameAttribute, valueAttribute): (Int32, Int32)
  private let limit: Int

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

  /// The column of a name; nil where none has it, which is kept in mind.
  mutating func column(_ key: Key, _ piece: XMLPiece) -> Int? {
    switch key {
    case .named(let name): column(name)
    case .element(let id): column(of: id, piece)
    }
  }

  /// The column of an element or attribute by its name, as the parser numbers it; nil where none has it.
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
