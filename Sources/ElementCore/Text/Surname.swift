/// Family names of two characters, which stand whole where the rest of a name is hidden or compared.
enum Surname {
  /// The compound surnames that are still borne.
  static let compound: Set<String> = ["欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "司徒", "夏侯"]
  private static let scalars = Set(compound.map { $0.unicodeScalars.map(\.value) })

  /// How many characters of a name are the family name: two of a compound one with more behind it, else one.
  static func length(_ name: [UInt32]) -> Int { name.count > 2 && scalars.contains(Array(name.prefix(2))) ? 2 : 1 }
}
