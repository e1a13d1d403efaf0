import ElementCore
import ElementSchema

/// Hashes what stands for the key of a row that has none yet, of rows that have theirs too.
struct InterimHash {
  /// The key's only field, from 0.
  let key: Int
  /// The fields that are hashed, from 0: those that must be equal, then those that must not differ.
  let fields: [Int]
  /// The names of the key's field and of these.
  let names: [String]
  private let mustCount: Int
  /// Which of the fields that must be equal is the day of birth that the key says, where it is a citizen number.
  private let birthPlace: Int?
  private var bytes: [UInt8] = []

  /// The hash of a dataset; nil where its rows all need their key.
  init?(_ dataset: Dataset) {
    guard let interim = dataset.interim, let key = dataset.key.first else { return nil }
    (self.key, fields, mustCount) = (key, interim.fields, interim.must.count)
    names = dataset.names(of: [key] + interim.fields)
    birthPlace = interim.must.firstIndex { dataset.fields[$0].birthDateOf.flatMap(dataset.index) == key }
  }

  /// The hashes of a row, by its values.
  mutating func hashes(key: ArraySlice<UInt8>, _ value: (Int) -> ArraySlice<UInt8>) -> (must: UInt64, may: [UInt64]) {
    bytes.removeAll(keepingCapacity: true)
    for place in 0..<mustCount {
      let own = value(fields[place])
      if own.isEmpty, place == birthPlace, let born = CitizenID.birthDate(key.span) {
        bytes += Array(born.text.utf8)
      } else {
        bytes += own
      }
      // No value has a zero byte.
      bytes.append(0)
    }
    // 0 is what is not known.
    let may = fields[mustCount...].map { field in
      let value = value(field)
      return value.isEmpty ? 0 : max(1, XXH64.hash(value.span))
    }
    return (XXH64.hash(bytes.span), may)
  }
}
