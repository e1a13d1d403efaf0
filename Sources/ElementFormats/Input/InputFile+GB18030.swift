import ElementCore

extension InputFile {
  /// The text of a GB 18030 document as UTF-8: positions in it count in the UTF-8 form. For markup, whose tags no code cuts.
  ///
  /// - Throws: `InputError` of kind `encoding` where it is not valid.
  convenience init(utf8OfMarkup source: InputFile) throws(InputError) {
    try self.init(spooling: source.path, source.limits) { (write) throws(InputError) in
      var rest: [UInt8] = []
      var offset = 0
      while offset < source.size || !rest.isEmpty {
        let piece = try source.bytes(offset..<min(source.size, offset + 1 << 20))
        offset += piece.count
        rest += piece
        // `>` is never the second byte of a code.
        let cut = offset >= source.size ? rest.count : (rest.lastIndex(of: 0x3E) ?? -1) + 1
        guard cut > 0 || offset < source.size else { throw InputFile.undecodable(source.path, offset) }
        var text: [UInt8] = []
        guard GB18030.shared.decode(rest.span.extracting(0..<cut), into: &text) else {
          throw InputFile.undecodable(source.path, offset - rest.count + GB18030.shared.validPrefix(rest.span))
        }
        try write(text, text.count)
        rest.removeFirst(cut)
      }
    }
  }

  private static func undecodable(_ path: String, _ offset: Int) -> InputError {
    InputError(
      .encoding, path: path,
      message: LocalizedText(
        zh: "第 \(offset) 字节处有 GB 18030 无法解码的内容", en: "holds bytes at byte \(offset) that GB 18030 does not allow"),
      hint: LocalizedText(zh: "请从原系统重新导出", en: "Export it again from the source"))
  }
}
