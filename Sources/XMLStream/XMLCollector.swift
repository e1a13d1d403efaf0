import CLibXML2
import ElementCore

/// Makes events of what libxml2 calls back with.
///
/// Safe: every pointer is read within the call that brings it, as far as its count or its end says; names end with a zero.
@safe struct XMLCollector {
  private let depthLimit: Int
  private let attributeLimit: Int
  /// What came since the last piece.
  private var piece = XMLPiece()
  /// All names met so far, without prefixes.
  private(set) var names: [[UInt8]] = []
  /// Why nothing more is taken.
  private(set) var failure: XMLStreamError.Kind?
  /// Names by their address: libxml2 keeps each once.
  private var ids: [UInt: Int32] = [:]
  private var recent: [(address: UInt, id: Int32)] = Array(repeating: (0, -1), count: 64)
  private var depth = 0

  /// A collector that refuses what is nested deeper, or an element with more attributes.
  init(depthLimit: Int, attributeLimit: Int) { (self.depthLimit, self.attributeLimit) = (depthLimit, attributeLimit) }

  /// Hands over what came.
  mutating func take() -> XMLPiece {
    var taken = XMLPiece()
    swap(&taken, &piece)
    // The next piece will be about as large.
    piece.events.reserveCapacity(taken.events.count)
    piece.bytes.reserveCapacity(taken.bytes.count)
    piece.attributes.reserveCapacity(taken.attributes.count)
    return taken
  }

  /// Takes nothing more.
  mutating func fail(_ kind: XMLStreamError.Kind) { failure = failure ?? kind }

  /// The number of a name.
  mutating func id(of name: [UInt8]) -> Int32 {
    if let known = names.firstIndex(of: name) { return Int32(known) }
    names.append(name)
    return Int32(names.count - 1)
  }

  /// Takes a start tag, with five pointers an attribute: name, prefix, namespace, first byte of the value, the byte behind it.
  /// Returns why it is refused.
  mutating func start(
    _ name: UnsafePointer<xmlChar>?, _ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int, _ line: UInt32,
    _ byte: Int
  ) -> XMLStreamError.Kind? {
    if failure != nil { return nil }
    depth += 1
    if depth > depthLimit { return .depth(depthLimit) }
    if count > attributeLimit { return .attributes(attributeLimit) }
    let first = piece.attributes.count
    for place in 0..<count {
      guard let list = unsafe list, let from = unsafe list[place * 5 + 3], let to = unsafe list[place * 5 + 4] else { continue }
      let begin = piece.bytes.count
      unsafe append(value: UnsafeBufferPointer(start: from, count: to - from))
      let attribute = unsafe XMLAttribute(name: id(list[place * 5]), range: FieldRange(begin, piece.bytes.count))
      piece.attributes.append(attribute)
    }
    let range = FieldRange(first, piece.attributes.count)
    piece.events.append(XMLEvent(kind: .start, name: unsafe id(name), range: range, line: line, byte: byte))
    return nil
  }

  /// Takes an end tag.
  mutating func end(_ name: UnsafePointer<xmlChar>?, _ line: UInt32, _ byte: Int) {
    if failure != nil { return }
    depth -= 1
    piece.events.append(XMLEvent(kind: .end, name: unsafe id(name), range: .empty, line: line, byte: byte))
  }

  /// Takes a piece of text; pieces that follow each other become one.
  mutating func text(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
    if failure != nil || count == 0 { return }
    let begin = piece.bytes.count
    unsafe piece.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
    let last = piece.events.count - 1
    if last >= 0, piece.events[last].kind == .text {
      piece.events[last].range.end = UInt32(piece.bytes.count)
    } else {
      piece.events.append(
        XMLEvent(kind: .text, name: -1, range: FieldRange(begin, piece.bytes.count), line: 0, byte: 0))
    }
  }

  /// An ampersand in a value comes as `&#38;`, and nothing else begins with one.
  private mutating func append(value: UnsafeBufferPointer<xmlChar>) {
    var rest = unsafe value[...]
    while let ampersand = unsafe rest.firstIndex(of: 0x26) {
      unsafe piece.bytes.append(contentsOf: rest[...ampersand])
      unsafe rest = rest[min(ampersand + 5, rest.endIndex)...]
    }
    unsafe piece.bytes.append(contentsOf: rest)
  }

  private mutating func id(_ name: UnsafePointer<xmlChar>?) -> Int32 {
    let address = UInt(bitPattern: name)
    // Short names stand close together: all bits of an address count.
    let slot = Int(truncatingIfNeeded: (UInt64(address) &* 0x9E37_79B9_7F4A_7C15) >> 58)
    if recent[slot].address == address { return recent[slot].id }
    var found = ids[address] ?? -1
    if found < 0 {
      found = id(of: unsafe name.map { unsafe Array(String(cString: $0).utf8) } ?? [])
      ids[address] = found
    }
    recent[slot] = (address, found)
    return found
  }
}
