import ElementCore
package import ElementFormats
import Foundation

extension DeliveryOptions {
  /// Refuses outputs that are the same file, or one that the run reads or writes: not even when it may replace files.
  ///
  /// - Throws: `OutputError` of wrong usage that names the output.
  package func refuseOutputs(_ outputs: [String]) throws(OutputError) {
    var taken = ([warehouse, planCheck].compactMap { $0 } + paths).map(Self.identity)
    for output in outputs {
      guard output != "-", !output.isEmpty else {
        throw OutputError(
          .usage, path: output, message: LocalizedText(zh: "不能作为输出文件名", en: "is no name of a file"),
          hint: LocalizedText(zh: "请给出一个文件名", en: "Name a file"))
      }
      let own = Self.identity(output)
      guard !taken.contains(own) else {
        throw OutputError(
          .usage, path: output,
          message: LocalizedText(zh: "是本次要读取或写入的另一个文件", en: "is another file that this run reads or writes"),
          hint: LocalizedText(zh: "请换一个文件名", en: "Choose another name"))
      }
      taken.append(own)
    }
  }

  /// What a path leads to: device and number of a file that is there, else the path without links.
  private static func identity(_ path: String) -> String {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
    guard let device = attributes?[.systemNumber] as? Int, let file = attributes?[.systemFileNumber] as? Int else {
      return url.standardizedFileURL.path
    }
    return "\(device):\(file)"
  }
}
