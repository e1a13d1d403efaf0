import ArgumentParser
import ElementFormats
import ElementPipeline
import ElementWarehouse
import Foundation

/// What is decided about a held load: it goes on as it was asked for, without limits, or it is given up.
struct HeldLoad {
  /// The number of its batch.
  let batch: Int
  /// The command that decides.
  let command: Load

  /// Carries the decision out.
  func decide() throws {
    let setting = Setting(try command.roster.site.configuration())
    guard let given = setting.value(command.warehouse, "warehouse") else {
      throw ValidationError(say("请用 --warehouse 指定台账库", "Name the warehouse with --warehouse"))
    }
    // The held command may have been given in another folder.
    let path = URL(fileURLWithPath: given).path
    _ = try Warehouse(path: path, mode: .read).heldLoad(batch)
    if command.discard == nil { try resume(path) } else { try discard(path) }
  }

  private func discard(_ path: String) throws {
    var head = try command.deed.head("load", command.roster.site)
    head.reason = command.reason
    let own = try Warehouse(path: path, mode: .write).discardHeld(batch, head)
    if command.output.json {
      Console.data(
        JSONValue.object([
          ("format", .integer(1)), ("command", .text("load --discard")), ("outcome", .text("discarded")),
          ("discards", .integer(batch)), ("batch", .integer(own)),
        ]).pretty + "\n")
    }
    Console.talk(
      say(
        "已作废暂停的第 \(batch) 批（记为第 \(own) 批），文件已删除\n", "held batch \(batch) is given up (as batch \(own)); its files are removed\n"
      ))
  }

  private func resume(_ path: String) throws {
    let folder = HeldFolder(warehouse: path, batch: batch)
    guard let manifest = folder.read() else { throw HoldRefusal.gone(batch) }
    // Only what is named by a relative path is looked for there.
    _ = FileManager.default.changeCurrentDirectoryPath(manifest.folder)
    let held = try Warehouse(path: path, mode: .read).heldLoad(batch)
    var load = try Load.parse(manifest.arguments)
    let files = manifest.files.map { (now: folder.path(of: $0), given: $0.path) }
    load.roster.files = files.map(\.now)
    (load.roster.asOf, load.roster.sender) = (held.asOf, held.sender)
    (load.plan, load.planCheck) = (nil, nil)
    (load.warehouse, load.dryRun, load.output) = (path, command.dryRun, command.output)
    load.deed.operator = command.deed.operator ?? load.deed.operator
    let result = Result {
      try load.run { options in
        options.resumes = (batch, command.reason ?? "")
        options.givenPaths = Dictionary(files.map { ($0.now, $0.given) }) { first, _ in first }
        options.rerun = nil
      }
    }
    // What is answered is kept no longer, whatever was found in it.
    if (try? Warehouse(path: path, mode: .read).heldLoad(batch)) == nil { folder.erase() }
    try result.get()
  }
}
