import Crypto
import ElementCore
package import ElementFormats
import GRDB

extension Warehouse {
  /// Recomputes row hashes, seals, digests and balances; the file's structure is checked at the same time.
  package func verify() throws -> VerificationReport {
    let structure = FileReading(queue.path) { try String.fetchAll($0, sql: "PRAGMA integrity_check(10)") }
    var report = try translatingErrors(path) {
      try queue.read { db in
        var report = VerificationReport()
        let path = self.path
        let shapes = try Row.fetchAll(db, sql: "SELECT shape, digest FROM dataset ORDER BY name").map {
          (shape: try TableShape(stored: $0[0], path: path), digest: $0[1] as String?)
        }.filter { try fits(db, $0.shape, &report) }
        // While this connection reads, nobody can write: the other one sees what it sees.
        let sorted = FileReading(queue.path) { db in try shapes.map { try SortedRows(db, $0.shape, path: path) } }
        let times = try Dictionary(
          uniqueKeysWithValues: Row.fetchAll(db, sql: "SELECT id, started_at FROM batch").map {
            ($0[0] as Int64, $0[1] as String)
          })
        for (shape, _) in shapes { try verifyDataset(db, shape, times, &report) }
        try verifySeals(db, &report)
        for ((shape, digest), found) in zip(shapes, try sorted.result()) { found.compare(shape, digest, &report) }
        try verifyBatches(db, &report)
        try BatchBalance.verifyHistory(db, &report)
        if try StoredFormat.number(db) >= 3 {
          report.differences += try AuditTrail.differences(db)
          report.auditHead = try AuditTrail.head(db)?.hash
        }
        if try StoredFormat.number(db) >= 6 { report.differences += try DayProof.differences(db, path: path) }
        if try StoredFormat.number(db) >= 9 { report.differences += try LinkageProof.differences(db, shapes.map(\.shape)) }
        report.digest = try WarehouseDigest.warehouse(db)
        let last = try String.fetchOne(db, sql: "SELECT digest FROM batch WHERE state = 'loaded' ORDER BY id DESC LIMIT 1")
        if let last, last != report.digest {
          report.differences.append(
            Difference(
              subject: "warehouse",
              message: LocalizedText(zh: "台账库摘要与最后一批的记录不符", en: "the digest differs from that of the last batch")))
        }
        return report
      }
    }
    let damage = try translatingErrors(path) { try structure.result() }.filter { $0 != "ok" }
    report.differences =
      damage.map { message in
        Difference(subject: "file", message: LocalizedText(zh: "文件结构损坏：\(message)", en: "the file is damaged: \(message)"))
      } + report.differences
    return report
  }

  /// Proves that a batch came from a file: its SHA-256, and the bytes of every record that waits.
  package func verify(batch: Int, source: InputFile) throws -> [Difference] {
    let digest = try FileDigest.sha256(source)
    return try translatingErrors(path) {
      try queue.read { db in
        guard
          let ordinal = try Int.fetchOne(
            db, sql: "SELECT ordinal FROM batch_input WHERE batch = ? AND sha256 = ?", arguments: [batch, digest])
        else {
          return [
            Difference(
              subject: "batch \(batch)",
              message: LocalizedText(zh: "该批次没有这个文件（SHA-256 不同）", en: "the batch has no input with this SHA-256"))
          ]
        }
        var differences: [Difference] = []
        let format = try String.fetchOne(
          db, sql: "SELECT format FROM batch_input WHERE batch = ? AND ordinal = ?", arguments: [batch, ordinal])
        // Of a workbook or XML no bytes of a record are kept: the digest of the file has said all.
        if format == "xlsx" || format == "xml" { return [] }
        let encoding = try String.fetchOne(
          db, sql: "SELECT encoding FROM batch_input WHERE batch = ? AND ordinal = ?", arguments: [batch, ordinal])
        let content = try source.content()
        let text =
          try encoding.flatMap(TextEncoding.init(name:)).map {
            try $0.isASCIITransparent ? content : InputFile(utf8Of: content, bigEndian: $0 == .utf16BigEndian)
          } ?? content
        let rows = try Row.fetchCursor(
          db, sql: "SELECT row, byte_start, byte_length, sha256 FROM quarantine WHERE batch = ? AND input = ? AND sha256 <> ''",
          arguments: [batch, ordinal])
        while let row = try rows.next() {
          let (number, start, length, expected): (Int, Int, Int, String) = (row[0], row[1], row[2], row[3])
          if Hexadecimal.text(Array(SHA256.hash(data: try text.bytes(start..<start + length)))) != expected {
            differences.append(
              Difference(subject: "row \(number)", message: LocalizedText(zh: "该行字节与入库时不同", en: "the bytes of the row differ")))
          }
        }
        return differences
      }
    }
  }

  /// Whether a table has the columns that its shape says; else that is told, and nothing of it can be read.
  private func fits(_ db: Database, _ shape: TableShape, _ report: inout VerificationReport) throws -> Bool {
    let columns = Set(try db.columns(in: shape.dataset).map(\.name))
    if columns == Set(["_id"] + TableShape.systemColumns + shape.names) { return true }
    report.differences.append(
      Difference(
        subject: shape.dataset,
        message: LocalizedText(zh: "表的列与登记的结构不符", en: "the table has other columns than its shape says")))
    return false
  }

