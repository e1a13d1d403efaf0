import ElementCore
import ElementFormats
import ElementPipeline
import ElementReports
import ElementWarehouse
import Synchronization

/// A folder with a folder for each office, with its report in it.
struct ReportFolder {
  private let folder: PrivateFolder

  /// Reserves the folder.
  ///
  /// - Throws: `OutputError` where it exists and is not to be replaced, or cannot be made.
  init(_ path: String, replaces: Bool) throws(OutputError) { folder = try PrivateFolder(path, replaces: replaces) }

  /// Where it stands.
  var path: String { folder.path }

  /// Writes the reports of a level, on all cores.
  func write(_ reports: OfficeReports, _ level: OfficeLevel, _ forms: [ReportForm], _ language: Language) throws {
    let folder = folder
    let outcomes = reports.offices.filter { $0.level == level }.concurrentMap { office -> OutputError? in
      let report = reports.report(office)
      do throws(OutputError) {
        for form in forms {
          try folder.write(try form.bytes(report, language), to: Self.name(office) + "/" + form.file)
        }
      } catch {
        return error
      }
      return nil
    }
    if let error = outcomes.compactMap({ $0 }).first { throw error }
    try folder.finish()
  }

  /// The folder of an office, by its digits or its code.
  private static func name(_ office: ReportOffice) -> String {
    switch office {
    case .all: "all"
    case .area(let code), .grid(let code): PrivateFolder.name(code)
    }
  }
}
