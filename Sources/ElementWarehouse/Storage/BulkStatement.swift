import ElementCore
import GRDBSQLite

/// A prepared statement used for many rows through the C interface: GRDB costs five times as much a row.
///
/// Safe: the statement is finalised by `deinit` and leaves nowhere; the connection outlives it, because a load holds both.
@safe struct BulkStatement: ~Copyable {
  private let handle: OpaquePointer
  private let path: String

  /// Prepares a statement; `path` is named in errors.
  init(_ connection: OpaquePointer?, _ sql: String, path: String) throws {
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
  func step() throws -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else {
      unsafe sqlite3_reset(handle)
      throw WarehouseError(code: code, path: path)
    }
    return false
  }

  /// Runs a statement that gives no rows, and makes it ready for the next.
  func run() throws {
    _ = try step()
    reset()
  }

  /// Makes the statement ready for the next row.
  func reset() {
    unsafe sqlite3_reset(handle)
  }

  /// The integer in a column from 0 of the current row.
  func integer(_ column: Int) -> Int64 { unsafe sqlite3_column_int64(handle, Int32(column)) }

  /// Appends a column from 0 of the current row in the form that rows are hashed in: length and bytes.
  func appendHashed(_ column: Int, to row: inout [UInt8]) {
    let text = unsafe sqlite3_column_text(handle, Int32(column))
    let count = unsafe text == nil ? 0 : sqlite3_column_bytes(handle, Int32(column))
    var length = UInt32(count).littleEndian
    // SAFETY: four bytes of a local word; then the text, which SQLite keeps for `count` bytes until the next step.
    unsafe withUnsafeBytes(of: &length) { unsafe row.append(contentsOf: $0) }
    if let text = unsafe text { unsafe row.append(contentsOf: UnsafeBufferPointer(start: text, count: Int(count))) }
  }

  /// The bytes in a column from 0 of the current row, integers as their digits, NULL as none.
  func append(_ column: Int, to bytes: inout [UInt8]) {
    guard let text = unsafe sqlite3_column_text(handle, Int32(column)) else { return }
    let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
    // SAFETY: SQLite keeps the text for `count` bytes until the next step.
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
  }
}
