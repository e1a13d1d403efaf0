import ElementCore
import Foundation
import GRDB

extension LinkageSession {
  /// Keeps what a run found, in place of what the last one found; where it is applied, entities change, and what they were is kept so that it can be
  /// taken back. Returns the number of the run.
  package func keep(_ record: LinkageRecord, _ head: BatchHead, startedAt: String) throws -> Int {
    let run = (try Int.fetchOne(db, sql: "SELECT max(id) FROM linkage_run") ?? 0) + 1
    let now = Date.now.ISO8601Format()
    let before = try count()
    try db.execute(
      sql:
        "INSERT OR IGNORE INTO linkage_model (digest, kind, name, version, text, installed_by, installed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        record.model.digest, kind, record.model.name, record.model.version, record.model.text,
        AuditOrigin.redacted(head.operatorName), now,
      ])
    try keep(record.links)
    try keep(record.questions, at: now)
    try keepHints(record)
    if let entities = record.entities { try keep(entities, record, run: run) }
    let (counts, entities) = (record.counts, record.entities)
    try db.execute(
      sql: """
        INSERT INTO linkage_run (id, kind, model, last_batch, rows, compared, certain, auto, asked, guarded, apart, left_out, is_applied,
          entities_before, entities_after, created, merged, split, retired, operator, started_at, ended_at, terms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        run, kind, record.model.digest, record.lastBatch, record.rows.count, record.compared, counts.certain, counts.auto,
        counts.asked,
        counts.guarded, counts.apart, record.leftOut, entities != nil, before, try count(), entities?.created.count ?? 0,
        entities?.merged ?? 0, entities?.split ?? 0, entities?.retired.count ?? 0, AuditOrigin.redacted(head.operatorName),
        startedAt, now, record.terms?.text ?? "",
      ])
    try AuditTrail.append(
      db, head, batch: nil, at: now,
      counts: """
        linkage=\(run),kind=\(kind),model=\(record.model.digest),rows=\(record.rows.count),compared=\(record.compared)\
        ,certain=\(counts.certain),auto=\(counts.auto),asked=\(counts.asked),entities=\(try count())\
        ,merged=\(entities?.merged ?? 0),split=\(entities?.split ?? 0),retired=\(entities?.retired.count ?? 0)
        """)
    return run
  }

  /// How many entities stand.
  package func count() throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM entity WHERE kind = ? AND state = 'current'", arguments: [kind]) ?? 0
  }

  private func keep(_ links: [StoredLink]) throws {
    try db.execute(sql: "DELETE FROM linkage_pair WHERE kind = ?", arguments: [kind])
    let statement = try db.makeStatement(
      sql: """
        INSERT INTO linkage_pair (left_dataset, left_row, right_dataset, right_row, kind, pattern, weight, tier, barrier)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for link in links {
      try statement.execute(arguments: [
        link.left.dataset, link.left.row, link.right.dataset, link.right.row, kind, link.pattern, link.weight, link.tier,
        link.barrier,
      ])
    }
  }

  /// Questions about the same two rows keep their numbers.
  private func keep(_ questions: [StoredQuestion], at time: String) throws {
    var known: [Set<RowName>: (id: Int64, at: String)] = [:]
    var last = try self.last("question")
    for row in try Row.fetchAll(db, sql: "SELECT * FROM linkage_question") {
      let question = StoredQuestion(row)
      known[[question.link.left, question.link.right]] = (question.id, row["asked_at"])
    }
    try db.execute(sql: "DELETE FROM linkage_question WHERE kind = ?", arguments: [kind])
    let statement = try db.makeStatement(
      sql: """
        INSERT INTO linkage_question (id, kind, left_dataset, left_row, right_dataset, right_row, pairs, pattern, weight, barrier, grid, state,
          asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for question in questions {
      let (link, former) = (question.link, known[[question.link.left, question.link.right]])
      if former == nil { last += 1 }
      try statement.execute(arguments: [
        former?.id ?? last, kind, link.left.dataset, link.left.row, link.right.dataset, link.right.row, question.pairs,
        link.pattern,
        link.weight, link.barrier, question.grid, question.state.rawValue, former?.at ?? time,
      ])
    }
    try note(last: last, "question")
  }

  private func keepHints(_ record: LinkageRecord) throws {
    guard let hints = record.hints else { return }
    try db.execute(sql: "DELETE FROM linkage_hint WHERE kind = ?", arguments: [kind])
    for hint in hints {
      try db.execute(
        sql: "INSERT OR REPLACE INTO linkage_hint (quarantine, kind, dataset, row, pattern, weight) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [hint.waiting, kind, hint.name.dataset, hint.name.row, hint.pattern, hint.weight])
    }
  }

  private func note(last: Int64, _ name: String) throws {
    try db.execute(sql: "INSERT OR REPLACE INTO linkage_sequence (name, last) VALUES (?, ?)", arguments: [name, last])
  }

  // MARK: Entities

  private func keep(_ entities: LinkageRecord.Entities, _ record: LinkageRecord, run: Int) throws {
    let made = try db.makeStatement(
      sql: "INSERT INTO entity (id, kind, state, successor, members, run) VALUES (?, ?, 'current', NULL, 0, ?)")
    for number in entities.created { try made.execute(arguments: [number, kind, run]) }
    for number in entities.restored { try end(number, state: "current", successor: nil, members: 0, run: run) }
    for retired in entities.retired {
      try end(
        retired.number, state: "retired", successor: retired.successor, members: Int64(bitPattern: retired.members), run: run)
    }
    if let last = entities.created.last { try note(last: Int64(last), "entity") }
    try keepMembers(entities, record, run: run)
  }

  /// Changes an entity, and keeps what it was.
  private func end(_ number: UInt32, state: String, successor: UInt32?, members: Int64, run: Int) throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO entity_end (run, entity, state, successor, members, former_run)
        SELECT ?1, id, state, successor, members, run FROM entity WHERE id = ?2
        """, arguments: [run, number])
    try db.execute(
      sql: "UPDATE entity SET state = ?, successor = ?, members = ?, run = ? WHERE id = ?",
      arguments: [state, successor, members, run, number])
  }

