import ElementCore
import GRDB

/// What batches say of rows beside those that are stored now: that they are there.
enum BatchBalance {
  /// Whether what a batch `b` says that it kept beside its rows is there, as a further condition in SQL; of one that was removed for good
  /// repairs are gone.
  static let kept = """
    AND (b.findings IS NULL OR b.findings = (SELECT count(*) FROM finding f WHERE f.batch = b.id))
    AND (b.fixes IS NULL OR b.fixes = (SELECT count(*) FROM fix x WHERE x.batch = b.id)
      OR EXISTS (SELECT 1 FROM batch u WHERE u.undoes = b.id AND u.erased IS NOT NULL))
    AND (b.confirmations IS NULL OR b.confirmations = (SELECT count(*) FROM confirmation c WHERE c.batch = b.id))
    """

  /// Names batches that changed or took back more rows than have a version in history; what was removed for good is missed by nobody.
  static func verifyHistory(_ db: Database, _ report: inout VerificationReport) throws {
    if try StoredFormat.number(db) < 4 { return }
    let hasErasures = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM batch WHERE erased IS NOT NULL)")
    if hasErasures == true { return }
    var ended: [Int64: Int] = [:]
    for dataset in try String.fetchAll(db, sql: "SELECT name FROM dataset") {
      let history = TableShape.quoted(dataset + "_history")
      for row in try Row.fetchAll(db, sql: "SELECT _superseded_by, count(*) FROM \(history) GROUP BY 1") {
        ended[row[0], default: 0] += row[1] as Int
      }
    }
    let batches = try Row.fetchAll(
      db,
      sql: """
        SELECT b.id, iif(b.kind = 'undo', b.removed + ifnull(b.reverted, 0), b.updated),
          (SELECT count(*) FROM link l WHERE l.batch = b.id) FROM batch b WHERE b.state <> 'held'
        """)
    for row in batches {
      let (batch, changed, joined): (Int64, Int, Int) = (row[0], row[1], row[2])
      if changed <= ended[batch, default: 0] + joined { continue }
      report.differences.append(
        Difference(
          subject: "batch \(batch)",
          message: LocalizedText(
            zh: "它改动的 \(changed) 行中有历史版本缺失", en: "of the \(changed) rows that it changed versions are missing from history")))
    }
  }
}
