import ElementCore

/// The right to be the only one of a kind of run over a folder, such as that which empties an inbox; the kernel releases it with the process.
package final class RunLock: Sendable {
  private let lock: FileLock

  /// Takes the right at once, in a file beside the folder.
  ///
  /// - Throws: `WarehouseError` of kind `busy` where another run has it.
  package init(folder path: String) throws {
    do {
      lock = try FileLock(warehouse: path)
    } catch let error as WarehouseError where error.kind == .busy {
      throw WarehouseError(
        .busy, path: path,
        message: LocalizedText(zh: "正由另一个 yaosu nightly 或 watch 处理", en: "is being taken by another yaosu nightly or watch"),
        hint: LocalizedText(zh: "请等待它结束；不必同时运行两个", en: "Wait for it to end; one of them is enough"))
    }
  }
}
