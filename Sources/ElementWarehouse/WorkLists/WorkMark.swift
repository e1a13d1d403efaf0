import Crypto
import ElementFormats
import GRDB

/// What rows of work lists are called by: the same record has the same mark, wherever it stands in a list.
struct WorkMark {
  private let keyed: HMAC<SHA256>

  /// The marks of a warehouse, with its own secret.
  init(_ db: Database, path: String) throws {
    keyed = HMAC<SHA256>(key: SymmetricKey(data: try WaitingIdentity.secret(db, path: path)))
  }

  /// The mark of a record of a dataset in a grid.
  func text(_ dataset: String, _ key: String, _ grid: String) -> String {
    var keyed = keyed
    for part in ["work", dataset, key, grid] { keyed.update(data: Array("\(part.utf8.count):\(part)".utf8)) }
    return String(Hexadecimal.text(Array(keyed.finalize())).prefix(8)).uppercased()
  }
}
