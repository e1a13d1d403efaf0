import CLibXML2
import ElementCore

/// Parses XML by libxml2, whatever pieces it comes in, into events that are plain data: no tree, no callback, no entity but
/// the five of XML itself, no document type, no file and no network.
///
/// Safe: the context is freed once, in `deinit`, with the name table in it, and so is the collector, which callbacks reach by
/// its address; libxml2 calls back only during `feed` and `finish`, on the calling thread, with pointers that are used before
/// the callback returns. Not for several threads at a time, which those who hold it see to.
@safe package final class XMLPushParser: @unchecked Sendable {
  private static let step = 1 << 13

  private let context: xmlParserCtxtPtr
  /// All that callbacks change.
  private let collector: UnsafeMutablePointer<XMLCollector>
  private var validation: XSDValidation?

  /// A parser of a document in UTF-8, whatever its declaration says, that is validated by a schema where one is given.
  ///
  /// - Throws: `XMLStreamError` of kind `memory`.
  package init(_ limits: XMLLimits = XMLLimits(), xsd: XSDDocument? = nil) throws(XMLStreamError) {
    unsafe collector = .allocate(capacity: 1)
    unsafe collector.initialize(to: XMLCollector(limits))
    var handler = unsafe XMLPushParser.handler
    guard let made = unsafe xmlCreatePushParserCtxt(&handler, collector, nil, 0, nil) else {
      unsafe collector.deinitialize(count: 1)
      unsafe collector.deallocate()
      throw XMLStreamError(kind: .memory, line: 0, column: 0)
    }
    unsafe context = made
    unsafe collector.pointee.context = made
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    unsafe xmlCtxtUseOptions(made, Int32(options | XML_PARSE_IGNORE_ENC.rawValue))
    guard let xsd else { return }
    unsafe collector.pointee.isValidated = true
    validation = unsafe XSDValidation(xsd, made, collector)
    guard validation != nil else { throw XMLStreamError(kind: .memory, line: 0, column: 0) }
  }

  deinit {
    validation = nil
    unsafe xmlFreeParserCtxt(context)
    unsafe collector.deinitialize(count: 1)
    unsafe collector.deallocate()
  }

  /// What libxml2 calls: it copies this.
  private static var handler: xmlSAXHandler {
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
    unsafe handler.startElementNs = {
      unsafe XMLPushParser.collector($0).pointee.start($1, $2, namespaces: Int($4), $8, Int($6))
    }
    unsafe handler.endElementNs = { me, name, _, _ in unsafe XMLPushParser.collector(me).pointee.end(name) }
    unsafe handler.characters = { unsafe XMLPushParser.collector($0).pointee.text($1, $2) }
    unsafe handler.ignorableWhitespace = { unsafe XMLPushParser.collector($0).pointee.text($1, $2) }
    unsafe handler.cdataBlock = { unsafe XMLPushParser.collector($0).pointee.text($1, $2) }
    unsafe handler.internalSubset = { me, _, _, _ in unsafe XMLPushParser.collector(me).pointee.stop(.doctype) }
    // Without these libxml2 would ask about entities elsewhere, or speak on standard error with bytes of the document.
    unsafe handler.getEntity = { _, name in unsafe xmlGetPredefinedEntity(name) }
    unsafe handler.serror = { me, error in unsafe XMLPushParser.collector(me).pointee.note(error) }
    return unsafe handler
  }

  private static func collector(_ me: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLCollector> {
    guard let me = unsafe me else { bug("libxml2 called without its collector") }
    // SAFETY: it is the address that `init` gave; the parser is alive, because it is being fed.
    return unsafe me.assumingMemoryBound(to: XMLCollector.self)
  }

  /// Parses a piece of the document into events.
  ///
  /// - Throws: `XMLStreamError`.
  package func feed(_ bytes: Span<UInt8>) throws(XMLStreamError) -> XMLPiece {
    var place = 0
    while true {
      place = unsafe collector.pointee.takePlain(bytes, from: place)
      if place == bytes.count { return try confirmed() }
      // libxml2 copies what it gets, and goes over it at once: little at a time stays in a core's cache.
      let limit = min(bytes.count, place + XMLPushParser.step)
      let part = unsafe bytes.extracting(place..<collector.pointee.partEnd(bytes, from: place, limit: limit))
      // SAFETY: libxml2 copies the part, whose size is its count.
      _ = unsafe part.withUnsafeBytes { raw in
        unsafe xmlParseChunk(context, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), 0)
      }
      place += part.count
    }
  }

  /// Says that the document ends; what came of its end.
  ///
  /// - Throws: `XMLStreamError` where it must not end here.
  package func finish() throws(XMLStreamError) -> XMLPiece {
    _ = unsafe xmlParseChunk(context, nil, 0, 1)
    return try confirmed()
  }

  /// The number of a name, for comparing events with it.
  package func id(of name: String) -> Int32 { unsafe collector.pointee.id(of: Array(name.utf8)) }

  private func confirmed() throws(XMLStreamError) -> XMLPiece {
    let (line, column) = unsafe (Int(xmlSAX2GetLineNumber(context)), Int(xmlSAX2GetColumnNumber(context)))
    if let failure = unsafe collector.pointee.failure { throw XMLStreamError(kind: failure, line: line, column: column) }
    if unsafe context.pointee.wellFormed == 0 {
      let error = unsafe xmlCtxtGetLastError(context)
      let code = unsafe error.map { unsafe Int($0.pointee.code) } ?? 0
      let at = unsafe error.map { unsafe (Int($0.pointee.line), Int($0.pointee.int2)) } ?? (line, column)
      throw XMLStreamError(kind: .malformed(code), line: at.0, column: at.1)
    }
    if unsafe context.pointee.nsWellFormed == 0 {
      // libxml2 goes on behind this.
      let at = unsafe collector.pointee.firstFault ?? (line, column)
      throw XMLStreamError(kind: .namespace, line: at.line, column: at.column)
    }
    return unsafe collector.pointee.take()
  }
}
