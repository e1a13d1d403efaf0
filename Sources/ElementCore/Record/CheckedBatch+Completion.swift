/// Where a value of a row that is put together comes from.
package enum ValueOrigin: Sendable {
  /// The record states it, or that it goes.
  case stated
  /// It is what is stored, or nothing.
  case stored
  /// It follows from other fields, and is left out until it is known what they give.
  case derived
}

extension CheckedBatch {
  /// Some records with other values: the value of a field of the record at a place (both from 0) is what `value` says. Where they stand and what
  /// they are known by stays.
  package func replacing(_ records: [Int], _ value: (_ place: Int, _ field: Int) -> ArraySlice<UInt8>) -> CheckedBatch {
    var batch = RecordBatch(bytes: [], byteBase: source.byteBase)
    var ranges: [FieldRange] = []
    for (place, record) in records.enumerated() {
      for field in 0..<fieldCount {
        let value = value(place, field)
        ranges.append(FieldRange(batch.bytes.count, batch.bytes.count + value.count))
        batch.bytes += value
      }
      var spot = source.spots[record]
      (spot.firstField, spot.fieldCount) = (0, 0)
      batch.spots.append(spot)
    }
    var out = CheckedBatch(source: batch, fieldCount: fieldCount)
    out.values = ranges
    out.keyHash = records.map { keyHash[$0] }
    out.contentHash = records.map { contentHash[$0] }
    return out
  }

  /// Which fields of a record, from 0, were filled from others, of a dataset whose fields have these names.
  package func derivedFields(_ record: Int, _ names: [String]) -> Set<Int> {
    let own = derivedNames(record)
    if own.isEmpty { return [] }
    let parts = own.split(separator: 0x2C)
    return Set(names.indices.filter { field in parts.contains { $0.elementsEqual(names[field].utf8) } })
  }
}
