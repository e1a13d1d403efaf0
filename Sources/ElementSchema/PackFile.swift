import Crypto
import ElementFormats

/// One YAML or CSV file of a schema pack, read whole.
package struct PackFile: Sendable {
  /// The path below `schemas/`, such as `codes/sex.csv`.
  package let path: String
  /// What the file says, in UTF-8.
  package let text: String
  /// The name that errors give it: its path on disk, or below `schemas/` where it is shipped.
  package let origin: String

  /// Whether it is embedded in the program.
  package let isShipped: Bool

  /// The SHA-256 of its text, in lower-case hexadecimal.
  package let sha256: String

  /// A file that is read.
  package init(path: String, text: String, origin: String? = nil) {
    self.path = path
    self.text = text
    self.origin = origin ?? path
    isShipped = false
    sha256 = Hexadecimal.text(Array(SHA256.hash(data: Array(text.utf8))))
  }

  /// A file that is embedded in the program; its hash stands beside it.
  init(shipped file: EmbeddedPack.File) {
    path = file.path.description
    text = file.text.description
    origin = path
    isShipped = true
    sha256 = file.sha256.description
  }

  /// Its name without folders and ending.
  package var stem: String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.prefix { $0 != "." })
  }
}
