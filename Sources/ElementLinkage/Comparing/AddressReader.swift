/// Takes an address apart, from its first character to its last: its numbers, and the words that are names of places.
package struct AddressReader {
  private let scalars: [UInt32]
  private var index = 0
  /// The numbers from the first; a letter of a building (A座) counts as one, above all numbers.
  package private(set) var numbers: [UInt32] = []
  /// The words in their order.
  package private(set) var words: [[UInt32]] = []
  /// The place in `numbers`, from 0, of the building; nil where no word says so.
  private(set) var building: Int?
  private var word: [UInt32] = []

  /// Letters of buildings stand above all numbers.
  static let letters: UInt32 = 1 << 31
  /// What a number may stand before, the longer first; those of buildings apart.
  private static let buildings = ["号楼", "幢", "栋", "座", "#"].map(Self.points)
  private static let units = ["单元", "门", "号", "室", "组", "楼", "层", "弄", "户", "房", "排"].map(Self.points)
  /// Kinds of places: they part words and are none, the longer first.
  private static let kinds = [
    "居民委员会", "村民委员会", "居委会", "村委会", "自治区", "自治州", "自治县", "街道办事处", "小区", "社区", "街道", "新村", "花园", "公寓", "省", "市", "区", "县",
    "镇", "乡", "村", "路", "街", "巷",
  ].map(Self.points)
  /// What a character may begin: bit 0 a kind of place, bit 1 a building or a unit, bit 2 a numeral.
  private static let beginnings: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 0x1_0000)
    for text in kinds { table[Int(text[0])] |= 1 }
    for text in buildings + units { table[Int(text[0])] |= 2 }
    for scalar in digits.keys { table[Int(scalar)] |= 4 }
    for scalar in powers.keys { table[Int(scalar)] |= 4 }
    return table
  }()
  private static let digits: [UInt32: UInt32] = Dictionary(
    uniqueKeysWithValues: zip(points("〇零一二三四五六七八九两"), [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2]))
  private static let powers: [UInt32: UInt32] = Dictionary(uniqueKeysWithValues: zip(points("十百千"), [10, 100, 1000]))

  private static func points(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  init(_ scalars: [UInt32]) { self.scalars = scalars }

  /// What an address as UTF-8 says.
  package init(_ address: Span<UInt8>) {
    self.init(AddressForm.scalars(address))
    read()
  }

  /// Goes through the characters once: numbers and words come in the order of the address.
  mutating func read() {
    while index < scalars.count {
      if readNumber() || readLetter() || skipKind() { continue }
      let scalar = scalars[index]
      index += 1
      if scalar >= 0x2E80 || isLetter(index - 1) { word.append(scalar) } else { endWord() }
    }
    endWord()
  }

  /// A number in digits, wherever it stands, or in numerals before a unit.
  private mutating func readNumber() -> Bool {
    var end = index
    while end < scalars.count, (0x30...0x39).contains(scalars[end]) { end += 1 }
    if end > index {
      let value = scalars[index..<end].reduce(UInt64(0)) { min($0 * 10 + UInt64($1 - 0x30), UInt64(AddressReader.letters) - 1) }
      take(UInt32(value), upTo: end)
      return true
    }
    while end < scalars.count, mayBegin(4, at: end) { end += 1 }
    guard end > index, unit(at: end) != nil else { return false }
    take(AddressReader.value(of: scalars[index..<end]), upTo: end)
    return true
  }

  /// A letter by itself that a building, a unit or a number follows.
  private mutating func readLetter() -> Bool {
    guard isLetter(index), !isLetter(index - 1), !isLetter(index + 1) else { return false }
    let next = index + 1
    guard next == scalars.count || scalars[next] < 0x2E80 || unit(at: next) != nil else { return false }
    take(AddressReader.letters | scalars[index], upTo: next)
    return true
  }

  private func isLetter(_ place: Int) -> Bool { scalars.indices.contains(place) && (0x61...0x7A).contains(scalars[place]) }

  private mutating func take(_ number: UInt32, upTo end: Int) {
    endWord()
    numbers.append(number)
    index = end
    if let unit = unit(at: end) {
      if unit.isBuilding { building = numbers.count - 1 }
      index += unit.count
    }
  }

  /// The unit that begins at a place, and how many characters it has.
  private func unit(at place: Int) -> (count: Int, isBuilding: Bool)? {
    guard mayBegin(2, at: place) else { return nil }
    if let count = AddressReader.buildings.first(where: { begins($0, at: place) })?.count { return (count, true) }
    return AddressReader.units.first { begins($0, at: place) }.map { ($0.count, false) }
  }

  private func begins(_ text: [UInt32], at place: Int) -> Bool {
    guard place + text.count <= scalars.count else { return false }
    for offset in text.indices where scalars[place + offset] != text[offset] { return false }
    return true
  }

  private func mayBegin(_ bit: UInt8, at place: Int) -> Bool {
    place < scalars.count && scalars[place] <= 0xFFFF && AddressReader.beginnings[Int(scalars[place])] & bit != 0
  }

  /// Units part no words, for 厦门 and 鼓楼 are names: they stand behind numbers only.
  private mutating func skipKind() -> Bool {
    guard mayBegin(1, at: index) else { return false }
    guard let text = AddressReader.kinds.first(where: { begins($0, at: index) }) else { return false }
    endWord()
    index += text.count
    return true
  }

  private mutating func endWord() {
    // One character left between two kinds of places says nothing.
    if word.count > 1 { words.append(word) }
    word = []
  }

  /// The value of numerals: 一百零三 by powers, 二〇三 digit by digit.
  private static func value(of numerals: ArraySlice<UInt32>) -> UInt32 {
    if numerals.allSatisfy({ digits[$0] != nil }) {
      return numerals.reduce(0) { min($0 * 10 + (digits[$1] ?? 0), 100_000_000) }
    }
    var (sum, digit): (UInt32, UInt32?) = (0, nil)
    for numeral in numerals {
      if let power = powers[numeral] {
        sum += (digit ?? 1) * power
        digit = nil
      } else {
        digit = digits[numeral]
      }
    }
    return sum + (digit ?? 0)
  }
}
