import ElementCore
import ElementExpression
import ElementSchema

extension BatchChecker {
  /// Hashes keys and contents.
  mutating func hash() {
    out.contentHash = hashes(plan.contentHash)
    out.keyHash = hashes(plan.keyHash)
    hashInterim()
    for record in 0..<out.count where isUnsound[record] && isUnsound(record, plan.dataset.key) {
      out.keyIsSound[record] = false
    }
    hashGroups()
  }

  /// Hashes the groups that records belong to.
  mutating func hashGroups() {
    for (place, grouping) in plan.dataset.groupings.enumerated() {
      let (hashes, matches) = place == grouping ? groups(of: plan.dataset.groups[place], by: plan.groupHashes[place]) : ([], [])
      out.groupHash.append(hashes)
      out.groupMatch.append(matches)
    }
  }

  /// Where a key is not known yet, what stands for it is hashed.
  private mutating func hashInterim() {
    guard plan.dataset.interim != nil, let key = plan.dataset.key.first else { return }
    for record in 0..<out.count where out.values[record * out.fieldCount + key].isEmpty {
      out.keyHash[record] = plan.interimHash.hash(
        out.source.bytes.span, out.values.span, from: record * out.fieldCount)
    }
  }

  /// The hash of every record.
  private func hashes(_ hash: RowHash) -> [UInt64] {
    hash.hashes(out.source.bytes.span, out.values.span, width: out.fieldCount, count: out.count)
  }

  /// The groups of one rule and who meets it, where the fields that make and meet it are sound.
  private func groups(of rule: GroupRule, by hash: RowHash) -> (hashes: [UInt64], matches: [Bool]) {
    var hashes = [UInt64](repeating: 0, count: out.count)
    var matches = [Bool](repeating: false, count: out.count)
    if isWholeRow
      || (rule.by + rule.condition.fields).allSatisfy({
        plan.columns[$0] != nil || plan.dataset.mayBeEmpty($0)
      })
    {
      let bytes = out.source.bytes.span
      let ranges = out.values.span
      let truths = truths(rule.condition)
      let exceptions = rule.exception.map(self.truths)
      let fields = rule.fields
      // Asked once: a dataset is too much to take up for every record.
      let needed = rule.by.filter { !plan.dataset.mayBeEmpty($0) }
      for record in 0..<out.count where !(isUnsound[record] && isUnsound(record, fields)) {
        if let exceptions, exceptions.holds(record) { continue }
        let start = record * out.fieldCount
        var isWhole = true
        for field in needed where ranges[start + field].isEmpty { isWhole = false }
        if !isWhole { continue }
        hashes[record] = max(1, hash.hash(bytes, ranges, from: start))
        matches[record] = truths.holds(record)
      }
    }
    return (hashes, matches)
  }

  /// Whether one of some fields of a record holds no sound value.
  func isUnsound(_ record: Int, _ fields: [Int]) -> Bool {
    for field in fields where unsound[record * out.fieldCount + field] { return true }
    return false
  }
}
