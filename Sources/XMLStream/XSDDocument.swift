import CLibXML2

/// An XML schema (XSD 1.0), parsed by libxml2 from bytes alone: nothing is opened and nobody is asked.
///
/// Safe: the schema is freed once, in `deinit`, and only read in between, which libxml2 allows in several threads.
@safe package final class XSDDocument: @unchecked Sendable {
  /// Why a schema cannot be used.
  package struct Problem: Error, Sendable {
    /// The error number of libxml2; 0 for one without.
    package let code: Int
    /// The line, from 1; 0 where it is not known.
    package let line: Int
  }

  let schema: xmlSchemaPtr

  /// Parses the schema `name` of `parts`: the documents, in UTF-8 and without declarations of another encoding, by the names
  /// that they have for each other.
  ///
  /// - Throws: `Problem`.
  package init(_ name: String, of parts: [String: [UInt8]]) throws(Problem) {
    var found = Problem(code: 0, line: 0)
    let made = unsafe XSDParts.serving(parts) { unsafe XSDDocument.parse(name, &found) }
    guard let made = unsafe made else { throw found }
    unsafe schema = made
  }

  deinit {
    unsafe xmlSchemaFree(schema)
  }

  private static func parse(_ name: String, _ found: inout Problem) -> xmlSchemaPtr? {
    // SAFETY: libxml2 copies the name, and reports during this call only, to an address that is valid as long.
    guard let parser = unsafe xmlSchemaNewParserCtxt(name) else { return nil }
    defer { unsafe xmlSchemaFreeParserCtxt(parser) }
    return unsafe withUnsafeMutablePointer(to: &found) { place in
      unsafe xmlSchemaSetParserStructuredErrors(parser, { unsafe XSDDocument.note($0, $1) }, place)
      let schema = unsafe xmlSchemaParse(parser)
      // What could not be found is a warning to libxml2, and half a schema to us.
      if unsafe place.pointee.code != 0, let schema = unsafe schema {
        unsafe xmlSchemaFree(schema)
        return nil
      }
      return unsafe schema
    }
  }

  /// Keeps the first error: those that follow come from it.
  private static func note(_ place: UnsafeMutableRawPointer?, _ error: xmlErrorPtr?) {
    guard let place = unsafe place?.assumingMemoryBound(to: Problem.self), unsafe place.pointee.code == 0,
      let error = unsafe error
    else { return }
    unsafe place.pointee = unsafe Problem(code: Int(error.pointee.code), line: Int(error.pointee.line))
  }
}
