import CLibXML2

/// The validation of one document against a schema, beside its parsing.
///
/// Safe: the plug is taken out and the context freed once, in `deinit`, before the parser's own context, whose owner holds this.
@safe final class XSDValidation {
  private let schema: XSDDocument
  private let context: xmlSchemaValidCtxtPtr
  private let plug: xmlSchemaSAXPlugPtr

  /// Puts the validation between a parser and its collector; nil where there is no memory.
  init?(_ schema: XSDDocument, _ parser: xmlParserCtxtPtr, _ collector: UnsafeMutablePointer<XMLCollector>) {
    guard let made = unsafe xmlSchemaNewValidCtxt(schema.schema) else { return nil }
    // SAFETY: libxml2 reports while the parser is fed, when its collector is alive.
    unsafe xmlSchemaSetValidStructuredErrors(
      made,
      { me, error in
        guard let error = unsafe error, unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        unsafe me?.assumingMemoryBound(to: XMLCollector.self).pointee.violation(error.pointee.code)
      }, collector)
    guard let plug = unsafe xmlSchemaSAXPlug(made, &parser.pointee.sax, &parser.pointee.userData) else {
      unsafe xmlSchemaFreeValidCtxt(made)
      return nil
    }
    // The plug does not pass this on, and without it libxml2 would speak on standard error.
    unsafe parser.pointee.sax.pointee.serror = { _, _ in }
    self.schema = schema
    unsafe context = made
    unsafe self.plug = unsafe plug
  }

  deinit {
    unsafe xmlSchemaSAXUnplug(plug)
    unsafe xmlSchemaFreeValidCtxt(context)
  }
}
