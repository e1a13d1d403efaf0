import ElementCore
import ElementSchema
import ElementWarehouse

/// Keeps in a load what is told of the rows of one dataset beside the rows themselves: those that wait, findings, and repairs.
struct Ledger {
  private let load: LoadTransaction
  private let dataset: Dataset
  /// The sentences of findings, by the input.
  private let texts: [Int: FindingText]

  /// A ledger for the inputs of a dataset.
  init(_ load: LoadTransaction, _ dataset: Dataset, _ inputs: [PreparedInput], book: RuleBook) {
    (self.load, self.dataset) = (load, dataset)
    let own = inputs.map { ($0.ordinal, FindingText(book: book, map: $0.map, language: .zh)) }
    texts = Dictionary(own, uniquingKeysWith: { first, _ in first })
  }

  /// Keeps a record that waits.
  func keep(_ record: QuarantineRecord, input: Int) throws { try load.keep(record, input: input) }

  /// Adds a reason to a record that waits already.
  func addReason(_ code: RuleCode, row: Int, input: Int) throws { try load.addReason(code, row: row, input: input) }

  /// Keeps findings with their sentences.
  func keep(_ findings: [Finding], input: Int) throws {
    guard let text = texts[input] else { bug("an input has no sentences") }
    for finding in findings { try load.keep(finding, dataset: dataset, message: text.message(finding), input: input) }
  }

  /// Takes the findings of a code about a field out again.
  func drop(_ code: RuleCode, field: Int, input: Int) throws {
    try load.drop(code, field: dataset.fields[field].name, input: input)
  }

  /// Keeps a repaired value as it was written.
  func keep(_ fix: Fix, row: Int, input: Int) throws { try load.keep(fix, dataset: dataset, row: row, input: input) }
}
