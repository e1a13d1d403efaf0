import Crypto
import ElementCore
import ElementFormats
import ElementSchema

extension DeliveryOptions {
  private static let (complete, accept, scheme) = ("complete", "accept", "gridScheme=")
  /// How the word begins that says which settings of the site a load was judged by.
  static let settings = "settings="

  /// What is asked that decides about rows, as a batch keeps it so that its files can be planned again.
  var deciding: [String] {
    get {
      let named = gridScheme ?? configuration.gridScheme
      return (isComplete ? [Self.complete] : []) + (acceptsOwners ? [Self.accept] : [])
        + (named.map { $0.utf8.contains(0x2C) ? [] : [Self.scheme + $0] } ?? []) + [Self.settings + settingsDigest]
    }
    set {
      func has(_ word: String) -> Bool { newValue.contains { $0.utf8.elementsEqual(word.utf8) } }
      (isComplete, acceptsOwners) = (has(Self.complete), has(Self.accept))
      let named = newValue.first { $0.utf8.starts(with: Self.scheme.utf8) }
      provedWaivers = RunWaivers.named(by: newValue)
      gridScheme = named.map { String($0.dropFirst(Self.scheme.count)) } ?? gridScheme
    }
  }

  /// What the site's settings say that decide about rows, as the beginning of a SHA-256 in hexadecimal digits.
  private var settingsDigest: String {
    let demands = configuration.demands
    let ranks = configuration.senders.compactMap { name, sender in sender.rank.map { "\(name)=\($0)" } }.sorted()
    let parts =
      [configuration.timeZone.name, configuration.householdNumberScope.rawValue, String(configuration.ownerDays)] + demands
      + ranks
    return String(Hexadecimal.text(Array(SHA256.hash(data: Array(parts.joined(separator: "\n").utf8)))).prefix(16))
  }
}
