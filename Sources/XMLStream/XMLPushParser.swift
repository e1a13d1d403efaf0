import CLibXML2
import ElementCore

/// Parses XML by libxml2, whatever pieces it comes in, into events that are plain data: no tree, no callback, no entity but
/// the five of XML itself, no document type, no file and no network.
///
/// Safe: the context is freed once, in `deinit`, with the name table in it; libxml2 calls back only during `feed` and `finish`,
/// on the calling thread, with pointers that are used before the callback returns. Not for several threads at a time, which
/// those who hold it see to.
@safe package final class XMLPushParser: @unchecked Sendable {
  /// The deepest nesting that is read.
  package static let depthLimit = 64
  /// The most attributes of an element.
  package static let attributeLimit = 256

  /// What was parsed since `clear`.
  package private(set) var events: [XMLEvent] = []
  /// The attributes that events name.
  package private(set) var attributes: [XMLAttribute] = []
  /// The bytes that events and attributes name, in UTF-8.
  package private(set) var text: [UInt8] = []
  /// All names met so far, without prefixes.
  package private(set) var names: [[UInt8]] = []

  private var context: xmlParserCtxtPtr?
  /// Names by their address: libxml2 keeps each once.
  private var ids: [UInt: Int32] = [:]
  private var lastNames: [(address: UInt, id: Int32)] = Array(repeating: (0, -1), count: 64)
  private var depth = 0
  private var failure: XMLStreamError.Kind?

  /// A parser of a document in UTF-8, whatever its declaration says.
  ///
  /// - Throws: `XMLStreamError` of kind `memory`.
  package init() throws(XMLStreamError) {
    unsafe context = nil
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
    unsafe handler.startElementNs = { unsafe XMLPushParser.of($0).start($1, attributes: $8, count: $6) }
    unsafe handler.endElementNs = { me, name, _, _ in unsafe XMLPushParser.of(me).end(name) }
    unsafe handler.characters = { unsafe XMLPushParser.of($0).characters($1, $2) }
    unsafe handler.ignorableWhitespace = { unsafe XMLPushParser.of($0).characters($1, $2) }
    unsafe handler.cdataBlock = { unsafe XMLPushParser.of($0).characters($1, $2) }
    unsafe handler.internalSubset = { me, _, _, _ in unsafe XMLPushParser.of(me).stop(.doctype) }
    // Without these libxml2 would ask about entities elsewhere, or speak on standard error with bytes of the document.
    unsafe handler.getEntity = { _, name in unsafe xmlGetPredefinedEntity(name) }
    unsafe handler.serror = { _, _ in }
    // SAFETY: the parser outlives its context, which alone keeps this address.
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    guard let made = unsafe xmlCreatePushParserCtxt(&handler, me, nil, 0, nil) else {
      throw XMLStreamError(kind: .memory, line: 0, column: 0)
    }
    unsafe context = made
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NOCDATA.rawValue
    unsafe xmlCtxtUseOptions(made, Int32(options | XML_PARSE_IGNORE_ENC.rawValue))
  }

  deinit {
    unsafe xmlFreeParserCtxt(context)
  }

  /// Parses a piece of the document; what it came to stands in `events`.
  ///
  /// - Throws: `XMLStreamError`; the events before it are there.
  package func feed(_ bytes: Span<UInt8>) throws(XMLStreamError) {
    // SAFETY: libxml2 copies the piece, whose size is its count.
    _ = unsafe bytes.withUnsafeBytes { raw in
      unsafe xmlParseChunk(context, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), 0)
    }
    try confirm()
  }

  /// Says that the document ends.
  ///
  /// - Throws: `XMLStreamError` where it must not end here.
  package func finish() throws(XMLStreamError) {
    _ = unsafe xmlParseChunk(context, nil, 0, 1)
    try confirm()
  }

  /// Forgets the events.
  package func clear() {
    events.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
  }

  /// The place of a name, for comparing events with it.
  package func id(of name: String) -> Int32 {
    if let known = names.firstIndex(where: { $0.elementsEqual(name.utf8) }) { return Int32(known) }
    names.append(Array(name.utf8))
    return Int32(names.count - 1)
  }

  private func confirm() throws(XMLStreamError) {
    guard let context = unsafe context else { return }
    let (line, column) = unsafe (Int(xmlSAX2GetLineNumber(context)), Int(xmlSAX2GetColumnNumber(context)))
    if let failure { throw XMLStreamError(kind: failure, line: line, column: column) }
    if unsafe context.pointee.wellFormed == 0 {
      let error = unsafe xmlCtxtGetLastError(context)
      let code = unsafe error.map { unsafe Int($0.pointee.code) } ?? 0
      let at = unsafe error.map { unsafe (Int($0.pointee.line), Int($0.pointee.int2)) } ?? (line, column)
      throw XMLStreamError(kind: .malformed(code), line: at.0, column: at.1)
    }
    if unsafe context.pointee.nsWellFormed == 0 { throw XMLStreamError(kind: .namespace, line: line, column: column) }
  }

  private func stop(_ kind: XMLStreamError.Kind) {
    if failure == nil { failure = kind }
    unsafe xmlStopParser(context)
  }

  private static func of(_ me: UnsafeMutableRawPointer?) -> XMLPushParser {
    guard let me = unsafe me else { bug("libxml2 called without its parser") }
    // SAFETY: it is the address that `init` gave; the parser is alive, because it is being fed.
    return unsafe Unmanaged<XMLPushParser>.fromOpaque(me).takeUnretainedValue()
  }

  /// Five pointers an attribute: name, prefix, namespace, first byte of the value, the byte behind it.
  private func start(
    _ name: UnsafePointer<xmlChar>?, attributes list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int32
  ) {
    if failure != nil { return }
    depth += 1
    if depth > XMLPushParser.depthLimit { return stop(.depth(XMLPushParser.depthLimit)) }
    if count > XMLPushParser.attributeLimit { return stop(.attributes(XMLPushParser.attributeLimit)) }
    let first = attributes.count
    for place in 0..<Int(count) {
      guard let list = unsafe list, let from = unsafe list[place * 5 + 3], let to = unsafe list[place * 5 + 4] else { continue }
      let begin = text.count
      unsafe append(value: UnsafeBufferPointer(start: from, count: to - from))
      attributes.append(XMLAttribute(name: unsafe id(list[place * 5]), range: FieldRange(begin, text.count)))
    }
    add(.start, unsafe id(name), FieldRange(first, attributes.count))
  }

  /// An ampersand in a value comes as `&#38;`, and nothing else begins with one.
  private func append(value: UnsafeBufferPointer<xmlChar>) {
    var rest = unsafe value[...]
    while let ampersand = unsafe rest.firstIndex(of: 0x26) {
      unsafe text.append(contentsOf: rest[...ampersand])
      unsafe rest = rest[min(ampersand + 5, rest.endIndex)...]
    }
    unsafe text.append(contentsOf: rest)
  }

  private func end(_ name: UnsafePointer<xmlChar>?) {
    if failure != nil { return }
    depth -= 1
    add(.end, unsafe id(name), .empty)
  }

  private func characters(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
    if failure != nil || count == 0 { return }
    let begin = text.count
    unsafe text.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
    if let last = events.last, last.kind == .text {
      events[events.count - 1].range.end = UInt32(text.count)
    } else {
      events.append(XMLEvent(kind: .text, name: -1, range: FieldRange(begin, text.count), line: 0, byte: 0))
    }
  }

  private func add(_ kind: XMLEvent.Kind, _ name: Int32, _ range: FieldRange) {
    guard let input = unsafe context?.pointee.input else { return }
    var place = unsafe input.pointee.cur - input.pointee.base
    // Inside a tag no other `<` can stand, so the last one before the place begins it; the whole tag is in the buffer.
    if kind == .start {
      while place > 0, unsafe input.pointee.base[place] != 0x3C { place -= 1 }
    }
    let byte = unsafe Int(input.pointee.consumed) + place
    let line = unsafe UInt32(truncatingIfNeeded: input.pointee.line)
    events.append(XMLEvent(kind: kind, name: name, range: range, line: line, byte: byte))
  }

  private func id(_ name: UnsafePointer<xmlChar>?) -> Int32 {
    let address = UInt(bitPattern: name)
    let slot = Int(truncatingIfNeeded: (address >> 3) & 63)
    if lastNames[slot].address == address { return lastNames[slot].id }
    var found = ids[address] ?? -1
    if found < 0 {
      found = id(of: unsafe name.map { unsafe String(cString: $0) } ?? "")
      ids[address] = found
    }
    lastNames[slot] = (address, found)
    return found
  }
}