  private func verifyDataset(
    _ db: Database, _ shape: TableShape, _ times: [Int64: String], _ report: inout VerificationReport
  ) throws {
    let name = shape.dataset
    report.rows += try verifyRows(db, name, id: "_id", shape.names, times, &report)
    _ = try verifyRows(db, name + "_history", id: "_version", shape.names, times, &report)
    let seal = TableShape.endSeal("_reason", "_superseded_at", "_superseded_by")
    let ended = try Int64.fetchAll(db, sql: "SELECT _version FROM \(shape.history) WHERE _end_seal IS NOT \(seal)")
    if !ended.isEmpty {
      report.differences.append(
        Difference(
          subject: name + "_history",
          message: LocalizedText(
            zh: "\(ended.count) 个历史版本的结束记录被改动过：_version \(Self.shown(ended))",
            en: "of \(ended.count) versions it was changed when or why they ended: _version \(Self.shown(ended))")))
    }
  }

  /// Hashes and seals the rows of a table again and names those that differ; returns how many rows it has.
  private func verifyRows(
    _ db: Database, _ table: String, id: String, _ fields: [String], _ times: [Int64: String],
    _ report: inout VerificationReport
  ) throws -> Int {
    let columns = fields.map(TableShape.quoted).joined(separator: ", ")
    let statement = try unsafe BulkStatement(
      db.sqliteConnection,
      "SELECT \(id), _batch, _input, _row, _hash, _seal, _recorded_at, _derived, \(columns) FROM \(TableShape.quoted(table))",
      path: path)
    let timeBytes = times.mapValues { Array($0.utf8) }
    var wrong: [Int64] = []
    var count = 0
    let row = RowHash(names: fields)
    var (content, ranges): ([UInt8], [FieldRange]) = ([], [])
    var (time, derived): ([UInt8], [UInt8]) = ([], [])
    while try statement.step() {
      content.removeAll(keepingCapacity: true)
      ranges.removeAll(keepingCapacity: true)
      time.removeAll(keepingCapacity: true)
      derived.removeAll(keepingCapacity: true)
      for column in fields.indices { statement.append(column + 8, to: &content, &ranges) }
      statement.append(6, to: &time)
      statement.append(7, to: &derived)
      let hash = row.hash(content.span, ranges.span, from: 0)
      let seal = RowHash.seal(
        content: hash, batch: statement.integer(1), input: statement.integer(2), row: statement.integer(3),
        derived: derived.span)
      count += 1
      let fits =
        hash == UInt64(bitPattern: statement.integer(4)) && seal == UInt64(bitPattern: statement.integer(5))
        && timeBytes[statement.integer(1)] == time
      if !fits { wrong.append(statement.integer(0)) }
    }
    if !wrong.isEmpty {
      let shown = Self.shown(wrong)
      report.differences.append(
        Difference(
          subject: table,
          message: LocalizedText(
            zh: "\(wrong.count) 行内容与摘要不符：\(id) \(shown)", en: "\(wrong.count) rows differ from their hash: \(id) \(shown)")))
    }
    return count
  }

  /// The first ten of some numbers.
  private static func shown(_ numbers: [Int64]) -> String {
    numbers.prefix(10).map(String.init).joined(separator: ", ") + (numbers.count > 10 ? "…" : "")
  }

  private func verifySeals(_ db: Database, _ report: inout VerificationReport) throws {
    for (table, row) in try Seal.broken(db) {
      report.differences.append(
        Difference(
          subject: "\(table) \(row)", message: LocalizedText(zh: "这一行入库后被改动过", en: "the row was changed after the load")))
    }
  }

  /// A batch balances in itself, over its inputs, and in the rows that it left waiting.
  private func verifyBatches(_ db: Database, _ report: inout VerificationReport) throws {
    let version = try StoredFormat.number(db)
    let isOld = version < 3
    let restored = isOld ? "0" : "ifnull(b.restored, 0)"
    // Each row that an undo brought back says so once.
    let revived =
      isOld ? "" : "AND ifnull(b.restored, 0) + ifnull(b.reverted, 0) = (SELECT count(*) FROM revival r WHERE r.batch = b.id)"
    let sql = """
      SELECT b.id,
        b.read = b.created + b.updated + b.unchanged + b.duplicate + b.quarantined
        AND (b.read, b.created, b.updated, b.unchanged, b.duplicate, b.quarantined) = (
          SELECT total(read), total(created), total(updated), total(unchanged), total(duplicate), total(quarantined)
          FROM batch_input i WHERE i.batch = b.id)
        AND min(b.created, b.updated, b.unchanged, b.duplicate, b.quarantined) >= 0
        AND b.stored_after = b.stored_before + iif(b.state = 'held', 0, b.created - b.removed + \(restored))
        AND iif(b.state = 'held', 0, b.quarantined) = (SELECT count(*) FROM quarantine q WHERE q.batch = b.id)
        \(revived) \(version < 4 ? "" : Closings.balance + BatchBalance.kept)
      FROM batch b ORDER BY b.id
      """
    for row in try Row.fetchAll(db, sql: sql) {
      let (id, balances): (Int, Bool) = (row[0], row[1])
      report.batches += 1
      if !balances {
        report.differences.append(
          Difference(subject: "batch \(id)", message: LocalizedText(zh: "行数不平衡", en: "the counts do not balance")))
      }
    }
  }
}

/// SHA-256 of a whole file, read in pieces.
package enum FileDigest {
  /// The SHA-256 of all bytes, in lower-case hexadecimal.
  package static func sha256(_ file: InputFile) throws -> String {
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    while true {
      let got = try file.read(into: &buffer, from: 0, count: buffer.count, at: offset)
      if got == 0 { return Hexadecimal.text(Array(hash.finalize())) }
      hash.update(data: buffer[0..<got])
      offset += got
    }
  }
}
