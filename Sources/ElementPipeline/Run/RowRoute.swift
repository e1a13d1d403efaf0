import ElementCore
import ElementFormats
import ElementSchema

/// Which rows of a form that mixes kinds belong to one of its datasets.
package struct RowRoute: Sendable {
  let form: Form
  /// The column that says the kind, from 0.
  let column: Int
  /// The dataset.
  let target: String
  /// Whether all rows of the file belong here.
  let isAlone: Bool
  /// Whether rows of no known kind are kept here, to wait.
  let isHome: Bool

  /// The records of a decoded batch that belong here, from 0; those of no known kind are told apart where this is their home.
  func sort(_ batch: borrowing RecordBatch) -> (own: [Int], unknown: [Int]) {
    var (own, unknown): ([Int], [Int]) = ([], [])
    for record in 0..<batch.count {
      let kind = RowRoute.kind(batch, record, column, form)
      if kind.map({ form.kinds.entries[$0].code.utf8.elementsEqual(target.utf8) }) ?? isHome {
        if kind == nil { unknown.append(own.count) }
        own.append(record)
      }
    }
    return (own, unknown)
  }

  /// The kind of a record, from 0 in the order of the form; nil where it is none.
  private static func kind(_ batch: borrowing RecordBatch, _ record: Int, _ column: Int, _ form: Form) -> Int? {
    let spot = batch.spots[record]
    guard column < Int(spot.fieldCount) else { return nil }
    let value = batch.bytes.span.extracting(batch.fields[Int(spot.firstField) + column].indices)
    if let found = form.kinds.find(value) { return found.row }
    // Blanks at the ends, as people leave them.
    let text = String(escapingInvalid: value).filter { !$0.isWhitespace }
    return form.kinds.find(Array(text.utf8).span)?.row
  }

  /// The routes of a file that holds any row for them: the first takes rows of no known kind.
  static func routes(_ form: Form, column: Int, columnCount: Int, _ reader: any RecordSource, _ encoding: TextEncoding)
    throws
    -> [RowRoute]
  {
    var present = Set<Int>()
    var reader = reader
    let wanted = (0..<columnCount).map { $0 == column }
    while var batch = try reader.nextBatch() {
      BatchDecoder.decode(&batch, from: encoding, wanted: wanted, invalid: nil)
      for record in 0..<batch.count { present.insert(kind(batch, record, column, form) ?? -1) }
    }
    let home = form.targets.indices.first { present.contains($0) } ?? 0
    let places = form.targets.indices.filter { present.contains($0) || $0 == home }
    return places.map {
      RowRoute(form: form, column: column, target: form.targets[$0], isAlone: places.count == 1, isHome: $0 == home)
    }
  }
}
