import ElementCore
import ElementLinkage
import ElementSchema
import Testing

/// Rows of people by what their columns hold, as the shipped dataset of registered residents and the shipped model see them.
enum SamplePeople {
  /// The shipped schemas, read once.
  static let pack = Result { try SchemaPack.shipped() }

  /// The day on which ages count.
  static let today = CalendarDate(iso: Array("2026-01-01".utf8).span)

  /// The shipped model.
  static func model() throws -> LinkageModel {
    let files = try SchemaPack.files(directory: nil)
    let file = try #require(files.first { $0.path == "linkage/person.yaml" })
    return try LinkageModel(text: file.text, file: file.path)
  }

  /// The features of a row that holds these values.
  static func features(_ values: [LinkageRole: String]) throws -> PersonFeatures {
    let pack = try pack.get()
    let roles = Dictionary(uniqueKeysWithValues: LinkageRole.allCases.enumerated().map { ($1, [$0]) })
    let linkage = DatasetLinkage(kind: .person, roles: roles, rank: 1)
    let reader = PersonReader(linkage, try #require(pack.scheme("cjt349")), today: try #require(today))
    return reader.features { Array((values[LinkageRole.allCases[$0]] ?? "").utf8)[...] }
  }

  /// Rows that are compared with each other.
  static func records(_ rows: [[LinkageRole: String]]) throws -> PersonRecords {
    var store = FeatureStore(beside: ["/tmp/yaosu"])
    for row in rows { store.append(try features(row)) }
    return try PersonRecords(store, try model())
  }

  /// What two rows are to each other.
  static func judge(_ left: [LinkageRole: String], _ right: [LinkageRole: String]) throws -> PairJudgement {
    let records = try records([left, right])
    return records.judge(try records.record(0), try records.record(1))
  }
}
