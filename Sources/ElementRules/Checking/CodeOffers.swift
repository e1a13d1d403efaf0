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

  /// What was worked out so far.
  private struct Known {
    var offers: [Place: Offer] = [:]
    /// The words of the lists, by the field.
    var names: [Int: NearNames] = [:]
  }

  private let known = Mutex(Known())
  /// The most values that are kept, and their most bytes.
  private static let (limit, longest) = (4_096, 64)

  /// What is offered for a value of a field (from 0) that is not in its list.
  func offer(_ value: Span<UInt8>, field: Int, _ table: CodeTable) -> Offer {
    let place = Place(field: field, value: [UInt8](span: value))
    if let offer = known.withLock({ $0.offers[place] }) { return offer }
    let offer = CodeOffers.search(String(escapingInvalid: value), table, names(field, table))
    if value.count <= CodeOffers.longest {
      known.withLock { if $0.offers.count < CodeOffers.limit { $0.offers[place] = offer } }
    }
    return offer
  }

  private func names(_ field: Int, _ table: CodeTable) -> NearNames {
    if let names = known.withLock({ $0.names[field] }) { return names }
    let names = table.nearNames
    known.withLock { $0.names[field] = names }
    return names
  }

  private static func search(_ text: String, _ table: CodeTable, _ names: NearNames) -> Offer {
    // A spreadsheet drops the zeros that codes begin with.
    let padded = table.entry("0" + text) ?? table.entry("00" + text)
    let sure = padded ?? names.sure(text).map { table.entries[$0] }
    func shown(_ entry: CodeEntry) -> String { "\(entry.code) \(entry.label)" }
    if let sure { return Offer(sure: shown(sure), near: []) }
    let meant = table.homonyms(text)
    if !meant.isEmpty { return Offer(sure: nil, near: meant.map(shown)) }
    let nearest = names.nearest(text)
    // One alone would be taken for the one that is meant.
    return Offer(sure: nil, near: nearest.count > 1 ? nearest.map { shown(table.entries[$0]) } : [])
  }
}
