import ElementCore
import ElementFormats
import ElementSchema

/// Writes a file anew with some values changed where they stand: all else keeps its bytes.
struct RepairWriter {
  private let path: String
  private let options: DeliveryOptions

  /// A writer of a file.
  init(_ path: String, _ options: DeliveryOptions) {
    (self.path, self.options) = (path, options)
  }

  /// Writes the file; what a formula makes, or does not stand there as a text of its own, stays and is told.
  func write(_ outcome: inout RepairRun.Outcome, format: String, _ sink: ([UInt8]) throws -> Void) throws {
    switch format {
    case "xlsx":
      let stayed = try writeWorkbook(outcome.repairs, sink)
      outcome.formulas = outcome.repairs.filter { stayed[$0.sheet]?.contains([$0.line, $0.column]) ?? false }
      let formulas = Set(outcome.formulas)
      outcome.repairs.removeAll { formulas.contains($0) }
    case "csv": try writeText(outcome.repairs, sink)
    default:
      let stayed = try writeDocument(outcome.repairs, sink)
      outcome.formulas = outcome.repairs.filter { repair in
        stayed[repair.row]?.contains { $0 == RepairWriter.edit(repair) } ?? false
      }
      let formulas = Set(outcome.formulas)
      outcome.repairs.removeAll { formulas.contains($0) }
    }
  }

  private static func edit(_ repair: CellRepair) -> ValueEdit {
    ValueEdit(heading: repair.header, old: repair.old, new: repair.new)
  }

  private static func edits(_ repairs: [CellRepair], _ line: (CellRepair) -> Int) -> [CellEdit] {
    repairs.map { repair in
      var edit = CellEdit(line: line(repair), column: repair.column)
      edit.text = Array(repair.new.utf8)
      return edit
    }
  }

  private func writeWorkbook(_ repairs: [CellRepair], _ sink: ([UInt8]) throws -> Void) throws -> [String: [[Int]]] {
    let file = try InputFile(path: path, limits: options.limits)
    let workbook = try Workbook(file)
    var patch = WorkbookPatch()
    for (name, own) in Dictionary(grouping: repairs, by: \.sheet).sorted(by: { $0.key < $1.key }) {
      guard let sheet = workbook.sheet(name) else { continue }
      var sheetPatch = SheetPatch(sheet, headerLine: 0)
      sheetPatch.cells = Self.edits(own, \.line).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
      patch.sheets.append(sheetPatch)
    }
    let stayed = try WorkbookPatcher(workbook, patch).write(sink)
    try file.confirmUnchanged()
    return stayed
  }

  private func writeText(_ repairs: [CellRepair], _ sink: ([UInt8]) throws -> Void) throws {
    var patch = DelimitedPatch()
    patch.cells = Self.edits(repairs, \.line).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    var opener = try DeliveryOpener(options)
    guard let opened = try opener.open(Learned()).inputs.first else { return }
    var patcher = try DelimitedPatcher(opened.survey, opened.layout, patch)
    try patcher.write(sink)
    try opened.survey.confirmUnchanged()
  }

  private func writeDocument(_ repairs: [CellRepair], _ sink: ([UInt8]) throws -> Void) throws -> [Int: [ValueEdit]] {
    var opener = try DeliveryOpener(options)
    guard let opened = try opener.open(Learned()).inputs.first else { return [:] }
    let edits = Dictionary(grouping: repairs, by: \.row).mapValues { $0.map(Self.edit) }
    var patcher = try DocumentPatcher(opened.survey, opened.layout, edits)
    try patcher.write(sink)
    try opened.survey.confirmUnchanged()
    return patcher.stayed
  }
}
