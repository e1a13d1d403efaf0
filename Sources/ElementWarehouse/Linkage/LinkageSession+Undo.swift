import Foundation
import GRDB

extension LinkageSession {
  /// Why a run cannot be taken back.
  package enum TakeBackRefusal: Error, Sendable {
    /// There is no such run, or it changed nothing, or was taken back before.
    case unknown(Int)
    /// Later runs changed rows that it changed.
    case changedSince(rows: Int)
  }

  /// Takes a run back: memberships and entities are as they were before it, numbers included. Returns the rows that it had joined, those of one
  /// entity together, the parts that they were in before it apart.
  ///
  /// - Throws: `TakeBackRefusal`.
  package func takeBack(_ run: Int, _ head: BatchHead) throws -> [[[RowName]]] {
    let isThere = try Bool.fetchOne(
      db, sql: "SELECT is_applied AND taken_back_by IS NULL FROM linkage_run WHERE id = ? AND kind = ?", arguments: [run, kind])
    guard isThere == true else { throw TakeBackRefusal.unknown(run) }
    let later =
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM entity_change c JOIN linkage_run r ON r.id = c.run WHERE c.run > ?1 AND r.taken_back_by IS NULL
            AND (c.former_run = ?1 OR EXISTS (SELECT 1 FROM entity_change o WHERE o.run = ?1 AND o.dataset = c.dataset AND o.row = c.row))
          """, arguments: [run]) ?? 0
    if later > 0 { throw TakeBackRefusal.changedSince(rows: later) }
    let joined = try joined(by: run)
    try db.execute(
      sql: """
        DELETE FROM entity_member WHERE run = ?1
          AND NOT EXISTS (SELECT 1 FROM entity_change c WHERE c.run = ?1 AND c.dataset = entity_member.dataset AND c.row = entity_member.row);
        """, arguments: [run])
    try db.execute(
      sql: """
        UPDATE entity_member SET (entity, how, run) = (
          SELECT c.entity, c.how, c.former_run FROM entity_change c WHERE c.run = ?1 AND c.dataset = entity_member.dataset AND c.row = entity_member.row)
        WHERE run = ?1
        """, arguments: [run])
    try db.execute(
      sql: """
        UPDATE entity SET (state, successor, members, run) = (
          SELECT e.state, e.successor, e.members, e.former_run FROM entity_end e WHERE e.run = ?1 AND e.entity = entity.id)
        WHERE id IN (SELECT entity FROM entity_end WHERE run = ?1)
        """, arguments: [run])
    try db.execute(
      sql: "DELETE FROM entity WHERE run = ?1 AND id NOT IN (SELECT entity FROM entity_end WHERE run = ?1)", arguments: [run])
    try db.execute(sql: "DELETE FROM entity_change WHERE run = ?", arguments: [run])
    try db.execute(sql: "DELETE FROM entity_end WHERE run = ?", arguments: [run])
    let now = Date.now.ISO8601Format()
    try db.execute(
      sql: "UPDATE linkage_run SET taken_back_by = ? WHERE id = ?", arguments: [AuditOrigin.redacted(head.operatorName), run])
    try AuditTrail.append(db, head, batch: nil, at: now, counts: "linkage=\(run),takenBack=\(joined.count)")
    return joined
  }

  /// The rows of each entity that a run joined without a common number, by the parts that they were in before.
  private func joined(by run: Int) throws -> [[[RowName]]] {
    var entities: [UInt32: [UInt32: [RowName]]] = [:]
    // A row that was in no entity was a part of its own; its number stands for it, above all numbers of entities.
    var alone: UInt32 = .max
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT m.entity, m.dataset, m.row, coalesce(c.entity, CASE WHEN m.run = ?1 THEN NULL ELSE m.entity END) FROM entity_member m
        LEFT JOIN entity_change c ON c.run = ?1 AND c.dataset = m.dataset AND c.row = m.row
        WHERE m.how <> 'certain' AND m.entity IN (SELECT entity FROM entity_member WHERE run = ?1 AND how IN ('auto', 'person'))
        ORDER BY m.entity, m.dataset, m.row
        """, arguments: [run])
    while let row = try rows.next() {
      let (entity, name, former): (UInt32, RowName, UInt32?) = (row[0], RowName(row[1], row[2]), row[3])
      if former == nil { alone -= 1 }
      entities[entity, default: [:]][former ?? alone, default: []].append(name)
    }
    return entities.keys.sorted().compactMap { entity in
      let parts = entities[entity] ?? [:]
      return parts.count < 2 ? nil : parts.keys.sorted().compactMap { parts[$0] }
    }
  }

  /// The parts that an entity was made of: those of the last run that joined entities to it, else its rows one by one, those of one number together.
  package func parts(of entity: UInt32) throws -> [[RowName]] {
    let members = try members(of: entity)
    let last = try Int.fetchOne(
      db,
      sql: """
        SELECT max(c.run) FROM entity_change c JOIN entity_member m ON m.dataset = c.dataset AND m.row = c.row
        WHERE m.entity = ?1 AND c.entity <> ?1
        """, arguments: [entity])
    var parts: [UInt32: [RowName]] = [:]
    var alone: UInt32 = .max
    for member in members {
      let former = try UInt32.fetchOne(
        db, sql: "SELECT entity FROM entity_change WHERE run = ? AND dataset = ? AND row = ?",
        arguments: [last, member.name.dataset, member.name.row])
      let isCertain = member.how.utf8.elementsEqual("certain".utf8)
      if former == nil, last == nil, !isCertain { alone -= 1 }
      parts[former ?? (last != nil || isCertain ? entity : alone), default: []].append(member.name)
    }
    return parts.keys.sorted().compactMap { parts[$0] }
  }

  /// What is known of a number that was given once: its state, who answers for it, and the runs that changed it.
  package func history(of entity: UInt32) throws -> (state: String, successor: UInt32?, run: Int)? {
    try Row.fetchOne(db, sql: "SELECT state, successor, run FROM entity WHERE id = ?", arguments: [entity]).map {
      ($0[0], $0[1], $0[2])
    }
  }

  /// A run that was made.
  package struct PastRun: Sendable, Hashable {
    /// Its number, from 1.
    package let id: Int
    /// When it ended, in UTC.
    package let at: String
    /// How many rows there were, how many pairs were compared, and how many people stood then.
    package let rows, compared, entities: Int
    /// Whether it changed who is whom, and whether that was taken back.
    package let isApplied, isTakenBack: Bool
    /// Who ran it.
    package let operatorName: String
  }

  /// The runs, the latest first.
  package func runs() throws -> [PastRun] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, ended_at, rows, compared, entities_after, is_applied, taken_back_by IS NOT NULL, operator FROM linkage_run
        WHERE kind = ? ORDER BY id DESC
        """,
      arguments: [kind]
    ).map {
      PastRun(
        id: $0[0], at: $0[1], rows: $0[2], compared: $0[3], entities: $0[4], isApplied: $0[5], isTakenBack: $0[6],
        operatorName: $0[7])
    }
  }

  /// How many rows are in how many entities that have several, and how many decisions there are.
  package func totals() throws -> (rows: Int, entities: Int, shared: Int, decisions: Int) {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT (SELECT count(*) FROM entity_member m JOIN entity e ON e.id = m.entity WHERE e.kind = ?1),
          (SELECT count(*) FROM entity WHERE kind = ?1 AND state = 'current'),
          (SELECT count(*) FROM (SELECT 1 FROM entity_member m JOIN entity e ON e.id = m.entity WHERE e.kind = ?1 GROUP BY m.entity HAVING count(*) > 1)),
          (SELECT count(*) FROM linkage_decision WHERE kind = ?1 AND superseded_by IS NULL)
        """, arguments: [kind])
    return (row?[0] ?? 0, row?[1] ?? 0, row?[2] ?? 0, row?[3] ?? 0)
  }
}
