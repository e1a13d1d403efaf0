import Crypto
package import ElementCore
package import ElementSchema

/// Makes fingerprints of findings: HMAC-SHA256 with the secret of a warehouse over rule, dataset, record and field.
package struct FindingKeys: Sendable {
  /// What a finding is about.
  package enum Subject: Sendable {
    /// A record, by the values of its key, sound or not.
    case key
    /// A record whose key is not known yet, by what stands for it.
    case interim
    /// A record without either, by all that it says.
    case row
    /// A group, by the values that its members share.
    case group
    /// A column, or a file as a whole.
    case column

    /// How it is told apart from others in what is hashed.
    fileprivate var name: StaticString {
      switch self {
      case .key: "key"
      case .interim: "interim"
      case .row: "row"
      case .group: "group"
      case .column: "column"
      }
    }
  }

  /// What has taken the secret in, and nothing else yet.
  private let keyed: HMAC<SHA256>
  /// By what records were known that had no number at first, by what they are known by now; by dataset.
  private let origins: [String: [FindingFingerprint: FindingFingerprint]]

  /// Keys with a secret of 32 bytes. `origins` says of records that had no number at first, by dataset, by
  /// what they were known.
  package init(secret: [UInt8], origins: [String: [FindingFingerprint: FindingFingerprint]] = [:]) {
    keyed = HMAC<SHA256>(key: SymmetricKey(data: secret))
    self.origins = origins
  }

  /// By what a subject of a dataset is known.
  package func subject(_ kind: Subject, _ value: [UInt8], in dataset: String) -> FindingFingerprint {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64 + value.count)
    Self.append("dataset", dataset.utf8, to: &bytes)
    Self.append(kind.name, value, to: &bytes)
    return digest(bytes)
  }

  /// By what a record was known before its key was; nil where it always had it.
  func origin(of subject: FindingFingerprint, in dataset: String) -> FindingFingerprint? { origins[dataset]?[subject] }

  /// The values of some fields, as subjects have them: parted by `CheckedBatch.keySeparator`, and of a citizen number what its forms of 15 and
  /// of 18 digits have in common (GB 11643-1989 clause 3), so that both are one record; a slip in its check character is another one.
  package static func joined(_ values: [(field: Field, value: [UInt8])]) -> [UInt8] {
    let parts = values.map { field, value -> [UInt8] in
      guard field.type == .citizenId, value.count == 18, value[6] == 0x31, value[7] == 0x39,
        value.span.extracting(0..<17).isDigits, CitizenID.checkCharacter(value.span) == value[17]
      else { return value }
      return Array(value[0..<6] + value[8..<17])
    }
    return Array(parts.joined(separator: [CheckedBatch.keySeparator]))
  }

  /// The fingerprint of a finding about a subject, and a field of it, by its name (empty for none).
  package func fingerprint(
    _ code: RuleCode, _ subject: FindingFingerprint, field: String, in dataset: String
  ) -> FindingFingerprint {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(192)
    Self.append("code", code.description.utf8, to: &bytes)
    Self.append("dataset", dataset.utf8, to: &bytes)
    Self.append("subject", subject.text.utf8, to: &bytes)
    Self.append("field", field.utf8, to: &bytes)
    return digest(bytes)
  }

  private static func append(_ name: StaticString, _ value: some Collection<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(integer: UInt32(truncatingIfNeeded: name.utf8CodeUnitCount))
    bytes += name.description.utf8
    bytes.append(integer: UInt32(truncatingIfNeeded: value.count))
    bytes += value
  }

  private func digest(_ bytes: [UInt8]) -> FindingFingerprint {
    var hash = keyed
    hash.update(data: bytes)
    return FindingFingerprint(Array(hash.finalize()).span)
  }
}
