/// The version of the program.
enum Version {
  /// The version of this build, as `--version` prints it and batches keep it.
  static let current = "0.1.0"
}
