import ElementCore
import Foundation

extension OfficeZone {
  /// A zone of the machine's time-zone database, with its changes from 1970 to 2099; nil where that has none of this name.
  init?(named name: String) {
    guard
      TimeZone.knownTimeZoneIdentifiers.contains(where: { $0.utf8.elementsEqual(name.utf8) })
        || name.utf8.elementsEqual("UTC".utf8),
      let zone = TimeZone(identifier: name)
    else { return nil }
    var changes: [Change] = []
    var date = Date(timeIntervalSince1970: 0)
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    while let next = zone.nextDaylightSavingTimeTransition(after: date), next < end, next > date {
      changes.append(Change(moment: Int(next.timeIntervalSince1970), offset: zone.secondsFromGMT(for: next)))
      date = next
    }
    let winter = zone.secondsFromGMT(for: date) - Int(zone.daylightSavingTimeOffset(for: date))
    self.init(name: name, standard: winter, changes: changes)
  }
}
