import ElementWarehouse
import Foundation

extension AuditOrigin {
  /// The command that runs, for the audit chain; `anchor` is the configured file for the heads of the chain.
  static func here(_ command: String, anchor: String?) -> AuditOrigin {
    // Asking the resolver for the name of the machine would ask the network.
    let host = (try? String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8)) ?? ""
    return AuditOrigin(
      command: command, arguments: Array(CommandLine.arguments.dropFirst(2)), account: NSUserName(),
      host: host.trimmingCharacters(in: .whitespacesAndNewlines), anchor: anchor)
  }
}
