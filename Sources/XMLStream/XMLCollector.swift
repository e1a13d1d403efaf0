import CLibXML2
import ElementCore

/// Makes events of what libxml2 calls back with.
///
/// Safe: every pointer is read within the call that brings it, as far as its count or its end says; names end with a zero.
@safe struct XMLCollector {
  /// What libxml2 knows of the place it is at.
  var context: xmlParserCtxtPtr?
  private let limits: XMLLimits
  /// What came since the last piece.
  private var piece = XMLPiece()
  /// All names met so far, without prefixes.
  private var names: [[UInt8]] = []
  private var places: [[UInt8]: Int32] = [:]
  /// Why nothing more is taken.
  private(set) var failure: XMLStreamError.Kind?
  /// Names by their address: libxml2 keeps each once.
  private var ids: [UInt: Int32] = [:]
  private var recent: [(address: UInt, id: Int32)] = Array(repeating: (0, -1), count: 1_024)
  private var depth = 0
  /// Whether the innermost element holds no element so far.
  private var isLeaf = false
  /// The event of that element; -1 where it began in an earlier piece.
  private var leaf = -1
  /// The element that a violation is about: the one whose tag came last, or around the text that did.
  private var tag: Int32 = -1
  /// The elements that are open, where the document is validated.
  private var open: [Int32] = []
  /// Whether the document is validated.
  var isValidated = false
  /// The line and the column of the first error.
  private(set) var firstFault: (line: Int, column: Int)?
  /// What is known of plain records.
  private var plain = XMLPlainRecords()
  /// Whether the end tag of a record came last.
  private var isBehindRecord = false

  /// A collector that refuses what is beyond the limits.
  init(_ limits: XMLLimits) {
    self.limits = limits
    unsafe context = nil
  }

  /// Hands over what came.
  mutating func take() -> XMLPiece {
    // The element goes on: its text counts, even where it is blank so far.
    if leaf >= 0 { leaveText(of: leaf, evenBlank: true) }
    leaf = -1
    var taken = XMLPiece()
    swap(&taken, &piece)
    taken.names = names
    // The next piece will be about as large.
    piece.events.reserveCapacity(taken.events.count)
    piece.bytes.reserveCapacity(taken.bytes.count)
    piece.attributes.reserveCapacity(taken.attributes.count)
    return taken
  }

  /// The number of a name.
  mutating func id(of name: [UInt8]) -> Int32 {
    if let known = places[name] { return known }
    names.append(name)
    places[name] = Int32(names.count - 1)
    return Int32(names.count - 1)
  }

  /// Takes a start tag that declares so many namespaces, with five pointers an attribute: name, prefix, namespace, first byte
  /// of the value, the byte behind it.
  mutating func start(
    _ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?, namespaces: Int,
    _ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
  ) {
    if failure != nil { return }
    depth += 1
    isBehindRecord = false
    if depth > limits.depth { return stop(.depth(limits.depth)) }
    if count > limits.attributes { return stop(.attributes(limits.attributes)) }
    if leaf >= 0 { leaveText(of: leaf, evenBlank: false) }
    let first = piece.attributes.count
    for place in 0..<count {
      guard let list = unsafe list, let from = unsafe list[place * 5 + 3], let to = unsafe list[place * 5 + 4] else { continue }
      // What XML and its schemas say of an element is none of its values (xsi:nil, xml:space).
      if unsafe XMLCollector.isOfMarkup(list[place * 5 + 2]) { continue }
      let begin = piece.bytes.count
      unsafe append(value: UnsafeBufferPointer(start: from, count: to - from))
      let attribute = unsafe XMLAttribute(name: id(list[place * 5]), range: FieldRange(begin, piece.bytes.count))
      piece.attributes.append(attribute)
    }
    tag = unsafe id(name)
    if isValidated { open.append(tag) }
    if takesPlain, depth == limits.tagDepth || depth == limits.tagDepth + 1 { unsafe learn(prefix, namespaces) }
    var event = XMLEvent(kind: .start, name: tag)
    event.attributes = FieldRange(first, piece.attributes.count)
    if depth <= limits.tagDepth { (event.line, event.byte) = tagStart }
    (isLeaf, leaf) = (true, piece.events.count)
    piece.events.append(event)
  }

