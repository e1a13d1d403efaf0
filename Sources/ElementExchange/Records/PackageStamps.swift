import ElementFormats
import ElementSchema

/// What a package says of itself in its records, names and headers.
package struct PackageStamps: Sendable, Hashable {
  /// Its identity, `PROFILE-yyyyMMddHHmmss-NUMBER`.
  package let package: String
  /// Its number in the warehouse, from 1.
  package let number: Int
  /// The code of the office that sends.
  package let sender: String
  /// When it was made, `YYYY-MM-DD HH:MM:SS` in the office's zone.
  package let time: String

  /// What a package of a profile says of itself.
  package init(profile: String, number: Int, sender: String, time: String) {
    (self.number, self.sender, self.time) = (number, sender, time)
    package = "\(profile)-\(time.filter(\.isWholeNumber))-\(PackageStamps.padded(number, 6))"
  }

  /// The name of a data file of it, of a kind (see `FileNamePattern.Part.kind`); files of a dataset and a kind are counted from 1.
  package func name(_ profile: ExportProfile, _ part: ProfileDataset, kind: String, file: Int) -> String {
    let digits = time.filter { $0.isASCII && $0.isNumber }
    // What a site or a profile writes could lead to another folder.
    func plain(_ text: String) -> String {
      String(
        text.map { character in
          character == "/" || character == "\\" || character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            ? "_" : character
        })
    }
    return profile.fileName.name { piece in
      switch piece {
      case .sender: plain(sender)
      case .dataset: part.dataset.name
      case .table: plain(part.table)
      case .time: digits
      case .date: String(digits.prefix(8))
      case .package: PackageStamps.padded(number, 6)
      case .part: PackageStamps.padded(file, 4)
      case .kind: kind
      case .format: profile.layout.format.rawValue
      }
    }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
