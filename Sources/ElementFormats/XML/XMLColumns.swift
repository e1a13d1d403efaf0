import ElementCore
import XMLStream

/// Which element or attribute of a record is which column.
struct XMLColumns: Sendable {
  /// The number of columns.
  let count: Int
  private var places: [[UInt8]: Int] = [:]
  private var lateNames: [[UInt8]] = []
  private var isLate: Set<[UInt8]> = []
  /// The most names that are kept of those that no column has.
  private static let lateLimit = 500
  private static let nameAttribute = Array("name".utf8)

  /// The columns of these names; names compare by bytes.
  init(_ columns: [String]) {
    count = columns.count
    for (place, name) in columns.enumerated() { places[Array(name.utf8)] = place }
  }

  /// Names that came after the columns were known, in the order in which they came.
  var late: [String] { lateNames.map { String(escapingInvalid: $0.span) } }

  /// The column of a name; nil where none has it, which is kept in mind.
  mutating func column(_ name: [UInt8]) -> Int? {
    if let place = places[name] { return place }
    if lateNames.count < XMLColumns.lateLimit, isLate.insert(name).inserted { lateNames.append(name) }
    return nil
  }

  /// What an element of a record is called: by its attribute `name` where it has one, as in `<field name="姓名">`.
  func name(of event: XMLEvent, _ parser: XMLPushParser) -> [UInt8] {
    for place in event.range.indices where parser.names[Int(parser.attributes[place].name)] == XMLColumns.nameAttribute {
      return Array(parser.text[parser.attributes[place].range.indices])
    }
    return parser.names[Int(event.name)]
  }
}