  /// Whether a namespace is that of XML itself, or of what schemas say in documents.
  private static func isOfMarkup(_ namespace: UnsafePointer<xmlChar>?) -> Bool {
    guard let namespace = unsafe namespace else { return false }
    return unsafe isEqual(namespace, "http://www.w3.org/XML/1998/namespace")
      || isEqual(namespace, "http://www.w3.org/2001/XMLSchema-instance")
  }

  /// Whether a name of the parser is this text.
  private static func isEqual(_ name: UnsafePointer<xmlChar>, _ text: StaticString) -> Bool {
    // SAFETY: the name ends with a zero, at which the loop has stopped; the text has so many bytes.
    for place in 0..<text.utf8CodeUnitCount where unsafe name[place] != text.utf8Start[place] { return false }
    return unsafe name[text.utf8CodeUnitCount] == 0
  }

  /// Takes an end tag.
  mutating func end(_ name: UnsafePointer<xmlChar>?) {
    if failure != nil { return }
    let end = depth <= limits.tagDepth ? byte : 0
    depth -= 1
    tag = unsafe id(name)
    if isValidated { open.removeLast() }
    isBehindRecord = takesPlain && depth == limits.tagDepth - 1
    if depth < limits.tagDepth - 1 { plain.forget() }
    if leaf >= 0 {
      piece.events[leaf].kind = .element
      piece.events[leaf].end = end
    } else {
      var event = XMLEvent(kind: .end, name: tag)
      event.end = end
      piece.events.append(event)
    }
    (isLeaf, leaf) = (false, -1)
  }

  /// Takes a piece of text; pieces that follow each other become one.
  mutating func text(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
    if failure != nil || count == 0 { return }
    isBehindRecord = false
    if isValidated { tag = open.last ?? -1 }
    let text = unsafe UnsafeBufferPointer(start: bytes, count: Int(count))
    if !isLeaf, unsafe text.allSatisfy({ XMLCollector.isSpace($0) }) { return }
    let begin = piece.bytes.count
    unsafe piece.bytes.append(contentsOf: text)
    guard leaf < 0 else {
      if piece.events[leaf].text.isEmpty { piece.events[leaf].text = FieldRange(begin, begin) }
      piece.events[leaf].text.end = UInt32(piece.bytes.count)
      return
    }
    if let last = piece.events.last, last.kind == .text {
      piece.events[piece.events.count - 1].text.end = UInt32(piece.bytes.count)
    } else {
      add(text: FieldRange(begin, piece.bytes.count))
    }
  }

  /// Whether records may go past libxml2: their places are asked for, and nobody else must see them.
  private var takesPlain: Bool { limits.tagDepth > 0 && !isValidated }

  /// Learns the name of the tag that came last, of a record or in one; it declares so many namespaces.
  private mutating func learn(_ prefix: UnsafePointer<xmlChar>?, _ namespaces: Int) {
    let prefix: [UInt8] = unsafe prefix.map { unsafe Array(String(cString: $0).utf8) + [0x3A] } ?? []
    let name = prefix + names[Int(tag)]
    if depth == limits.tagDepth {
      plain.learn(record: name, tag, isDeclaring: namespaces > 0)
    } else if namespaces == 0 {
      plain.learn(value: name, tag)
    }
  }

