import ElementCore
import ElementExpression
import ElementSchema

extension BatchChecker {
  /// Hashes keys and contents.
  mutating func hash() {
    notes.out.contentHash = hashes(plan.contentHash)
    notes.out.keyHash = hashes(plan.keyHash)
    hashInterim()
    for record in 0..<notes.out.count where notes.isUnsound[record] && notes.isUnsound(record, plan.dataset.key) {
      notes.out.keyIsSound[record] = false
    }
    hashGroups()
  }

  /// Hashes the groups that records belong to.
  mutating func hashGroups() {
    for (place, grouping) in plan.dataset.groupings.enumerated() {
      let (hashes, matches) = place == grouping ? groups(of: plan.dataset.groups[place], by: plan.groupHashes[place]) : ([], [])
      notes.out.groupHash.append(hashes)
      notes.out.groupMatch.append(matches)
    }
  }

  /// Where a key is not known yet, what stands for it is hashed.
  private mutating func hashInterim() {
    guard plan.dataset.interim != nil, let key = plan.dataset.key.first else { return }
    for record in 0..<notes.out.count where notes.out.values[record * notes.out.fieldCount + key].isEmpty {
      notes.out.keyHash[record] = plan.interimHash.hash(
        notes.out.source.bytes.span, notes.out.values.span, from: record * notes.out.fieldCount)
    }
  }

  /// The hash of every record.
  private func hashes(_ hash: RowHash) -> [UInt64] {
    hash.hashes(notes.out.source.bytes.span, notes.out.values.span, width: notes.out.fieldCount, count: notes.out.count)
  }

  /// The groups of one rule and who meets it, where the fields that make and meet it are sound.
  private func groups(of rule: GroupRule, by hash: RowHash) -> (hashes: [UInt64], matches: [Bool]) {
    var hashes = [UInt64](repeating: 0, count: notes.out.count)
    var matches = [Bool](repeating: false, count: notes.out.count)
    if isWholeRow
      || (rule.by + rule.condition.fields).allSatisfy({
        plan.columns[$0] != nil || plan.dataset.mayBeEmpty($0)
      })
    {
      let bytes = notes.out.source.bytes.span
      let ranges = notes.out.values.span
      let truths = truths(rule.condition)
      let exceptions = rule.exception.map(self.truths)
      let fields = rule.fields
      // Asked once: a dataset is too much to take up for every record.
      let needed = rule.by.filter { !plan.dataset.mayBeEmpty($0) }
      for record in 0..<notes.out.count where !(notes.isUnsound[record] && notes.isUnsound(record, fields)) {
        if let exceptions, exceptions.holds(record) { continue }
        let start = record * notes.out.fieldCount
        var isWhole = true
        for field in needed where ranges[start + field].isEmpty { isWhole = false }
        if !isWhole { continue }
        hashes[record] = max(1, hash.hash(bytes, ranges, from: start))
        matches[record] = truths.holds(record)
      }
    }
    return (hashes, matches)
  }

}
