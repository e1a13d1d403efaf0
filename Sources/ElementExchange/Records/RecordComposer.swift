package import ElementCore
import ElementExpression

/// Makes records of a target out of stored ones, and says which the target would not take.
package struct RecordComposer: Sendable {
  /// What becomes of a record at the target.
  package enum Operation: Sendable, Hashable {
    /// It is there, as it stands.
    case kept
    /// It is gone.
    case deleted
  }

  /// A column with the place of its fields among those that are read: an object, since it would be copied for every value otherwise.
  private final class Column: Sendable {
    let column: ProfileColumn
    let slots: [Int]
    /// Whether a value is handed on as it is stored, whatever it is.
    let isPlain: Bool

    init(_ column: ProfileColumn, slots: [Int], isPlain: Bool) {
      (self.column, self.slots, self.isPlain) = (column, slots, isPlain)
    }
  }

  private let columns: [Column]
  private let stamps: PackageStamps
  private let key: PseudonymKey?
  private let emptied: [UInt8]?
  /// The columns, from 0, that a record which is gone still shows; all for nil.
  private let shownOfDeleted: Set<Int>?

  /// A composer of the records of a dataset whose `read` fields, from 0, are given in their order.
  package init(
    _ part: ProfileDataset, read: [Int], _ profile: ExportProfile, _ stamps: PackageStamps, key: PseudonymKey?
  ) {
    columns = part.columns.map { column in
      var isPlain = column.steps.isEmpty && !column.isRequired && column.length == nil && column.pattern == nil
      if case .field = column.source, case .stored = column.form {} else { isPlain = false }
      return Column(
        column, slots: column.fields.compactMap { read.firstIndex(of: $0) },
        isPlain: isPlain && column.values.isEmpty)
    }
    (self.stamps, self.key) = (stamps, key)
    emptied = if case .word(let word) = profile.emptied { word } else { nil }
    shownOfDeleted = Set(
      part.keyColumns + part.columns.indices.filter { if case .stamp = part.columns[$0].source { true } else { false } })
  }

  /// Fills a record with what the columns show of a stored one, whose values stand at `ranges` from `first` on; `cleared` says which fields
  /// that are read, by their place, are empty and were not at the target, and `entity` whose it is. Returns why the target would not take it.
  package func compose(
    _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, first: Int, _ operation: Operation, cleared: Set<Int> = [],
    entity: EntityStamp = EntityStamp(), into record: inout ComposedRecord
  ) -> Misfit? {
    record.clear()
    for place in columns.indices {
      let column = columns[place]
      if operation == .deleted, shownOfDeleted?.contains(place) == false {
        record.add(Span())
        continue
      }
      if column.isPlain, cleared.isEmpty {
        record.add(bytes.extracting(ranges[first + column.slots[0]].indices))
        continue
      }
      if let emptied, column.slots.count == 1, cleared.contains(column.slots[0]) {
        record.add(emptied.span)
        continue
      }
      let reason =
        if case .stamp(let stamp) = column.column.source {
          write(value(stamp, column.column, operation, entity), column.column, to: &record)
        } else {
          write(column, bytes, ranges, first, to: &record)
        }
      if let reason, operation == .kept { return Misfit(column: place, reason) }
    }
    return nil
  }

  private func write(
    _ column: Column, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ first: Int, to record: inout ComposedRecord
  ) -> Misfit.Reason? {
    var reason: Misfit.Reason?
    switch column.column.source {
    case .field:
      let stored = bytes.extracting(ranges[first + column.slots[0]].indices)
      reason = write(stored, column.column, to: &record)
    case .joined(_, let separator):
      _ = record.add { out in
        let start = out.count
        for slot in column.slots {
          let value = bytes.extracting(ranges[first + slot].indices)
          if value.count == 0 { continue }
          if out.count > start { out += separator }
          out.append(span: value)
        }
        if !column.column.steps.isEmpty { stepped(column.column, &out, from: start) }
        return true
      }
    case .constant(let text): record.add(text.span)
    case .stamp: bug("a stamp is no value of a row")
    }
    return reason ?? demand(column.column, record)
  }

  private func write(_ stamp: [UInt8], _ column: ProfileColumn, to record: inout ComposedRecord) -> Misfit.Reason? {
    record.add(stamp.span)
    return demand(column, record)
  }

  private func value(
    _ stamp: ProfileColumn.Stamp, _ column: ProfileColumn, _ operation: Operation, _ entity: EntityStamp
  ) -> [UInt8] {
    switch stamp {
    case .operation: operation == .kept ? column.operationWords.kept : column.operationWords.deleted
    case .uploadTime: Array(stamps.time.utf8)
    case .packageId: Array(stamps.package.utf8)
    case .senderCode: Array(stamps.sender.utf8)
    case .entity: entity.entity
    case .replacedBy: entity.replacedBy
    case .provenance: entity.provenance
    }
  }

  private func write(_ stored: Span<UInt8>, _ column: ProfileColumn, to record: inout ComposedRecord) -> Misfit.Reason? {
    var reason: Misfit.Reason?
    _ = record.add { out in
      let start = out.count
      if stored.count > 0 {
        switch column.form {
        case .stored: out.append(span: stored)
        case .codes(let mapping):
          if let value = mapping.value(stored) { out += value } else { reason = .unmapped }
        case .date(let style): if !style.append(stored, to: &out) { reason = .partialDate }
        case .flag(let yes, let no): out += stored.count == 1 && stored[0] == 0x31 ? yes : no
        }
      }
      if !column.steps.isEmpty { stepped(column, &out, from: start) }
      return true
    }
    return reason
  }

  private func stepped(_ column: ProfileColumn, _ out: inout [UInt8], from start: Int) {
    let value = column.steps.reduce(Array(out[start...])) { $1.apply($0, key: key) }
    out.removeLast(out.count - start)
    out += value
  }

  /// What the target demands of the last value of a record and it has not.
  private func demand(_ column: ProfileColumn, _ record: borrowing ComposedRecord) -> Misfit.Reason? {
    guard let range = record.values.last else { return nil }
    if range.isEmpty { return column.isRequired ? .missing : nil }
    let value = record.bytes.span.extracting(range.indices)
    if let length = column.length, range.count > length {
      var count = 0
      for index in value.indices where value[index] & 0xC0 != 0x80 { count += 1 }
      if count > length { return .tooLong(limit: length) }
    }
    if let pattern = column.pattern, !pattern.matches(value) { return .pattern }
    if !column.values.isEmpty, !column.values.contains(Array(span: value)) { return .value }
    return nil
  }
}
