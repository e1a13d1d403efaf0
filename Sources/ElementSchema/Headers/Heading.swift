/// A heading with its comparable forms, made once however many datasets it is compared with.
struct Heading: Sendable {
  /// As it is written, what stands above it before a stroke: `户主信息/联系电话`.
  let text: String
  /// Its `HeaderText` key.
  let key: String
  /// Its key without what stands in brackets.
  let bare: String
  /// The ways to part it into groups and a heading of its own, the fewest groups first; none where no stroke stands in it.
  let partings: [Parting]

  /// Groups, the outermost first, and the heading below them.
  struct Parting: Sendable {
    let groups: [HeadingGroup]
    /// The heading alone.
    let name: String
    let key: String
    /// Its key without what stands in brackets.
    let bare: String
  }

  /// A heading as it is written.
  init(_ text: String) {
    self.text = text
    key = HeaderText.key(text)
    bare = HeaderText.keyWithoutNotes(text)
    partings = text.utf8.contains(0x2F) ? Heading.partings(text) : []
  }

  private static func partings(_ text: String) -> [Parting] {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return (1..<parts.count).map { place in
      let name = parts[place...].joined(separator: "/")
      return Parting(
        groups: parts[..<place].map(HeadingGroup.init), name: name, key: HeaderText.key(name),
        bare: HeaderText.keyWithoutNotes(name))
    }
  }

  /// What an index by keys has for it, the whole heading first.
  func found<Value>(in index: [String: Value]) -> Value? { index[key] ?? index[bare] }

  /// Whether it, or what stands below its groups, is one of these keys.
  func isKnown(to keys: Set<String>) -> Bool {
    keys.contains(key) || keys.contains(bare) || partings.contains { keys.contains($0.key) || keys.contains($0.bare) }
  }
}

extension Heading.Parting {
  /// What an index by keys has for the heading alone.
  func found<Value>(in index: [String: Value]) -> Value? { index[key] ?? index[bare] }

  /// The groups that name somebody or something else than a record that is called by `subjects`.
  private func others(_ subjects: Set<String>) -> [HeadingGroup] { groups.filter { $0.isOther(subjects: subjects) } }

  /// The heading as it is shown: with the groups that matter before it, or before the group that says what of somebody is meant.
  func shown(_ index: [String: Int], _ subjects: Set<String>) -> String {
    if prefixed(index, subjects) == nil, turned(index, subjects) != nil, let group = groups.last {
      return HeadingGroup.isSelf(key) ? group.key : name + group.key
    }
    return others(subjects).map(\.key).joined() + name
  }

  /// The field that a dataset has for it: by the groups and the heading as one word, as a prefix would make it; else by the heading
  /// alone, unless a group names somebody or something else, or is another field.
  func field(_ index: [String: Int], _ subjects: Set<String>) -> Int? {
    if let field = prefixed(index, subjects) ?? turned(index, subjects) { return field }
    let others = others(subjects).map(\.key)
    guard let own = found(in: index) else { return nil }
    for group in groups {
      if let field = index[group.key], field != own { return nil }
    }
    // 户主姓名 below 户主信息 says whose it is itself.
    return others.allSatisfy { key.hasPrefix($0) } ? own : nil
  }

  /// The field of the groups and the heading as one word.
  private func prefixed(_ index: [String: Int], _ subjects: Set<String>) -> Int? {
    let prefixes = [groups.map(\.key).joined(), others(subjects).map(\.key).joined(), groups.last?.key ?? ""]
    for prefix in prefixes where !prefix.isEmpty {
      if let field = index[prefix + key] ?? index[prefix + bare] { return field }
    }
    return nil
  }

  /// The field of the heading and its group the other way round: 户主 below 联系电话; 本人 is nobody else.
  private func turned(_ index: [String: Int], _ subjects: Set<String>) -> Int? {
    guard let group = groups.last?.key else { return nil }
    if HeadingGroup.isSelf(key) { return others(subjects).isEmpty ? index[group] : nil }
    return index[key + group] ?? index[bare + group]
  }
}
