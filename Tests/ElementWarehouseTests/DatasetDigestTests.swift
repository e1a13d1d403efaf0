import ElementCore
import ElementTestSupport
import ElementWarehouse
import Testing

/// Digests of datasets against vectors of another program, and of parts against that of the whole.
struct DatasetDigestTests {
  /// What a row is digested by.
  private struct Row {
    let values: [[UInt8]]
    let content: UInt64
    let bucket: Int
    let isKeyed: Bool

    init(_ row: FingerprintVectors.Dataset.Row, key: [String]) throws {
      isKeyed = row.key.first?.isEmpty == false
      values = (isKeyed ? row.key : row.interim).map { Array($0.utf8) }
      content = try #require(UInt64(row.hash, radix: 16))
      let (bytes, ranges) = Row.laidOut(values)
      bucket = isKeyed ? DatasetDigest.bucket(ofKey: RowHash(names: key).hash(bytes.span, ranges.span, from: 0)) : 0
    }

    static func laidOut(_ values: [[UInt8]]) -> ([UInt8], [FieldRange]) {
      var (bytes, ranges): ([UInt8], [FieldRange]) = ([], [])
      for value in values {
        ranges.append(FieldRange(bytes.count, bytes.count + value.count))
        bytes += value
      }
      return (bytes, ranges)
    }

    func isBefore(_ other: Row) -> Bool {
      if isKeyed != other.isKeyed { return !isKeyed }
      for (one, two) in zip(values, other.values) where one != two { return one.lexicographicallyPrecedes(two) }
      return Int64(bitPattern: content) < Int64(bitPattern: other.content)
    }
  }

  private func digest(_ rows: [Row]) -> BucketDigests {
    var digest = DatasetDigest()
    for row in rows {
      let (bytes, ranges) = Row.laidOut(row.values)
      digest.add(bytes.span, ranges.span, hash: row.content, to: row.bucket)
    }
    return digest.finish()
  }

  private func rows(_ dataset: FingerprintVectors.Dataset) throws -> [Row] {
    try dataset.rows.map { try Row($0, key: dataset.key) }.sorted { $0.isBefore($1) }
  }

  @Test(arguments: try FingerprintVectors.shipped().datasets)
  func `a digest is that of the vectors`(_ dataset: FingerprintVectors.Dataset) throws {
    #expect(digest(try rows(dataset)).text == dataset.digest)
  }

  @Test(arguments: try FingerprintVectors.shipped().datasets, [1, 2, 7])
  func `digests of parts add up to that of the whole`(_ dataset: FingerprintVectors.Dataset, _ parts: Int) throws {
    let rows = try rows(dataset)
    var merged = BucketDigests()
    for part in (0..<parts).reversed() { merged.merge(digest(rows.filter { $0.bucket % parts == part })) }
    #expect(merged == digest(rows))
  }
}
