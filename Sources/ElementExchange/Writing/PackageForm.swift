import ElementCore
package import ElementFormats
import ElementSchema

extension ExportProfile {
  /// A writer of a data file that has begun: `stamp` stands at the foot of printed pages.
  ///
  /// - Throws: `UnwritableValue` where a heading cannot be written.
  package func writer(
    _ part: ProfileDataset, _ stamps: PackageStamps, kind: String, codeSets: [String], stamp: String
  ) throws(UnwritableValue) -> any RecordWriter {
    let columns = part.columns.map { WrittenColumn($0.name, isNumber: $0.isNumber, width: Self.width($0, part.dataset)) }
    return try layout.format.writer(
      columns, text: layout.text, sheet: part.dataset.title.zh, stamp: stamp,
      frame: frame(part, stamps, kind: kind, codeSets: codeSets))
  }

  /// How many Latin characters the values of a column need, so that no number is cut on paper.
  private static func width(_ column: ProfileColumn, _ dataset: Dataset) -> Int {
    guard case .field(let place) = column.source else { return 0 }
    let field = dataset.fields[place]
    return switch field.type {
    case .citizenId, .certNumber, .dateTime: 20
    case .gridCode: 22
    case .identifier: 20
    case .statisticalCode, .phone, .code: 14
    case .date: 12
    // Characters of Chinese are as wide as two.
    case .text: min(2 * (field.length ?? 0), 30)
    default: 0
    }
  }

  /// What stands around the records of a file.
  private func frame(
    _ part: ProfileDataset, _ stamps: PackageStamps, kind: String, codeSets: [String]
  ) -> DocumentFrame {
    var frame = DocumentFrame()
    (frame.root, frame.record) = (layout.rootElement, layout.recordElement)
    guard layout.envelope == .gridDataPackage else { return frame }
    (frame.root, frame.list, frame.record) = ("gridDataPackage", "records", "record")
    let own = [
      ("formatVersion", "1"), ("packageId", stamps.package), ("senderCode", stamps.sender), ("receiverProfile", name),
      ("createdAt", stamps.time), ("dataset", part.table), ("content", kind), ("codeSets", codeSets.joined(separator: " ")),
    ]
    frame.header = (own + header.map { ($0.name, $0.value) }).map { DocumentFrame.HeaderItem($0.0, $0.1) }
    return frame
  }
}
