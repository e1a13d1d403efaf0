import ElementCore

/// The keys of a record under each rule (linkage design, §2.1): a key with an empty part is not made.
extension PersonFeatures {
  /// Adds the keys under a rule, none twice.
  func appendKeys(_ rule: PersonRule, _ table: HanTable, to keys: inout [UInt32]) {
    // The keys move into the sink and back, and are not copied.
    var sink = KeySink(rule, keys.count)
    swap(&sink.keys, &keys)
    defer { swap(&sink.keys, &keys) }
    switch rule {
    case .number: addNumbers(&sink)
    case .numberTail:
      let number = self.number
      guard let surname = surnameSound(table), number.isWritten, number.count >= 12 else { return }
      sink.add(number.bits(0..<6), number.bits(number.count - 6..<number.count), surname)
    case .numberCore:
      let number = self.number
      if number.isWritten, number.count >= 17 { sink.add(number.bits(6..<17)) }
    case .masked:
      let number = self.number
      guard number.count == 18, words[2] != 0, (0..<6).allSatisfy({ number[$0] <= 9 }) else { return }
      forEachBirth { sink.add(words[2] & 0xFFFF, number.bits(0..<6), $0) }
    case .phone:
      if words[5] != 0 { sink.add(words[5]) }
      if words[6] != 0 { sink.add(words[6]) }
    case .nameBirth: forEachName { name in forEachBirth { sink.add(name, $0) } }
    case .nameHead: if householder != 0 { forEachName { sink.add($0, UInt64(householder)) } }
    case .nameCommunity: if community != 0 { forEachName { sink.add($0, community) } }
    case .soundYear:
      guard words[2] != 0 else { return }
      let sound = nameSound(table)
      forEachBirth { sink.add(sound, $0 >> 9) }
    case .surnameBirth:
      guard let surname = surnameSound(table), sex != 0 else { return }
      forEachBirth { sink.add(surname, $0, sex) }
    case .placeYear: forEachPlace { place in forEachBirth { sink.add(place, $0 >> 9) } }
    case .placeDay: forEachPlace { place in forEachBirth { sink.add(place, $0 & 0x1FF) } }
    case .placeSound: if let last = lastSound(table) { forEachPlace { sink.add($0, last) } }
    }
  }

  /// The key in a block that is split; nil where the record does not say what by.
  func refined(_ key: UInt32, _ refinement: PersonRule.Refinement, _ table: HanTable) -> UInt32? {
    let part: UInt64? =
      switch refinement {
      case .sex: sex == 0 ? nil : sex
      case .firstSix: number.count >= 6 ? number.bits(0..<6) : nil
      case .surnameSound: surnameSound(table)
      case .year: firstBirth == 0 ? nil : firstBirth >> 9
      case .month: firstBirth == 0 ? nil : firstBirth >> 5 & 15
      case .division: division == 0 ? nil : division
      case .lastSound: lastSound(table)
      case .name: nameHash == 0 ? nil : UInt64(nameHash)
      }
    return part.map { KeyHash.of(UInt64(key), $0) }
  }

  private func addNumbers(_ sink: inout KeySink) {
    let number = self.number
    if number.isWritten { sink.add(UInt64(truncatingIfNeeded: number.places), UInt64(truncatingIfNeeded: number.places >> 64)) }
    let certificate = self.certificate
    if certificate.hash != 0 { sink.add(certificate.type, UInt64(certificate.hash) | 1 << 40) }
  }

  private var firstBirth: UInt64 { packedBirths.column != 0 ? packedBirths.column : packedBirths.number }

  private func surnameSound(_ table: HanTable) -> UInt64? {
    words[2] == 0 ? nil : UInt64(table.sound(UInt32(words[2] & 0xFFFF)))
  }

  private func lastSound(_ table: HanTable) -> UInt64? {
    let name = self.name
    return name.isEmpty ? nil : UInt64(table.sound(name[name.count - 1]))
  }

  /// A hash of the sounds of the whole name.
  func nameSound(_ table: HanTable) -> UInt64 {
    let name = self.name
    var hash = KeyHash(0)
    for place in 0..<name.count { hash.add(UInt64(table.sound(name[place]))) }
    return UInt64(hash.value)
  }

  @inline(__always)
  private func forEachBirth(_ body: (UInt64) -> Void) {
    let births = packedBirths
    if births.column != 0 { body(births.column) }
    if births.number != 0, births.number != births.column { body(births.number) }
  }

  @inline(__always)
  private func forEachName(_ body: (UInt64) -> Void) {
    if nameHash != 0 { body(UInt64(nameHash)) }
    if formerName != 0, formerName != nameHash { body(UInt64(formerName)) }
  }

  /// House, household, and each address by its last three numbers and its last or its longest word.
  @inline(__always)
  private func forEachPlace(_ body: (UInt64) -> Void) {
    let homes = self.homes
    if homes.house != 0 { body(UInt64(homes.house)) }
    if homes.household != 0 { body(UInt64(homes.household) | 1 << 32) }
    for start in [10, 12] {
      let address = AddressForm(numbers: words[start], words: words[start + 1])
      guard address.count >= 2, address.words != 0 else { continue }
      let numbers = address.numbers & (1 << 62 - 1)
      body(UInt64(KeyHash.of(7, numbers, address.word(0))) | 2 << 32)
      if address.word(1) != 0 { body(UInt64(KeyHash.of(7, numbers, address.word(1))) | 2 << 32) }
    }
  }
}

/// Takes the keys of one record under one rule, none twice.
private struct KeySink {
  private let rule: UInt64
  private let start: Int
  var keys: [UInt32] = []

  init(_ rule: PersonRule, _ start: Int) { (self.rule, self.start) = (UInt64(rule.rawValue), start) }

  mutating func add(_ part: UInt64) {
    var hash = KeyHash(rule)
    hash.add(part)
    insert(hash.value)
  }

  mutating func add(_ one: UInt64, _ other: UInt64) {
    var hash = KeyHash(rule)
    hash.add(one)
    hash.add(other)
    insert(hash.value)
  }

  mutating func add(_ one: UInt64, _ other: UInt64, _ third: UInt64) {
    var hash = KeyHash(rule)
    hash.add(one)
    hash.add(other)
    hash.add(third)
    insert(hash.value)
  }

  private mutating func insert(_ key: UInt32) {
    for place in start..<keys.count where keys[place] == key { return }
    keys.append(key)
  }
}

extension NumberForm {
  /// Whether all places are written.
  var isWritten: Bool { isSound || kind == .wrong }

  /// Some places in one word, four bits each.
  func bits(_ range: Range<Int>) -> UInt64 {
    UInt64(truncatingIfNeeded: places >> UInt128(4 * range.lowerBound)) & (1 << UInt64(4 * range.count) - 1)
  }
}
