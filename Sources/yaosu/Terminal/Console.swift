import ElementCore
import ElementPipeline
import Foundation

/// Where data and talk go: data to standard output, talk to standard error, never mixed.
enum Console {
  /// Writes data; a reader that went away ends the program quietly.
  static func data(_ text: String) { data(Array(text.utf8)) }

  /// Writes data as bytes.
  static func data(_ bytes: [UInt8]) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
      if cause.domain == NSPOSIXErrorDomain, cause.code == Int(EPIPE) { Foundation.exit(0) }
      talk(
        say(
          "yaosu: 无法写入标准输出（\(cause.localizedDescription)）\n       请检查磁盘空间\n",
          "yaosu: standard output cannot be written (\(cause.localizedDescription))\n       Check the free space\n"))
      Foundation.exit(5)
    }
  }

  /// Writes talk.
  static func talk(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Whether data goes to a terminal.
  static var dataIsTerminal: Bool { isatty(1) == 1 }

  /// Whether talk goes to a terminal.
  static var talkIsTerminal: Bool { isatty(2) == 1 }

  /// Whether data is read on a terminal that shows colours, and nobody asked for none (https://no-color.org).
  static var showsColour: Bool {
    dataIsTerminal && (Environment.value("NO_COLOR") ?? "").isEmpty && Environment.value("TERM") != "dumb"
  }

  /// Tells why work could not be done, and what to do next.
  static func tell(_ trouble: Trouble, _ language: Language) {
    var place = trouble.file.map { PrintableText.escape($0) } ?? ""
    if trouble.line > 0 { place += ":\(trouble.line)" + (trouble.column > 0 ? ":\(trouble.column)" : "") }
    let code = trouble.code.map { "\($0) " } ?? ""
    talk("yaosu: \(place.isEmpty ? "" : place + ": ")\(code)\(trouble.message[language])\n       \(trouble.hint[language])\n")
  }
}
