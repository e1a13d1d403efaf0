import Deflate
import Dispatch
import ElementCore

extension InputFile {
  /// What a file holds: itself, or what it was compressed from, told by its first bytes and not by its name.
  ///
  /// - Throws: `InputError` of kind `unreadable` or `limit`.
  package func content() throws(InputError) -> InputFile {
    let file = try growingContent { _ in }
    _ = try file.wholeSize
    return file
  }

  /// The same, without waiting until all is inflated; `visit` sees the inflated pieces one by one, before they can
  /// be read, and nil at their end.
  ///
  /// - Throws: `InputError` of kind `unreadable`.
  func growingContent(_ visit: @escaping @Sendable (_ piece: [UInt8]?) -> Void) throws(InputError) -> InputFile {
    guard try head(2) == [0x1F, 0x8B] else { return self }
    let pieces = try GzipPieces(self)
    let growth = FileGrowth(expected: try inflatedSize)
    let file = try InputFile(growing: path, limits, growth)
    // Inflating takes the most time: what becomes of the pieces happens beside it. Two at once would only share the cores that
    // check what the first one gives.
    InputFile.inflating.async { [weak file] in
      let ahead = ReadAhead { () throws(InputError) in try pieces.next() }
      growth.fill({ file }, visit, pieces.giveBack) { () throws(InputError) in try ahead.next() }
    }
    return file
  }

  /// The first bytes of what it holds, `limit` at most.
  ///
  /// - Throws: `InputError` of kind `unreadable` or `limit`.
  package func beginning(_ limit: Int) throws(InputError) -> [UInt8] {
    guard try head(2) == [0x1F, 0x8B] else { return try head(limit) }
    let pieces = try GzipPieces(self)
    var out: [UInt8] = []
    while out.count < limit, let piece = try pieces.next() { out += piece }
    return Array(out.prefix(limit))
  }

  private static let inflating = DispatchQueue(label: "inflating")

  /// What it inflates to, by its own last four bytes (RFC 1952 §2.3.1), as far as these are likely.
  private var inflatedSize: Int {
    get throws(InputError) {
      let end = try bytes(max(0, size - 4)..<size)
      let told = end.reversed().reduce(0) { $0 << 8 | Int($1) }
      return min(max(told, size * 3), size * 20)
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
