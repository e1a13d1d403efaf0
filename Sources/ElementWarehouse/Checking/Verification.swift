import Crypto
package import ElementCore
package import ElementFormats
import GRDB

/// What `verify` found wrong.
package struct Difference: Sendable, Hashable {
  /// What it is about: a dataset, a batch or the file.
  package let subject: String
  /// What differs.
  package let message: LocalizedText
}

/// What `verify` looked at.
package struct VerificationReport: Sendable {
  /// What is wrong; nothing where all is well.
  package var differences: [Difference] = []
  /// Rows whose content was hashed again.
  package var rows = 0
  /// Batches whose balance was computed again.
  package var batches = 0
  /// The digest of the warehouse, computed again.
  package var digest = ""
}

extension Warehouse {
  /// Recomputes row hashes, digests and balances.
  package func verify() throws -> VerificationReport {
    try translatingErrors(path) {
      try queue.read { db in
        var report = VerificationReport()
        try verifyIntegrity(db, &report)
        for row in try Row.fetchAll(db, sql: "SELECT name, fields, key, digest FROM dataset ORDER BY name") {
          try verifyDataset(db, row, &report)
        }
        try verifyBatches(db, &report)
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
        let encoding = try String.fetchOne(
          db, sql: "SELECT encoding FROM batch_input WHERE batch = ? AND ordinal = ?", arguments: [batch, ordinal])
        let text =
          try encoding.flatMap(TextEncoding.init(name:)).map {
            try $0.isASCIITransparent ? source : InputFile(utf8Of: source, bigEndian: $0 == .utf16BigEndian)
          } ?? source
        let rows = try Row.fetchCursor(
          db, sql: "SELECT row, byte_start, byte_length, sha256 FROM quarantine WHERE batch = ? AND input = ?",
          arguments: [batch, ordinal])
        while let row = try rows.next() {
          let (number, start, length, expected): (Int, Int, Int, String) = (row[0], row[1], row[2], row[3])
          if Hexadecimal.text(SHA256.hash(data: try text.bytes(start..<start + length))) != expected {
            differences.append(
              Difference(subject: "row \(number)", message: LocalizedText(zh: "该行字节与入库时不同", en: "the bytes of the row differ")))
          }
        }
        return differences
      }
    }
  }

  private func verifyIntegrity(_ db: Database, _ report: inout VerificationReport) throws {
    for message in try String.fetchAll(db, sql: "PRAGMA integrity_check(10)") where message != "ok" {
      report.differences.append(
        Difference(subject: "file", message: LocalizedText(zh: "文件结构损坏：\(message)", en: "the file is damaged: \(message)")))
    }
  }

  private func verifyDataset(_ db: Database, _ row: Row, _ report: inout VerificationReport) throws {
    let (name, fieldList, keyList): (String, String, String) = (row[0], row[1], row[2])
    let fields = fieldList.split(separator: ",").map(String.init)
    let key = keyList.split(separator: ",").map(String.init)
    let columns = fields.map(DatasetTable.quoted).joined(separator: ", ")
    let statement = try unsafe BulkStatement(
      db.sqliteConnection, "SELECT _hash, \(columns) FROM \(DatasetTable.quoted(name))", path: path)
    var wrong = 0
    var content: [UInt8] = []
    var value: [UInt8] = []
    while try statement.step() {
      content.removeAll(keepingCapacity: true)
      for column in fields.indices {
        value.removeAll(keepingCapacity: true)
        statement.append(column + 1, to: &value)
        RowHash.append(value.span, to: &content)
      }
      report.rows += 1
      if XXH64.hash(content.span) != UInt64(bitPattern: statement.integer(0)) { wrong += 1 }
    }
    if wrong > 0 {
      report.differences.append(
        Difference(subject: name, message: LocalizedText(zh: "\(wrong) 行内容与摘要不符", en: "\(wrong) rows differ from their hash")))
    }
    let digest = try WarehouseDigest.dataset(db, name, key: key, path: path)
    let stored: String? = row[3]
    if let stored, stored != digest {
      report.differences.append(
        Difference(subject: name, message: LocalizedText(zh: "数据集摘要不符", en: "the digest of the dataset differs")))
    }
    try verifyKeys(db, name, key, &report)
  }

  private func verifyKeys(_ db: Database, _ name: String, _ key: [String], _ report: inout VerificationReport) throws {
    let columns = key.map(DatasetTable.quoted).joined(separator: ", ")
    let twice =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM (SELECT 1 FROM \(DatasetTable.quoted(name)) GROUP BY \(columns) HAVING count(*) > 1)")
      ?? 0
    if twice > 0 {
      report.differences.append(
        Difference(subject: name, message: LocalizedText(zh: "\(twice) 个主键重复", en: "\(twice) keys stand twice")))
    }
  }

  /// A batch balances in itself, over its inputs, and in the rows that it left waiting.
  private func verifyBatches(_ db: Database, _ report: inout VerificationReport) throws {
    let sql = """
      SELECT b.id,
        b.read = b.created + b.updated + b.unchanged + b.duplicate + b.quarantined
        AND (b.read, b.created, b.updated, b.unchanged, b.duplicate, b.quarantined) = (
          SELECT total(read), total(created), total(updated), total(unchanged), total(duplicate), total(quarantined)
          FROM batch_input i WHERE i.batch = b.id)
        AND b.quarantined = (SELECT count(*) FROM quarantine q WHERE q.batch = b.id)
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

/// The digest of a file.
package enum FileDigest {
  /// The SHA-256 of all bytes, in lower-case hexadecimal.
  package static func sha256(_ file: InputFile) throws -> String {
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    while true {
      let got = try file.read(into: &buffer, from: 0, count: buffer.count, at: offset)
      if got == 0 { return Hexadecimal.text(hash.finalize()) }
      hash.update(data: buffer[0..<got])
      offset += got
    }
  }
}
