package import ElementCore
import ElementFormats
import Foundation

/// A plan that was written before, beside which that of a load is held.
struct PlanCheck {
  private let path: String
  private let file: FileHandle
  private static let pieceSize = 1 << 16

  /// Opens the file.
  ///
  /// - Throws: `InputError` where it is none or cannot be read.
  init(_ path: String) throws(InputError) {
    // Whoever opens a folder is told only when it is read.
    let isFolder = try? URL(fileURLWithPath: path).resolvingSymlinksInPath().resourceValues(forKeys: [.isDirectoryKey])
      .isDirectory
    guard isFolder != true, let file = FileHandle(forReadingAtPath: path) else {
      throw PlanCheck.unreadable(path)
    }
    (self.path, self.file) = (path, file)
  }

  private static func unreadable(_ path: String) -> InputError {
    InputError(
      .unreadable, path: path, message: LocalizedText(zh: "找不到或无法读取", en: "is not there or cannot be read"),
      hint: LocalizedText(zh: "请检查 --plan-check", en: "Check --plan-check"))
  }

  /// Refuses a plan that is another one.
  ///
  /// - Throws: `PlanMismatch` with the first line that differs; `InputError` where the file cannot be read.
  func confirm(_ plan: LoadPlan) throws {
    var (rest, place, line) = ([UInt8](), 0, 0)
    func refill(_ count: Int) throws {
      if rest.count - place >= count { return }
      rest.removeFirst(place)
      place = 0
      while rest.count < count, let more = try read(), !more.isEmpty { rest += more }
    }
    try refill(1)
    let text: PlanText = rest.first == 0x7B ? .jsonl : .csv
    try text.forEachLine(plan) { planned in
      line += 1
      try refill(planned.count)
      guard rest[place...].starts(with: planned) else { throw PlanMismatch(path: path, line: line) }
      place += planned.count
    }
    try refill(1)
    guard place == rest.count else { throw PlanMismatch(path: path, line: line + 1) }
  }

  private func read() throws(InputError) -> Data? {
    do {
      return try file.read(upToCount: Self.pieceSize)
    } catch {
      throw PlanCheck.unreadable(path)
    }
  }
}

/// A load would do other things than the plan says that it is held to.
package struct PlanMismatch: Error, Sendable {
  /// The plan's path as given.
  package let path: String
  /// The first line of it that differs, from 1.
  package let line: Int

  /// What is wrong.
  package var message: LocalizedText {
    LocalizedText(
      zh: "与现在要做的不一致，从第 \(line) 行起不同；未写入台账库", en: "is not what would be done now, from line \(line) on; nothing was written")
  }

  /// What to do next.
  package var hint: LocalizedText {
    LocalizedText(
      zh: "计划之后，文件、规则、设置或台账库变过。请用 check --plan 重新生成计划，核对后再入库",
      en:
        "Since the plan was made the files, schemas, settings or the warehouse changed. Make it anew with check --plan, look at it, and load"
    )
  }
}
