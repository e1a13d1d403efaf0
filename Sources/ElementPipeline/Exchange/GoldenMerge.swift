import ElementCore
import ElementExchange
import ElementLinkage
import ElementSchema
import ElementWarehouse

/// Makes one record of all rows of a person, house or organisation: of each field the value that is trusted most. Nothing is put together of parts, and
/// rows stay as they are.
///
/// A citizen number is taken where it is sound. *Deceased* stands whoever says it. Telephones are the newest ones. Every other value is that of the most
/// trusted dataset (`rank`), of its latest row, of addresses the longest; the lowest row number decides the rest.
struct GoldenMerge {
  /// What rows came to.
  struct Golden {
    /// One row, whose number is that of the person, house or organisation.
    var rows = PackageReader.Rows()
    /// The datasets of its rows, parted by `+`.
    var provenance: [UInt8] = []
    /// A digest of all it says.
    var digest: UInt64 = 0
    /// What each row says of the age, a row each as the record is read: it is looked at, and not shown.
    var ages = PackageReader.Rows()
  }

  /// The datasets as they are read.
  let sources: [PackageReader.Source]
  private let ranks: [Int]
  private let width: Int
  /// The places of the fields that tell an age among those that are read.
  private let agePlaces: [Int]
  private let rules: [Rule]
  /// The status of somebody who has died, by the code set `recordStatus`.
  private static let deceased = Array("03".utf8)

  /// How the value of a field is chosen.
  private enum Rule { case trusted, sound, newest, longest, status }

  /// A merge of the rows of a part's sources; `read` are the fields, from 0, whose values are wanted, in their order.
  init(_ part: ProfileDataset, read: [Int]) {
    sources = part.sources.map { source in
      PackageReader.Source(
        source.dataset, fields: read.map { source.fields[$0] } + part.ageFields.map { source.allFields[$0] },
        activity: source.dataset.linkage?.roles[.activity] ?? [])
    }
    ranks = part.sources.map(\.rank)
    (width, agePlaces) = (read.count, part.ageFields.compactMap(read.firstIndex(of:)))
    let roles = part.dataset.linkage?.roles ?? [:]
    rules = read.map { field in
      if part.dataset.fields[field].type == .citizenId { return .sound }
      let role = roles.first { $0.value.contains(field) }?.key
      switch role {
      case .phone: return .newest
      case .address, .domicile: return .longest
      case .status: return .status
      default: return .trusted
      }
    }
  }

  /// The record of the rows of one.
  func golden(_ entity: UInt32, _ members: [PackageReader.Member]) -> Golden {
    let trusted = members.sorted { isBefore($0, $1, byRank: true) }
    let newest = members.sorted { isBefore($0, $1, byRank: false) }
    var golden = Golden()
    golden.rows.ids = [Int64(entity)]
    for (place, rule) in rules.enumerated() {
      let start = golden.rows.bytes.count
      golden.rows.bytes += value(place, rule, trusted, newest)
      golden.rows.ranges.append(FieldRange(start, golden.rows.bytes.count))
    }
    for member in members { addAge(of: member, to: &golden.ages) }
    let places = Set(members.map(\.source)).sorted()
    golden.provenance = Array(places.map { Array(sources[$0].dataset.name.utf8) }.joined(separator: [0x2B]))
    var hash = XXH64.hash(golden.provenance.span)
    for range in golden.rows.ranges { hash = XXH64.hash(golden.rows.bytes.span.extracting(range.indices), seed: hash) }
    golden.digest = hash
    return golden
  }

  private func addAge(of member: PackageReader.Member, to rows: inout PackageReader.Rows) {
    rows.ids.append(member.row)
    for place in 0..<width {
      let start = rows.bytes.count
      if let age = agePlaces.firstIndex(of: place) { rows.bytes += member.values[width + age] }
      rows.ranges.append(FieldRange(start, rows.bytes.count))
    }
  }

  private func isBefore(_ one: PackageReader.Member, _ other: PackageReader.Member, byRank: Bool) -> Bool {
    if byRank, ranks[one.source] != ranks[other.source] { return ranks[one.source] < ranks[other.source] }
    if one.day != other.day { return other.day.lexicographicallyPrecedes(one.day) }
    return (one.source, one.row) < (other.source, other.row)
  }

  private func value(
    _ place: Int, _ rule: Rule, _ trusted: [PackageReader.Member], _ newest: [PackageReader.Member]
  ) -> [UInt8] {
    let values = (rule == .newest ? newest : trusted).map { ($0, $0.values[place]) }.filter { !$0.1.isEmpty }
    guard let first = values.first else { return [] }
    switch rule {
    case .trusted, .newest: return first.1
    case .sound: return (values.first { NumberForm($0.1.span).kind == .valid } ?? first).1
    case .status: return values.contains { $0.1 == Self.deceased } ? Self.deceased : first.1
    case .longest:
      let equals = values.prefix { ranks[$0.0.source] == ranks[first.0.source] && $0.0.day == first.0.day }
      return equals.reduce(first) { $1.1.count > $0.1.count ? $1 : $0 }.1
    }
  }
}
