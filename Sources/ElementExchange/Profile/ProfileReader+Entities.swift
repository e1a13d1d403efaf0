import ElementCore
import ElementSchema

extension ProfileReader {
  /// The datasets that golden records are made of, the most trusted first: those under `from`, else all of the kind that need no opt-in.
  func sources(_ node: YAMLNode, _ dataset: Dataset) throws(SchemaError) -> [GoldenSource] {
    let from = try node.optional("from")
    guard try node.choice("entity", EntityForm.allCases) == .golden else {
      if let from { throw from.error(zh: "from 用于 entity: golden", en: "from is for entity: golden") }
      return []
    }
    let able = pack.datasets.filter { $0.linkage != nil && $0.linkage?.kind == dataset.linkage?.kind && $0.restriction == nil }
    var chosen = able
    if let from {
      chosen = []
      for item in try from.list() {
        let name = try item.text()
        guard let source = able.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
          throw item.error(
            zh: "from 可用：\(able.map(\.name).joined(separator: "、"))",
            en: "from takes \(able.map(\.name).joined(separator: ", "))")
        }
        chosen.append(source)
      }
      guard chosen.contains(where: { $0.name == dataset.name }) else {
        throw from.error(zh: "from 须含 \(dataset.name) 本身", en: "from holds \(dataset.name) itself")
      }
    }
    return chosen.map { GoldenSource($0, for: dataset) }.sorted { ($0.rank, $0.dataset.name) < ($1.rank, $1.dataset.name) }
  }

  /// Refuses what says whose a record is where that is not known, or not said.
  func confirmEntity(_ part: ProfileDataset, _ node: YAMLNode) throws(SchemaError) {
    let columns = try node.required("columns")
    func shows(_ stamp: ProfileColumn.Stamp) -> Bool { part.columns.contains { $0.source == .stamp(stamp) } }
    guard part.entity != .none else {
      if shows(.entity) {
        throw columns.error(
          zh: "value: entity 须写明 entity: id 或 golden", en: "value: entity takes entity: id, or golden, beside the columns")
      }
      return try refuseGolden(shows, columns)
    }
    guard part.dataset.linkage != nil, part.dataset.restriction == nil, part.aggregate == nil else {
      throw try node.required("entity").error(
        zh: "\(part.dataset.title.zh)不参加查重，或只送汇总数，不能写 entity",
        en: "\(part.dataset.name) takes no part in linkage, or sends numbers only: it has no entity")
    }
    if !shows(.entity) {
      throw columns.error(zh: "entity 须有一列 value: entity", en: "entity needs a column with value: entity")
    }
    if part.entity == .id { try refuseGolden(shows, columns) }
  }

  private func refuseGolden(_ shows: (ProfileColumn.Stamp) -> Bool, _ columns: YAMLNode) throws(SchemaError) {
    if shows(.replacedBy) || shows(.provenance) {
      throw columns.error(
        zh: "value: replacedBy 和 provenance 用于 entity: golden", en: "value: replacedBy and provenance are for entity: golden")
    }
  }
}
