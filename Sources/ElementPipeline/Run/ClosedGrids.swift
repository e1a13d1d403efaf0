import ElementCore
import ElementSchema
import ElementWarehouse

/// The grids that were closed by a day, as the stored roster of grids says it, with what took over.
struct ClosedGrids: Sendable {
  private var successors: [[UInt8]: [UInt8]] = [:]

  /// The closed grids that a warehouse knows; none where it has no roster of grids.
  init(_ pack: SchemaPack, by today: CalendarDate, _ stored: RowVisitor?) throws {
    guard let stored, let roster = pack.gridRoster, let closing = roster.closing else { return }
    let day = Array(today.text.utf8)
    let fields = roster.key + [closing.field] + [closing.since, closing.succession?.field].map { $0 ?? closing.field }
    try stored(roster.name, roster.names(of: fields)) { values in
      guard closing.closes(values[1]) else { return }
      if closing.since != nil, day.lexicographicallyPrecedes(values[2]) { return }
      successors[values[0]] = closing.succession == nil ? [] : values[3]
    }
  }

  /// Whether none was closed.
  var isEmpty: Bool { successors.isEmpty }

  /// What took over from a grid, nothing where nobody said or several did; nil for one that was not closed.
  func successor(of grid: ArraySlice<UInt8>) -> [UInt8]? { grid.isEmpty ? nil : successors[Array(grid)] }
}
