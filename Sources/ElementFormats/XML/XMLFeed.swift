import XMLStream

/// Feeds a document to its parser, piece by piece.
///
/// Safe to send: whoever holds it uses it from one thread at a time.
final class XMLFeed: @unchecked Sendable {
  private let file: InputFile
  private let pieceSize: Int
  private var offset: Int
  private var isEnded = false
  let parser: XMLPushParser

  /// A feed of the document in `file` that starts at `offset`, in pieces of so many bytes; validated by `xsd` where that is given.
  ///
  /// - Throws: `InputError` where there is no memory.
  init(_ file: InputFile, from offset: Int, pieceSize: Int, tagDepth: Int, xsd: XSDFile? = nil) throws(InputError) {
    (self.file, self.offset, self.pieceSize) = (file, offset, pieceSize)
    do {
      parser = try XMLPushParser(
        XMLLimits(depth: file.limits[.depth], attributes: file.limits[.attributes], tagDepth: tagDepth),
        xsd: xsd?.document)
    } catch {
      throw XMLRefusal.error(error, file.path)
    }
  }

  /// What the next piece came to; nil behind the end of the document.
  ///
  /// - Throws: `InputError` where the file cannot be read, or is no XML.
  func next() throws(InputError) -> XMLPiece? {
    if isEnded { return nil }
    let bytes = try file.bytes(offset..<min(file.size, offset + pieceSize))
    offset += bytes.count
    isEnded = bytes.isEmpty
    do {
      return isEnded ? try parser.finish() : try parser.feed(bytes.span)
    } catch {
      throw XMLRefusal.error(error, file.path)
    }
  }

  /// Parses what stands before a place, and goes on at another one, at or behind it; what came of it.
  ///
  /// - Throws: `InputError` where the file cannot be read, or is no XML.
  func enter(before place: Int, at start: Int) throws(InputError) -> XMLPiece {
    let before = try file.bytes(offset..<place)
    offset = start
    do {
      return try parser.feed(before.span)
    } catch {
      throw XMLRefusal.error(error, file.path)
    }
  }
}
