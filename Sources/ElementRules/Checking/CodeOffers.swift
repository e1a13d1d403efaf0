import ElementCore
import Synchronization

/// What is offered for values outside their lists, worked out once a value: rosters repeat the words of their office.
final class CodeOffers: Sendable {
  /// The codes that a value may mean, each with its label.
  struct Offer: Sendable {
    /// The one that it means beyond doubt; nil where there is none.
    let sure: String?
    /// The nearest ones where none is sure, none of them preferred.
    let near: [String]
  }

  /// A value of a field.
  private struct Place: Hashable {
    let field: Int
    let value: [UInt8]
  }

  private let known = Mutex<[Place: Offer]>([:])
  /// The most values that are kept, and their most bytes.
  private static let (limit, longest) = (4_096, 64)

  /// What is offered for a value of a field (from 0) that is not in its list.
  func offer(_ value: Span<UInt8>, field: Int, _ table: CodeTable) -> Offer {
    let place = Place(field: field, value: [UInt8](span: value))
    if let offer = known.withLock({ $0[place] }) { return offer }
    let offer = CodeOffers.search(String(escapingInvalid: value), table)
    if value.count <= CodeOffers.longest {
      known.withLock { if $0.count < CodeOffers.limit { $0[place] = offer } }
    }
    return offer
  }

  private static func search(_ text: String, _ table: CodeTable) -> Offer {
    // A spreadsheet drops the zeros that codes begin with.
    let padded = table.entry("0" + text) ?? table.entry("00" + text)
    let sure = (padded ?? table.sure(text)).map { "\($0.code) \($0.label)" }
    return Offer(sure: sure, near: sure == nil ? table.near(text).map { "\($0.code) \($0.label)" } : [])
  }
}
