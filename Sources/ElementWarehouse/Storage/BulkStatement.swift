import ElementCore
import GRDBSQLite

/// A prepared statement used for many rows through the C interface: GRDB costs five times as much a row.
///
/// Safe: the statement is finalised by `deinit` and leaves nowhere; the connection outlives it, because a load holds both.
@safe struct BulkStatement: ~Copyable {
  private let handle: OpaquePointer
  private let path: String

  /// Prepares a statement; `path` is named in errors.
  init(_ connection: OpaquePointer?, _ sql: String, path: String) throws(WarehouseError) {
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement = unsafe statement else { throw WarehouseError(code: code, path: path) }
    unsafe handle = statement
    self.path = path
  }

  deinit {
    unsafe sqlite3_finalize(handle)
  }

  /// Binds an integer at a place from 1.
  func bind(_ value: Int64, at index: Int) {
    unsafe sqlite3_bind_int64(handle, Int32(index), value)
  }

  /// Binds text at a place from 1; the bytes must stay where they are until `reset`, and empty text is bound as NULL.
  func bindStatic(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    if bytes.isEmpty {
      unsafe sqlite3_bind_null(handle, Int32(index))
      return
    }
    unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
      // SAFETY: a nil destructor is SQLITE_STATIC: the caller keeps the bytes until `reset`.
      _ = unsafe sqlite3_bind_text(handle, Int32(index), characters.baseAddress, Int32(characters.count), nil)
    }
  }

  /// Binds NULL at a place from 1.
  func bindNull(at index: Int) {
    unsafe sqlite3_bind_null(handle, Int32(index))
  }

  /// Binds a copy of text at a place from 1.
  func bind(_ text: String, at index: Int) {
    // SAFETY: SQLITE_TRANSIENT (-1) makes SQLite copy the bytes before the call returns.
    unsafe sqlite3_bind_text(
      handle, Int32(index), text, Int32(text.utf8.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
  }

  /// Binds a copy of bytes at a place from 1.
  func bind(blob: [UInt8], at index: Int) {
    _ = unsafe blob.withUnsafeBytes { raw in
      if unsafe raw.isEmpty {
        return unsafe sqlite3_bind_zeroblob(handle, Int32(index), 0)
      } else {
        // SAFETY: SQLITE_TRANSIENT (-1) makes SQLite copy the bytes before the call returns.
        return unsafe sqlite3_bind_blob(
          handle, Int32(index), raw.baseAddress, Int32(raw.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
      }
    }
  }

  /// Runs one step; true where it gave a row.
  func step() throws(WarehouseError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else {
      unsafe sqlite3_reset(handle)
      throw WarehouseError(code: code, path: path)
    }
    return false
  }

  /// Runs a statement that gives no rows, and makes it ready for the next.
  func run() throws(WarehouseError) {
    _ = try step()
    reset()
  }

  /// Makes the statement ready for the next row.
  func reset() {
    unsafe sqlite3_reset(handle)
  }

  /// The integer in a column from 0 of the current row.
  func integer(_ column: Int) -> Int64 { unsafe sqlite3_column_int64(handle, Int32(column)) }

  /// Appends a column from 0 of the current row, and where its bytes stand, as rows are hashed.
  func append(_ column: Int, to bytes: inout [UInt8], _ ranges: inout [FieldRange]) {
    let start = bytes.count
    append(column, to: &bytes)
    ranges.append(FieldRange(start, bytes.count))
  }

  /// The bytes in a column from 0 of the current row, integers as their digits, NULL as none.
  func append(_ column: Int, to bytes: inout [UInt8]) {
    // SAFETY: the bytes are copied while they are there.
    unsafe withBytes(of: column) { unsafe bytes.append(contentsOf: $0) }
  }

  /// The bytes as SQLite has them: it would copy a text to end it with a zero.
  private func withBytes(of column: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    // SAFETY: SQLite keeps the bytes until the next step; the count is asked for after the bytes, as it must be.
    let start = unsafe sqlite3_column_blob(handle, Int32(column))
    unsafe body(
      UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, Int32(column)))))
  }
}
