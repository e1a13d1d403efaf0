import Foundation

/// Fingerprints of rows and digests of datasets that another program computed (`Tests/Fixtures/fingerprints/make.py`).
package struct FingerprintVectors: Decodable {
  /// The fingerprint of one row.
  package struct Row: Decodable, Sendable {
    /// The names of its fields.
    package let names: [String]
    /// Their values.
    package let values: [String]
    /// The fingerprint in hexadecimal.
    package let hash: String
  }

  /// The digest of one dataset.
  package struct Dataset: Decodable, Sendable {
    /// A row: what it is sorted by, and its fingerprint.
    package struct Row: Decodable, Sendable {
      /// The values of the key; the first one is empty where the key is not known.
      package let key: [String]
      /// The values of what stands for the key.
      package let interim: [String]
      /// The fingerprint in hexadecimal.
      package let hash: String
    }

    /// The names of the key's fields.
    package let key: [String]
    /// The names of the fields that stand for it.
    package let interim: [String]
    /// The rows, in no order.
    package let rows: [Row]
    /// The digest in hexadecimal.
    package let digest: String
  }

  /// The rows.
  package let rows: [Row]
  /// The datasets.
  package let datasets: [Dataset]

  /// The vectors of the repository.
  package static func shipped() throws -> FingerprintVectors {
    try JSONDecoder().decode(
      FingerprintVectors.self, from: Data(contentsOf: Repository.url("Tests/Fixtures/fingerprints/vectors.json")))
  }
}
