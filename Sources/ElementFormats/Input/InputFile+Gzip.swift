import Deflate
import ElementCore

extension InputFile {
  /// What a file holds: itself, or what it was compressed from, told by its first bytes and not by its name.
  ///
  /// - Throws: `InputError` of kind `unreadable` or `limit`.
  package func content() throws(InputError) -> InputFile {
    try bytes(0..<min(size, 2)).elementsEqual([0x1F, 0x8B]) ? try InputFile(inflating: self) : self
  }

  /// What a gzip file was compressed from: positions in it count in the inflated form.
  private convenience init(inflating source: InputFile) throws(InputError) {
    try self.init(spooling: source.path, source.limits) { (write) throws(InputError) in
      var offset = 0
      do {
        try InputFile.inflate(source, &offset, write)
      } catch let error as DeflateError {
        throw InputFile.failure(
          error, source.path, of: LocalizedText(zh: "gzip 压缩文件", en: "a gzip file"), at: offset)
      } catch let error as InputError {
        throw error
      } catch {
        bug("inflating threw something else")
      }
    }
  }

  private static func inflate(_ source: InputFile, _ offset: inout Int, _ write: Write) throws {
    var input = [UInt8](repeating: 0, count: 1 << 18)
    var output = [UInt8](repeating: 0, count: 1 << 20)
    var total = 0
    var inflater = try Inflater(.gzip)
    while true {
      let got = try source.read(into: &input, from: 0, count: input.count, at: offset)
      if got == 0 { break }
      var taken = 0
      var isFull = false
      while taken < got || isFull {
        let step = try inflater.inflate(input.span.extracting(taken..<got), into: &output)
        try write(output, step.produced)
        taken += step.consumed
        offset += step.consumed
        total += step.produced
        isFull = step.produced == output.count
        if total > inflationFloor, total / source.limits[.inflation] > offset { throw bomb(source) }
      }
    }
    if !inflater.isAtEnd { throw DeflateError.truncated }
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
