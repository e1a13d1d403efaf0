import Crypto
import ElementCore
import ElementFormats
import GRDB

/// What stands beside a question that is handed out: which warehouse asked, and what it asked about, so that an answer is taken for nothing else.
package struct QuestionMark: Sendable {
  private let keyed: HMAC<SHA256>
  private let warehouse: String
  private static let (warehouseDigits, questionDigits) = (6, 10)

  /// What an answer's mark says of it.
  package enum Verdict: Sendable {
    /// It answers the question as it stands.
    case fits
    /// The two rows have changed since.
    case stale
    /// Another warehouse asked.
    case foreign
    /// It is no mark.
    case altered
  }

  init(_ db: Database, path: String) throws {
    keyed = HMAC<SHA256>(key: SymmetricKey(data: try WaitingIdentity.secret(db, path: path)))
    var hash = keyed
    hash.update(data: Array("linkage".utf8))
    warehouse = String(Hexadecimal.text(Array(hash.finalize())).prefix(Self.warehouseDigits))
  }

  /// The mark of a question.
  package func text(_ question: StoredQuestion) -> String { warehouse + "-" + digest(question) }

  private func digest(_ question: StoredQuestion) -> String {
    let link = question.link
    var hash = keyed
    let parts = [
      String(question.id), link.left.dataset, String(link.left.row), link.right.dataset, String(link.right.row),
      String(link.pattern),
    ]
    hash.update(data: Array(parts.joined(separator: "\n").utf8))
    return String(Hexadecimal.text(Array(hash.finalize())).prefix(Self.questionDigits))
  }

  /// Whether another warehouse made a mark.
  package func isForeign(_ text: String) -> Bool {
    let parts = text.split(separator: "-").map(String.init)
    return parts.count == 2 && parts[0].utf8.count == Self.warehouseDigits && !parts[0].utf8.elementsEqual(warehouse.utf8)
  }

  /// What the mark beside an answer says.
  package func verdict(_ text: String, of question: StoredQuestion) -> Verdict {
    let parts = text.split(separator: "-").map(String.init)
    guard parts.count == 2, parts[0].utf8.count == Self.warehouseDigits, parts[1].utf8.count == Self.questionDigits else {
      return .altered
    }
    guard parts[0].utf8.elementsEqual(warehouse.utf8) else { return .foreign }
    return parts[1].utf8.elementsEqual(digest(question).utf8) ? .fits : .stale
  }
}

extension LinkageSession {
  /// What marks the questions that this warehouse hands out.
  package func marks() throws -> QuestionMark { try QuestionMark(db, path: path) }
}
