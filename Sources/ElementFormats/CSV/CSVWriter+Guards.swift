package import ElementCore

extension CSVWriter {
  /// Takes the apostrophes away again that were written before what a spreadsheet would take for a formula.
  package static func removeGuards(_ batch: inout RecordBatch) {
    for place in batch.fields.indices where batch.fields[place].count > 1 {
      let range = batch.fields[place].indices
      guard batch.bytes[range.lowerBound] == 0x27 else { continue }
      let rest = range.lowerBound + 1..<range.upperBound
      if isFormula(batch.bytes.span.extracting(rest)) { batch.fields[place] = FieldRange(rest.lowerBound, rest.upperBound) }
    }
  }
}
