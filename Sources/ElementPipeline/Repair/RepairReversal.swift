import ElementCore
import ElementFormats
import ElementSchema

/// Takes the changes of a list back, where every one of them still stands in the file.
package struct RepairReversal {
  private let path: String
  private let options: DeliveryOptions
  private let repairs: [CellRepair]

  /// The reversal of the changes of a list in the one file of some options.
  package init(_ options: DeliveryOptions, _ repairs: [CellRepair]) {
    (self.options, self.repairs) = (options, repairs)
    path = options.paths.first ?? ""
  }

  /// Writes the file as it was before the changes.
  ///
  /// - Throws: `InputError` of kind `foreignFormat` that names the first place where something else stands, `OutputError` where the file cannot
  ///   be written back.
  package func write(_ sink: ([UInt8]) throws -> Void) throws {
    var opener = try DeliveryOpener(options)
    let inputs = try opener.open(Learned()).inputs
    guard let first = inputs.first else { return }
    var rest = Dictionary(grouping: repairs, by: { $0.sheet + "\u{0}" + String($0.row) })
    for input in inputs { try confirm(input, &rest) }
    if let lost = rest.values.flatMap({ $0 }).min(by: { ($0.line, $0.column) < ($1.line, $1.column) }) {
      throw refusal(lost, found: nil)
    }
    let result = RunResult(outcome: .checked, asOf: options.today, book: RuleBook([]))
    var outcome = RepairRun.Outcome(
      result: result,
      repairs: repairs.map { repair in
        var back = repair
        (back.old, back.new) = (repair.new, repair.old)
        return back
      })
    try RepairWriter(path, options).write(&outcome, format: first.layout.format, sink)
  }

  /// Looks whether what was changed still stands in the records of an input.
  private func confirm(_ input: PreparedInput, _ rest: inout [String: [CellRepair]]) throws {
    var reader = try input.reader(isAhead: false)
    while var batch = try reader.nextBatch() {
      try Interruption.check()
      BatchDecoder.decode(&batch, from: input.survey.recordEncoding)
      for (record, spot) in batch.spots.enumerated() {
        let key = (input.layout.sheet ?? "") + "\u{0}" + String(spot.row)
        guard let own = rest.removeValue(forKey: key) else { continue }
        for repair in own {
          let isThere = repair.column <= Int(spot.fieldCount)
          let found = isThere ? batch.bytes[batch.range(record, repair.column - 1).indices] : []
          guard found.elementsEqual(repair.new.utf8), Int(spot.line) == repair.line || !input.layout.isHeaded else {
            throw refusal(repair, found: String(decoding: found, as: UTF8.self))
          }
        }
      }
    }
  }

  private func refusal(_ repair: CellRepair, found: String?) -> InputError {
    let (cell, header) = (repair.cell, PrintableText.escape(repair.header))
    let what =
      found == nil
      ? LocalizedText(zh: "没有这一行", en: "there is no such row") : LocalizedText(zh: "内容已不同", en: "something else stands there")
    return InputError(
      .foreignFormat, path: path,
      message: LocalizedText(
        zh: "与修改清单不符：\(cell)“\(header)”\(what.zh)", en: "does not fit the list of changes: \(cell) “\(header)”: \(what.en)"),
      hint: LocalizedText(zh: "只有修改后没有再动过的文件才能还原", en: "Only a file that was left as it was repaired can be taken back"),
      line: repair.line)
  }
}
