extension CheckedBatch {
  /// What parts the values of a key: a character that no sound value holds (U+001F).
  package static let keySeparator: UInt8 = 0x1F

  /// The values of the key fields (from 0) of a record, parted by `keySeparator`; nil where its key is not sound or not whole.
  package func keyText(_ record: Int, _ key: [Int]) -> [UInt8]? {
    guard keyIsSound[record], key.allSatisfy({ !value(record, $0).isEmpty && !isUnsound(record, $0) }) else { return nil }
    return Array(key.map { value(record, $0) }.joined(separator: [CheckedBatch.keySeparator]))
  }
}
