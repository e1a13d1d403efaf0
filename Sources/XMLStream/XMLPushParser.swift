import CLibXML2
import ElementCore

/// Parses XML by libxml2, whatever pieces it comes in, into events that are plain data: no tree, no callback, no entity but
/// the five of XML itself, no document type, no file and no network.
///
/// Safe: the context is freed once, in `deinit`, with the name table in it; libxml2 calls back only during `feed` and `finish`,
/// on the calling thread, with pointers that are used before the callback returns. Not for several threads at a time, which
/// those who hold it see to.
@safe package final class XMLPushParser: @unchecked Sendable {
  private var context: xmlParserCtxtPtr?
  /// All that callbacks change, in one place: each of them asks for it once.
  private var collector: XMLCollector

  private let findsTags: Bool

  /// A parser of a document in UTF-8, whatever its declaration says; `findsTags` asks for the offsets of start tags, `depth`
  /// and `attributes` say how deep it may be nested and how many attributes an element may have.
  ///
  /// - Throws: `XMLStreamError` of kind `memory`.
  package init(findsTags: Bool = false, depth: Int = 64, attributes: Int = 256) throws(XMLStreamError) {
    collector = XMLCollector(depthLimit: depth, attributeLimit: attributes)
    unsafe context = nil
    self.findsTags = findsTags
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
    unsafe handler.startElementNs = { unsafe XMLPushParser.of($0).start($1, attributes: $8, count: $6) }
    unsafe handler.endElementNs = { me, name, _, _ in unsafe XMLPushParser.of(me).end(name) }
    unsafe handler.characters = { unsafe XMLPushParser.of($0).collector.text($1, $2) }
    unsafe handler.ignorableWhitespace = { unsafe XMLPushParser.of($0).collector.text($1, $2) }
    unsafe handler.cdataBlock = { unsafe XMLPushParser.of($0).collector.text($1, $2) }
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

  /// Parses a piece of the document into events.
  ///
  /// - Throws: `XMLStreamError`.
  package func feed(_ bytes: Span<UInt8>) throws(XMLStreamError) -> XMLPiece {
    // SAFETY: libxml2 copies the piece, whose size is its count.
    _ = unsafe bytes.withUnsafeBytes { raw in
      unsafe xmlParseChunk(context, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), 0)
    }
    return try confirmed()
  }

  /// Says that the document ends; what came of its end.
  ///
  /// - Throws: `XMLStreamError` where it must not end here.
  package func finish() throws(XMLStreamError) -> XMLPiece {
    _ = unsafe xmlParseChunk(context, nil, 0, 1)
    return try confirmed()
  }

  /// The number of a name, for comparing events with it.
  package func id(of name: String) -> Int32 { collector.id(of: Array(name.utf8)) }

  /// The name of a number.
  package func name(_ id: Int32) -> [UInt8] { collector.names[Int(id)] }

  private func confirmed() throws(XMLStreamError) -> XMLPiece {
    guard let context = unsafe context else { bug("a parser without its context") }
    let (line, column) = unsafe (Int(xmlSAX2GetLineNumber(context)), Int(xmlSAX2GetColumnNumber(context)))
    if let failure = collector.failure { throw XMLStreamError(kind: failure, line: line, column: column) }
    if unsafe context.pointee.wellFormed == 0 {
      let error = unsafe xmlCtxtGetLastError(context)
      let code = unsafe error.map { unsafe Int($0.pointee.code) } ?? 0
      let at = unsafe error.map { unsafe (Int($0.pointee.line), Int($0.pointee.int2)) } ?? (line, column)
      throw XMLStreamError(kind: .malformed(code), line: at.0, column: at.1)
    }
    if unsafe context.pointee.nsWellFormed == 0 { throw XMLStreamError(kind: .namespace, line: line, column: column) }
    return collector.take()
  }

  private func stop(_ kind: XMLStreamError.Kind) {
    collector.fail(kind)
    unsafe xmlStopParser(context)
  }

  private static func of(_ me: UnsafeMutableRawPointer?) -> XMLPushParser {
    guard let me = unsafe me else { bug("libxml2 called without its parser") }
    // SAFETY: it is the address that `init` gave; the parser is alive, because it is being fed.
    return unsafe Unmanaged<XMLPushParser>.fromOpaque(me).takeUnretainedValue()
  }

  private func start(
    _ name: UnsafePointer<xmlChar>?, attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int32
  ) {
    guard let input = unsafe context?.pointee.input else { return }
    var place = unsafe input.pointee.cur - input.pointee.base
    // Inside a tag no other `<` can stand, so the last one before the place begins it; the whole tag is in the buffer.
    var line = unsafe UInt32(truncatingIfNeeded: input.pointee.line)
    while findsTags, place > 0, unsafe input.pointee.base[place] != 0x3C {
      if unsafe input.pointee.base[place] == 0x0A { line -= 1 }
      place -= 1
    }
    let byte = unsafe Int(input.pointee.consumed) + place
    if let refusal = unsafe collector.start(name, attributes, Int(count), line, byte) { stop(refusal) }
  }

  private func end(_ name: UnsafePointer<xmlChar>?) {
    guard let input = unsafe context?.pointee.input else { return }
    let byte = unsafe Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
    unsafe collector.end(name, UInt32(truncatingIfNeeded: input.pointee.line), byte)
  }
}
