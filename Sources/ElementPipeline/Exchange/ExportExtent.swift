import ElementCore
import ElementExchange
import ElementWarehouse

/// Decides whether a package holds all, or what changed, and since when.
struct ExportExtent {
  private let asked: ExportOptions.Extent
  private let profile: ExportProfile
  private let series: PackageSeries
  private let appearance: String
  private let warehouse: Warehouse

  /// A decision about what is asked for, of the packages to one recipient; `appearance` says what records look like to it.
  init(
    _ asked: ExportOptions.Extent, _ profile: ExportProfile, _ series: PackageSeries, appearance: String, _ warehouse: Warehouse
  ) {
    (self.asked, self.profile, self.series, self.warehouse) = (asked, profile, series, warehouse)
    self.appearance = appearance
  }

  /// What the package holds, and what it builds on.
  ///
  /// - Throws: `ExportRefusal` where a delta was asked for that cannot be told.
  func decided() throws -> (PackageOrder.Kind, PackageBase) {
    let last = try warehouse.packageBase(of: series)
    switch asked {
    case .full: return (.full, last)
    case .resend: return (.resend, last)
    case .due:
      guard profile.tellsDeltas, last.package != nil, isSame(last),
        try !warehouse.isErased(since: last, profile.datasets.map(\.dataset))
      else {
        return (.full, last)
      }
      return (.delta, last)
    case .since(let point):
      guard profile.tellsDeltas else { throw ExportRefusal.noDelta(profile) }
      guard let base = try base(point) else { throw ExportRefusal.noBase(profile, point) }
      guard isSame(base) else { throw ExportRefusal.otherProfile(profile, point) }
      if try warehouse.isErased(since: base, profile.datasets.map(\.dataset)) { throw ExportRefusal.erased(profile) }
      return (.delta, base)
    }
  }

  private func isSame(_ base: PackageBase) -> Bool {
    base.package?.profileDigest.utf8.elementsEqual(appearance.utf8) == true
  }

  /// The package that a word means: its identity or number; or the last acknowledged one that knows no batch behind a number, or was made on a day
  /// or before.
  private func base(_ point: String) throws -> PackageBase? {
    let packages = try warehouse.packages(of: series).filter { $0.state == .sent && $0.kind != .resend }
    if let named = packages.first(where: { $0.identity.utf8.elementsEqual(point.utf8) }) {
      return try warehouse.packageBase(of: series, number: named.number)
    }
    let answered = packages.filter { $0.answer == .acknowledged }
    let found: StoredPackage? =
      if let batch = Int(point) {
        try warehouse.batches().contains { $0.id == batch } ? answered.last { $0.batch <= batch } : nil
      } else if point.utf8.elementsEqual("last".utf8) {
        answered.last
      } else if CalendarDate(iso: Array(point.utf8).span) != nil {
        // Both are days of one form.
        answered.last { $0.madeAt.prefix(10) <= point }
      } else {
        nil
      }
    return try found.flatMap { try warehouse.packageBase(of: series, number: $0.number) }
  }
}
