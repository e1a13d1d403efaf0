/// Columns that came up behind the beginning of a file, where nobody had known of them: the run starts anew with them.
struct LateColumns: Error {
  /// The path of the file.
  let path: String
  /// The names, in the order in which they came.
  let names: [String]
}

/// A file whose beginning was in another encoding than the whole is: the run starts anew with that.
struct LateEncoding: Error {
  /// The path of the file.
  let path: String
}
