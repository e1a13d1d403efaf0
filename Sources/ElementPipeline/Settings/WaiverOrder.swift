package import ElementCore
package import ElementSchema
package import ElementWarehouse

/// What somebody asks of `yaosu waive`, before it is known whether it can be done.
package struct WaiverOrder: Sendable {
  /// A rule's code or a finding's fingerprint, as written.
  package var target: String
  /// The dataset whose findings of a rule are meant; nil for all, and for the dataset of a finding.
  package var dataset: String?
  /// The last day; nil to take the waiver back.
  package var until: CalendarDate?
  /// Why.
  package var reason: String
  /// The day of the order.
  package var today: CalendarDate

  /// An order.
  package init(target: String, dataset: String?, until: CalendarDate?, reason: String, today: CalendarDate) {
    (self.target, self.dataset, self.until, self.reason, self.today) = (target, dataset, until, reason, today)
  }

  /// Keeps the waiver in a warehouse, with an entry in its audit chain; returns it as it is kept, and what the finding said, of one.
  ///
  /// - Throws: `WaiverRefusal` where it cannot be; `WarehouseError`.
  package func carryOut(
    _ pack: SchemaPack, _ warehouse: Warehouse, _ head: BatchHead
  ) throws -> (waiver: StoredWaiver, finding: KnownFinding?) {
    guard let target = Waiver.target(target) else { throw WaiverRefusal.noTarget(self.target) }
    if let dataset, pack.dataset(dataset) == nil { throw WaiverRefusal.noDataset(dataset) }
    if let until, until < today { throw WaiverRefusal.past(until) }
    var (code, finding): (RuleCode, KnownFinding?)
    switch target {
    case .code(let wanted): (code, finding) = (wanted, nil)
    case .fingerprint(let fingerprint):
      guard let found = try warehouse.finding(fingerprint) else { throw WaiverRefusal.unknownFinding(self.target) }
      (code, finding) = (found.code, found)
    }
    guard let rule = pack.book[code] else { throw WaiverRefusal.unknownRule(code) }
    if rule.waivability == .never { throw WaiverRefusal.never(code) }
    if rule.waivability == .single, finding == nil { throw WaiverRefusal.single(code) }
    if dataset != nil, finding != nil { throw WaiverRefusal.datasetOfOne }
    let waiver = Waiver(target, dataset: dataset, until: until ?? today, reason: reason)
    if until == nil, try !isHeld(waiver, warehouse) { throw WaiverRefusal.notWaived(waiver.name) }
    let id = try warehouse.add(waiver, code: code, isWithdrawn: until == nil, head)
    guard let kept = try warehouse.waivers().first(where: { $0.id == id }) else { bug("a waiver that was kept is not there") }
    return (kept, finding)
  }

  private func isHeld(_ waiver: Waiver, _ warehouse: Warehouse) throws -> Bool {
    try warehouse.waivers().contains { kept in
      !kept.isWithdrawn && kept.waiver.target == waiver.target && kept.waiver.until >= today
        && (kept.waiver.dataset ?? "").utf8.elementsEqual((waiver.dataset ?? "").utf8)
    }
  }
}

/// Findings cannot be waived as asked.
package enum WaiverRefusal: Error, Sendable, Equatable {
  /// A word that is neither a code nor a fingerprint.
  case noTarget(String)
  /// There is no such dataset.
  case noDataset(String)
  /// The last day is past.
  case past(CalendarDate)
  /// No batch kept a finding of that fingerprint.
  case unknownFinding(String)
  /// There is no such rule.
  case unknownRule(RuleCode)
  /// What the rule objects to cannot be stored, or has a way of its own.
  case never(RuleCode)
  /// Findings of the rule are looked at one by one.
  case single(RuleCode)
  /// One finding is of one dataset, which need not be named.
  case datasetOfOne
  /// There is no waiver to take back.
  case notWaived(String)
}
