import ElementSchema

/// The moves of a table as one dataset has them: found by what a record holds, however many there are.
struct MoveTable {
  /// Moves that ask for the same fields, by the old code and the values.
  private struct Kind {
    let fields: [Int]
    var targets: [[UInt8]: [UInt8]] = [:]
  }

  /// Those with more conditions first.
  private var kinds: [Kind] = []
  private var old: Set<[UInt8]> = []

  /// The moves that are about a dataset: one that asks for a field which the dataset has not is about none of its records.
  init(_ map: RegridMap, _ dataset: Dataset) {
    for move in map.moves {
      old.insert(move.old)
      let asked = move.conditions.map { (field: dataset.fieldByHeading[HeaderText.key($0.heading)], value: $0.value) }
      let known = asked.compactMap { item in item.field.map { (field: $0, value: item.value) } }.sorted { $0.field < $1.field }
      if known.count < asked.count { continue }
      let fields = known.map(\.field)
      let place = kinds.firstIndex { $0.fields == fields } ?? kinds.count
      if place == kinds.count { kinds.append(Kind(fields: fields)) }
      kinds[place].targets[Self.key(move.old, known.map(\.value))] = move.new
    }
    kinds.sort { $0.fields.count > $1.fields.count }
  }

  /// The fields, from 0, that moves ask for.
  var fields: [Int] { kinds.flatMap(\.fields) }

  /// Whether some move is about records of a grid.
  func closes(_ grid: [UInt8]) -> Bool { old.contains(grid) }

  /// The grid that a record of an old grid goes to; nil where no move is about it. `value` gives what it holds in a field, from 0.
  func target(of grid: [UInt8], _ value: (Int) -> [UInt8]) -> [UInt8]? {
    for kind in kinds {
      if let target = kind.targets[Self.key(grid, kind.fields.map(value))] { return target }
    }
    return nil
  }

  private static func key(_ grid: [UInt8], _ values: [[UInt8]]) -> [UInt8] {
    // No text that was read holds the byte 0 between its own.
    Array(([grid] + values).joined(separator: [0]))
  }
}
