import Foundation

/// The environment of the process, read once: each reading copies all of it.
enum Environment {
  private static let variables = ProcessInfo.processInfo.environment

  /// The value of a variable; nil where it is not set.
  static func value(_ name: String) -> String? { variables[name] }
}
