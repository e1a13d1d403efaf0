import ElementCore
import ElementFormats
import ElementSchema

/// What `yaosu fix` does: checks a file, writes what is safe to write otherwise into a copy of the same format, and lists each change.
package struct RepairRun {
  private var options: DeliveryOptions
  private let path: String
  /// Whether offers are taken too that a person should look at.
  private let isUnsafe: Bool

  /// What a repair came to.
  package struct Outcome: Sendable {
    /// The run that checked the file.
    package let result: RunResult
    /// What is written otherwise, sheet by sheet and row by row.
    package var repairs: [CellRepair]
    /// Those of them that stayed, as a formula makes the value.
    package var formulas: [CellRepair] = []
  }

  /// A repair of the one file of some options.
  package init(_ options: DeliveryOptions, isUnsafe: Bool) {
    self.options = options
    self.options.repairs = RepairCollector()
    self.options.keepsAllFindings = isUnsafe
    (path, self.isUnsafe) = (options.paths.first ?? "", isUnsafe)
  }

  /// Checks the file and says what is to be written otherwise.
  ///
  /// - Throws: what a check throws.
  package func find(_ progress: @escaping (RunProgress) -> Void = { _ in }) throws -> Outcome {
    guard let collector = options.repairs else { bug("a repair without what gathers it") }
    let result = try Run(options, progress: progress).run()
    var repairs: [CellRepair] = []
    for (ordinal, input) in result.inputs.enumerated() {
      var found = collector.repairs(of: ordinal, input.map.dataset)
      if isUnsafe { found += try offers(input, besides: found) }
      found.sort { ($0.line, $0.row, $0.column) < ($1.line, $1.row, $1.column) }
      for place in found.indices { found[place].sheet = input.sheet ?? "" }
      repairs += found
    }
    return Outcome(result: result, repairs: repairs)
  }

  /// The offers of findings, where the field hides nothing of them.
  private func offers(_ input: InputResult, besides known: [CellRepair]) throws -> [CellRepair] {
    let taken = Set(known.map { [$0.row, $0.column] })
    var offers: [CellRepair] = []
    try input.findings.forEach { finding in
      guard finding.row > 0, finding.column > 0, finding.field >= 0, let offer = finding.suggestion,
        input.map.dataset.fields[finding.field].showsValues, !taken.contains([finding.row, finding.column])
      else { return }
      offers.append(
        CellRepair(
          row: finding.row, line: finding.line, column: finding.column, header: input.map.headings[finding.column - 1],
          field: input.map.dataset.fields[finding.field].name, codes: [finding.code], old: finding.value, new: offer.value,
          isUnsafe: true))
    }
    return offers
  }

  /// Writes the copy.
  ///
  /// - Throws: `OutputError` where the file cannot be written back faithfully, `InputError` where it cannot be read.
  package func write(_ outcome: inout Outcome, _ sink: ([UInt8]) throws -> Void) throws {
    try RepairWriter(path, options).write(&outcome, format: outcome.result.inputs.first?.format ?? "csv", sink)
  }
}

extension Field {
  /// Whether a finding shows its values as they are: what is personal is masked there.
  fileprivate var showsValues: Bool { sensitivity == .open || sensitivity == .internal }
}
