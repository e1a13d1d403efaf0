import Crypto
package import ElementCore
import ElementFormats

/// The digest of a dataset: SHA-256 over the digests of 4,096 buckets, so that rows may be digested in parts.
///
/// A row stands in the bucket of the first 12 bits of its key's fingerprint, one without its key in bucket 0. The digest of a
/// bucket is SHA-256 over its rows in the order of their keys' bytes, those without first, by what stands for the key: of each row the
/// values of the key (those of what stands for it), each as its length in four bytes and its bytes, then its own fingerprint in
/// eight; numbers with the least byte first. That of a bucket without rows is 32 zero bytes.
package struct DatasetDigest {
  /// The number of buckets.
  package static let bucketCount = 4_096
  private var hashes = [SHA256?](repeating: nil, count: bucketCount)
  /// The row that is added.
  private var row: [UInt8] = []

  /// The digest of no rows yet.
  package init() {}

  /// The bucket of a key's fingerprint.
  package static func bucket(ofKey hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 52) }

  /// Adds a row to a bucket: what it is sorted by stands at `ranges` of `bytes`.
  package mutating func add(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, hash content: UInt64, to bucket: Int) {
    row.removeAll(keepingCapacity: true)
    for place in ranges.indices {
      row.append(integer: UInt32(truncatingIfNeeded: ranges[place].count))
      row.append(span: bytes.extracting(ranges[place].indices))
    }
    row.append(integer: content)
    if hashes[bucket] == nil { hashes[bucket] = SHA256() }
    // SAFETY: the bytes are there while the closure runs, and are hashed in it. Handed over as data they would be copied.
    unsafe row.withUnsafeBytes { unsafe hashes[bucket]?.update(bufferPointer: $0) }
  }

  /// The digests of the buckets, behind the last row.
  package consuming func finish() -> BucketDigests {
    var digests = BucketDigests()
    for (bucket, hash) in hashes.enumerated() {
      if let hash { digests.set(Array(hash.finalize()), of: bucket) }
    }
    return digests
  }
}

/// The digests of a dataset's buckets, or of those of a part of its rows.
package struct BucketDigests: Equatable {
  private static let size = 32
  private var bytes = [UInt8](repeating: 0, count: DatasetDigest.bucketCount * size)

  /// The digests of no rows.
  package init() {}

  mutating func set(_ digest: [UInt8], of bucket: Int) {
    bytes.replaceSubrange(bucket * Self.size..<(bucket + 1) * Self.size, with: digest)
  }

  /// Adds the digests of other rows, whose buckets are empty here: parts are cut between buckets.
  package mutating func merge(_ other: BucketDigests) {
    for place in bytes.indices { bytes[place] |= other.bytes[place] }
  }

  /// The digest of all, in lower-case hexadecimal.
  package var text: String { Hexadecimal.text(Array(SHA256.hash(data: bytes))) }
}
