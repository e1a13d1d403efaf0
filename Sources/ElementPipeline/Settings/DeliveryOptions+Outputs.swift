import ElementCore
package import ElementFormats
import ElementWarehouse

extension DeliveryOptions {
  /// Refuses outputs that are the same file, or one that the run reads or writes: not even when it may replace files.
  ///
  /// - Throws: `OutputError` of wrong usage that names the output.
  package func refuseOutputs(_ outputs: [String]) throws(OutputError) {
    let own = warehouse.map { [$0] + Warehouse.companions(of: $0) } ?? []
    var taken = (own + [planCheck].compactMap { $0 } + paths).map(FileIdentity.init)
    for output in outputs {
      guard output != "-", !output.isEmpty else {
        throw OutputError(
          .usage, path: output, message: LocalizedText(zh: "不能作为输出文件名", en: "is no name of a file"),
          hint: LocalizedText(zh: "请给出一个文件名", en: "Name a file"))
      }
      let identity = FileIdentity(output)
      guard !taken.contains(identity) else {
        throw OutputError(
          .usage, path: output,
          message: LocalizedText(zh: "是本次要读取或写入的另一个文件", en: "is another file that this run reads or writes"),
          hint: LocalizedText(zh: "请换一个文件名", en: "Choose another name"))
      }
      taken.append(identity)
    }
  }
}
