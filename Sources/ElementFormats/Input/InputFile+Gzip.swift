import Deflate
import ElementCore

extension InputFile {
  /// What a file holds: itself, or what it was compressed from, told by its first bytes and not by its name; `visit` sees the
  /// inflated pieces one by one, where there are any.
  ///
  /// - Throws: `InputError` of kind `unreadable` or `limit`.
  package func content(_ visit: (_ piece: [UInt8]) -> Void = { _ in }) throws(InputError) -> InputFile {
    try bytes(0..<min(size, 2)).elementsEqual([0x1F, 0x8B]) ? try InputFile(inflating: self, visit) : self
  }

  /// What a gzip file was compressed from: positions in it count in the inflated form.
  private convenience init(inflating source: InputFile, _ visit: (_ piece: [UInt8]) -> Void) throws(InputError) {
    try self.init(spooling: source.path, source.limits) { (write) throws(InputError) in
      // Inflating takes the most time: what becomes of the pieces happens beside it.
      let pieces = try GzipPieces(source)
      let ahead = ReadAhead(8) { () throws(InputError) in try pieces.next() }
      while let piece = try ahead.next() {
        try write(piece, piece.count)
        visit(piece)
      }
    }
  }

  /// So much may come from little: a short file of one line repeated.
  static let inflationFloor = 64 << 20

  /// Why compressed data cannot be read, at a byte of the file.
  static func failure(_ error: DeflateError, _ path: String, of kind: LocalizedText, at offset: Int) -> InputError {
    let what =
      switch error {
      case .truncated: LocalizedText(zh: "不完整，在第 \(offset) 字节处中断", en: "ends within the data, at byte \(offset)")
      case .damaged(let why):
        LocalizedText(zh: "在第 \(offset) 字节附近损坏（\(why)）", en: "is damaged near byte \(offset) (\(why))")
      case .trailing: LocalizedText(zh: "末尾（第 \(offset) 字节起）有不属于它的数据", en: "has other data behind its end, from byte \(offset)")
      case .memory: LocalizedText(zh: "解压内存不足", en: "cannot be inflated: there is no memory")
      }
    return InputError(
      .unreadable, path: path, message: LocalizedText(zh: "\(kind.zh)\(what.zh)", en: "is \(kind.en) and \(what.en)"),
      hint: LocalizedText(zh: "请让提供方重新压缩、重新传送", en: "Ask the sender to compress and send it again"))
  }

  /// A file that inflates to more than any roster does: text compresses to a twentieth, hardly ever to a hundredth.
  static func bomb(_ file: InputFile) -> InputError {
    let limit = file.limits[.inflation]
    return ReadingLimits.refusal(
      .inflation, file.path, zh: "解压后超过压缩前的 \(limit) 倍，疑为压缩炸弹", en: "inflates to more than \(limit) times its size")
  }
}
