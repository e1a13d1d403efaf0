extension DatasetLinkage {
  private static let mostRank = 99

  /// Reads the key `linkage` of a dataset.
  init(_ node: YAMLNode, _ scope: Scope) throws(SchemaError) {
    try node.allow(["kind", "roles", "rank"])
    guard let kind = try node.choice("kind", LinkageKind.allCases) else {
      throw node.error(zh: "缺少 kind", en: "kind is missing")
    }
    var roles: [LinkageRole: [Int]] = [:]
    for (key, value) in try node.required("roles").pairs() {
      guard let role = LinkageRole(rawValue: try key.text()) else {
        let names = LinkageRole.allCases.map(\.rawValue).joined(separator: ", ")
        throw key.error(zh: "没有角色 \(try key.text())，可用：\(names)", en: "there is no role \(try key.text()); use one of \(names)")
      }
      roles[role] = try value.isScalar ? [scope.index(value)] : scope.indices(value)
    }
    let rank = try node.required("rank")
    guard (1...Self.mostRank).contains(try rank.integer()) else {
      throw rank.error(zh: "rank 应为 1 到 \(Self.mostRank)", en: "rank is 1 to \(Self.mostRank)")
    }
    self.init(kind: kind, roles: roles, rank: try rank.integer())
  }
}
