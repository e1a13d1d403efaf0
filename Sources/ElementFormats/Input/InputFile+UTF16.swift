import ElementCore

extension InputFile {
  /// The text of a UTF-16 file as UTF-8: positions in it count in the UTF-8 form.
  package convenience init(utf8Of source: InputFile, bigEndian: Bool) throws(InputError) {
    try self.init(spooling: source.path, source.limits) { (write) throws(InputError) in
      var transcoder = UTF16Transcoder(bigEndian: bigEndian)
      var buffer = [UInt8](repeating: 0, count: 1 << 20)
      var offset = 0
      while true {
        let got = try source.read(into: &buffer, from: 0, count: buffer.count, at: offset)
        var text: [UInt8] = []
        transcoder.append(buffer.span.extracting(0..<got), to: &text)
        if got == 0 { transcoder.finish(&text) }
        try write(text, text.count)
        offset += got
        if got == 0 { break }
      }
    }
  }
}
