/// Where an event of a warehouse came from: the command that was run, by which account and on which machine.
package struct AuditOrigin: Sendable {
  /// The command, such as `load`.
  package let command: String
  /// Its arguments, what may be a person's number taken out.
  package let arguments: String
  /// The account of the system that it ran under.
  package let account: String
  /// The machine.
  package let host: String
  /// The file that the heads of the chain are appended to; nil for the one beside the warehouse.
  package let anchor: String?

  /// The most digits behind one another that are shown of an argument: numbers of persons, telephones and certificates have more.
  private static let shownDigits = 10

  /// An origin; `arguments` are as they were given.
  package init(command: String, arguments: [String], account: String, host: String, anchor: String?) {
    (self.command, self.account, self.host, self.anchor) = (command, account, host, anchor)
    self.arguments = arguments.map(AuditOrigin.redacted).joined(separator: " ")
  }

  /// A text whose long runs of digits are stars, and that has no NUL, which SQLite ends a text at.
  package static func redacted(_ argument: String) -> String {
    var out: [UInt8] = []
    var digits: [UInt8] = []
    func flush() {
      out += digits.count > shownDigits ? Array("***".utf8) : digits
      digits = []
    }
    for byte in argument.utf8 where byte != 0 {
      if (0x30...0x39).contains(byte) {
        digits.append(byte)
        continue
      }
      flush()
      out.append(byte)
    }
    flush()
    return String(validating: out, as: UTF8.self) ?? ""
  }
}

/// One event of a warehouse, chained to the one before it.
package struct AuditEntry: Sendable, Equatable {
  /// Its number, from 1 without a gap.
  package let sequence: Int
  /// When it was written, in UTC.
  package let recordedAt: String
  /// Who ran the command, as it was said.
  package let operatorName: String
  /// The account of the system, and the machine.
  package let account, host: String
  /// The version of the program, the command and its arguments.
  package let toolVersion, command, arguments: String
  /// The batch that it tells of; nil for none.
  package let batch: Int?
  /// The SHA-256 of the files, parted by commas, and what came of their rows; nil where none were read.
  package let inputs, counts: String?
  /// What it was for, and why; nil where nobody said.
  package let purpose, reason: String?
  /// The hash of the entry before it (64 zeros for the first), and its own: SHA-256, in hexadecimal digits.
  package let previous, hash: String
}