  /// Takes the plain records at `start` of the bytes that libxml2 is to get next, where it stands between two records, and
  /// returns where it is to go on; it takes its place to be there.
  mutating func takePlain(_ bytes: Span<UInt8>, from start: Int) -> Int {
    guard isBehindRecord, let context = unsafe context, let input = unsafe context.pointee.input else { return start }
    // Nothing waits to be parsed, nor is libxml2 within anything that calls back only later.
    guard unsafe input.pointee.cur == input.pointee.end, unsafe context.pointee.instate == XML_PARSER_CONTENT else {
      return start
    }
    let line = unsafe Int(input.pointee.line)
    var place = XMLPlainRecords.Place(byte: byte, line: line)
    let end = plain.take(bytes, from: start, at: &place, into: &piece)
    if end == start { return start }
    // Columns count characters.
    var (tail, columns) = (end, 0)
    while tail > start, bytes[tail - 1] != 0x0A {
      tail -= 1
      if bytes[tail] & 0xC0 != 0x80 { columns += 1 }
    }
    unsafe input.pointee.consumed += UInt(end - start)
    // A document of one endless line may count beyond what libxml2 can.
    unsafe input.pointee.line &+= Int32(place.line - line)
    unsafe input.pointee.col = (tail > start ? 1 : input.pointee.col) &+ Int32(columns)
    return end
  }

  /// The end of the part of the bytes from `start` on that libxml2 is to get: at `limit`, or behind a record before it.
  func partEnd(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int {
    takesPlain ? plain.recordEnd(bytes, from: start, limit: limit) ?? limit : limit
  }

  /// Makes an event of its own of the text of a start tag, where its element is not whole.
  private mutating func leaveText(of place: Int, evenBlank: Bool) {
    let text = piece.events[place].text
    piece.events[place].text = .empty
    if text.isEmpty || (!evenBlank && piece.bytes[text.indices].allSatisfy(XMLCollector.isSpace)) { return }
    add(text: text)
  }

  private mutating func add(text: FieldRange) {
    var event = XMLEvent(kind: .text, name: -1)
    event.text = text
    piece.events.append(event)
  }

  /// White space of XML (XML 1.0, 2.3).
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

  /// Takes a break of the schema: the event that showed it was taken before.
  mutating func violation(_ code: Int32) {
    if failure != nil { return }
    let line = unsafe Int(context?.pointee.input?.pointee.line ?? 0)
    piece.violations.append(XSDViolation(event: max(0, piece.events.count - 1), name: tag, line: line, code: Int(code)))
  }

  /// Takes what libxml2 says of an error that it may go on from: the first one counts.
  mutating func note(_ error: UnsafePointer<xmlError>?) {
    guard let error = unsafe error, unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
    firstFault = unsafe firstFault ?? (Int(error.pointee.line), Int(error.pointee.int2))
  }

  /// Ends the reading, and says why.
  mutating func stop(_ kind: XMLStreamError.Kind) {
    failure = failure ?? kind
    unsafe xmlStopParser(context)
  }

  /// The offset at which libxml2 is, from 0.
  private var byte: Int {
    guard let input = unsafe context?.pointee.input else { return 0 }
    return unsafe Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
  }

  /// The line and the offset of the start tag at whose end libxml2 is.
  ///
  /// Inside a tag no other `<` can stand, so the last one before the place begins it; the whole tag is in the buffer.
  private var tagStart: (line: UInt32, byte: Int) {
    guard let input = unsafe context?.pointee.input else { return (0, 0) }
    var place = unsafe input.pointee.cur - input.pointee.base
    var line = unsafe UInt32(truncatingIfNeeded: input.pointee.line)
    while place > 0, unsafe input.pointee.base[place] != 0x3C {
      if unsafe input.pointee.base[place] == 0x0A { line -= 1 }
      place -= 1
    }
    return (line, unsafe Int(input.pointee.consumed) + place)
  }

  /// An ampersand in a value comes as `&#38;`, and nothing else begins with one.
  private mutating func append(value: UnsafeBufferPointer<xmlChar>) {
    if unsafe !value.contains(0x26) { return unsafe piece.bytes.append(contentsOf: value) }
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
    let slot = Int(truncatingIfNeeded: (UInt64(address) &* 0x9E37_79B9_7F4A_7C15) >> 54)
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
