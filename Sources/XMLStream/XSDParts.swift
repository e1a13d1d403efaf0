import CLibXML2
import Synchronization

/// The documents that libxml2 may load while it parses a schema: those that were given, and nothing else, ever.
enum XSDParts {
  private static let served = Mutex<[String: [UInt8]]>([:])
  private static let turn = Mutex(())
  private static let install: Void = unsafe xmlSetExternalEntityLoader { url, _, context in unsafe XSDParts.load(url, context) }

  /// Runs `body` while these documents are there.
  static func serving<T>(_ parts: [String: [UInt8]], _ body: () -> T) -> T {
    turn.withLock { _ in
      _ = install
      served.withLock { $0 = parts }
      defer { served.withLock { $0 = [:] } }
      return body()
    }
  }

  private static func load(_ url: UnsafePointer<CChar>?, _ context: xmlParserCtxtPtr?) -> xmlParserInputPtr? {
    guard var name = unsafe url.map({ unsafe String(cString: $0) }) else { return nil }
    if name.hasPrefix("./") { name.removeFirst(2) }
    let part = served.withLock { parts in parts.first { $0.key.utf8.elementsEqual(name.utf8) }?.value }
    guard let part else { return nil }
    return unsafe part.withUnsafeBytes { raw in
      // SAFETY: libxml2 copies the bytes, whose number is given; the parser it makes the input for frees it.
      let text = unsafe raw.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let buffer = unsafe xmlParserInputBufferCreateMem(text, Int32(raw.count), XML_CHAR_ENCODING_NONE) else {
        return nil
      }
      guard let input = unsafe xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_UTF8) else {
        unsafe xmlFreeParserInputBuffer(buffer)
        return nil
      }
      return unsafe input
    }
  }
}