  private func keepMembers(_ entities: LinkageRecord.Entities, _ record: LinkageRecord, run: Int) throws {
    let change = try db.makeStatement(
      sql: """
        INSERT INTO entity_change (run, dataset, row, entity, how, former_run)
        SELECT ?, dataset, row, entity, how, run FROM entity_member WHERE dataset = ? AND row = ?
        """)
    let update = try db.makeStatement(
      sql: "UPDATE entity_member SET entity = ?, how = ?, run = ? WHERE dataset = ? AND row = ?")
    let insert = try BulkStatement(
      db, "INSERT INTO entity_member (dataset, row, batch, entity, how, run) VALUES (?, ?, ?, ?, ?, ?)", path: path)
    let known = try ways()
    for (place, row) in record.rows.enumerated() {
      let (name, way) = (record.datasets[Int(row.dataset)], LinkageRecord.Entities.wayNames[Int(entities.ways[place])])
      if entities.before[place] == 0 {
        insert.bind(name, at: 1)
        insert.bind(row.id, at: 2)
        insert.bind(Int64(row.batch), at: 3)
        insert.bind(Int64(entities.numbers[place]), at: 4)
        insert.bind(way, at: 5)
        insert.bind(Int64(run), at: 6)
        try insert.run()
      } else if entities.before[place] != entities.numbers[place]
        || !(known[RowName(name, row.id)] ?? "single").utf8.elementsEqual(way.utf8)
      {
        try change.execute(arguments: [run, name, row.id])
        try update.execute(arguments: [entities.numbers[place], way, run, name, row.id])
      }
    }
  }

  /// How the rows are in their entities that are not alone.
  private func ways() throws -> [RowName: String] {
    var ways: [RowName: String] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT dataset, row, how FROM entity_member WHERE how <> 'single'")
    while let row = try rows.next() { ways[RowName(row[0], row[1])] = row[2] }
    return ways
  }

  // MARK: Decisions

  /// Keeps what people said; an earlier word on the same two rows is superseded.
  package func keep(_ decisions: [StoredDecision], _ head: BatchHead) throws {
    let now = Date.now.ISO8601Format()
    for decision in decisions {
      let rows = [decision.left, decision.right].sorted()
      try db.execute(
        sql: """
          INSERT INTO linkage_decision (kind, left_dataset, left_row, right_dataset, right_row, answer, pattern, weight, operator, decided_at,
            source, note, question) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          kind, rows[0].dataset, rows[0].row, rows[1].dataset, rows[1].row, decision.answer.rawValue, decision.pattern,
          decision.weight,
          AuditOrigin.redacted(head.operatorName), now, decision.source, decision.note, decision.question,
        ])
      try db.execute(
        sql: """
          UPDATE linkage_decision SET superseded_by = ?1 WHERE id <> ?1 AND superseded_by IS NULL
            AND left_dataset = ?2 AND left_row = ?3 AND right_dataset = ?4 AND right_row = ?5
          """, arguments: [db.lastInsertedRowID, rows[0].dataset, rows[0].row, rows[1].dataset, rows[1].row])
    }
  }
}
