import ElementCore
import ElementSchema

/// Hashes what stands for the key of a row that has none yet, of rows that have theirs too.
struct InterimHash {
  /// The key's only field, from 0.
  let key: Int
  /// The fields that are hashed, from 0: those that must be equal, then those that must not differ.
  private let fields: [Int]
  /// The names of the key's field and of these.
  let names: [String]
  /// How many fields must not differ.
  let mayCount: Int
  private let mustCount: Int
  /// Which of the fields that must be equal is the day of birth that the key says, where it is a citizen number.
  private let birthPlace: Int?

  /// The hash of a dataset; nil where its rows all need their key.
  init?(_ dataset: Dataset) {
    guard let interim = dataset.interim, let key = dataset.key.first else { return nil }
    (self.key, fields, mustCount) = (key, interim.fields, interim.must.count)
    mayCount = interim.may.count
    names = dataset.names(of: [key] + interim.fields)
    birthPlace = interim.must.firstIndex { dataset.fields[$0].birthDateOf.flatMap(dataset.index) == key }
  }

  /// A hash of a record: at 0 that of what must be equal, behind it one of each field that must not differ, 0 where it is empty.
  func hash(_ place: Int, of checked: CheckedBatch, _ record: Int) -> UInt64 {
    let (source, start) = (checked.source.bytes.span, record * checked.fieldCount)
    let key = source.extracting(checked.values[start + key].indices)
    var hash: UInt64 = 0
    for field in taken(place) {
      hash = add(source.extracting(checked.values[start + fields[field]].indices), field, key, to: hash)
    }
    return hash
  }

  /// The same of a stored row, by its values of `names`.
  func hash(_ place: Int, of values: [[UInt8]]) -> UInt64 {
    let key = values[0]
    var hash: UInt64 = 0
    for field in taken(place) {
      let value = values[field + 1]
      hash = add(value.span, field, key.span, to: hash)
    }
    return hash
  }

  /// Which of `fields` a hash is of.
  private func taken(_ place: Int) -> Range<Int> {
    place == 0 ? 0..<mustCount : mustCount + place - 1..<mustCount + place
  }

  /// Adds a value to a hash, in order; a missing day of birth is that of the key.
  private func add(_ value: Span<UInt8>, _ field: Int, _ key: Span<UInt8>, to hash: UInt64) -> UInt64 {
    var own: UInt64 = value.isEmpty ? 0 : max(1, XXH64.hash(value))
    if value.isEmpty, field == birthPlace, let born = CitizenID.birthDate(key) {
      let text = Array(born.text.utf8)
      own = max(1, XXH64.hash(text.span))
    }
    // Nothing added to nothing stays 0: what is not known.
    let mixed = (hash ^ own) &* 0x9E37_79B1_85EB_CA87
    return mixed ^ mixed >> 29
  }
}
