package import ElementCore
import ElementFormats
import ElementReports
package import ElementSchema
package import ElementWarehouse

/// Makes the lists of what each grid member has to do: what `yaosu worklist` does.
///
/// A list is of a day: of the same warehouse on the same day it is the same, with the same numbers.
package struct WorkListRun {
  private let pack: SchemaPack
  private let book: RuleBook
  private let scheme: GridCodeScheme
  private let day: CalendarDate
  private let language: Language

  /// The rows that a list of corrections has at most: of more the first.
  private static let correctionLimit = 500
  /// The days within which what was handed out is to be verified.
  private static let verificationDays = 7

  /// A run on a day with the schemas of a site.
  ///
  /// - Throws: `SchemaError` where a schema, the scheme of grid codes or the configuration is wrong.
  package init(
    schemas: String?, overlays: [String], gridScheme: String?, _ configuration: SiteConfiguration, day: CalendarDate,
    _ language: Language
  ) throws(SchemaError) {
    pack = try SchemaPack.site(schemas: schemas, overlays: overlays, need: .all, configuration)
    scheme = try pack.gridScheme(gridScheme ?? configuration.gridScheme)
    (self.day, self.language, book) = (day, language, pack.book)
  }

  /// The digest of the schemas, for the audit chain.
  package var schemaDigest: String { pack.digest }

  private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// The lists of all grids of an office that have something to do, by grid.
  ///
  /// - Throws: `WarehouseError`, or `NoSuchOffice` where no grid of the roster lies in it.
  package func lists(_ warehouse: Warehouse, _ kinds: [WorkListKind], _ office: ReportOffice) throws -> [GridWork] {
    let members = try warehouse.members(on: day)
    let names = try warehouse.grids(pack, scheme)
    if office != .all, !names.keys.contains(where: { office.holds($0, scheme) }) {
      throw NoSuchOffice(path: warehouse.path, office: office)
    }
    var rows: [String: [WorkListKind: [[StyledSheet.Cell]]]] = [:]
    for kind in kinds {
      for (grid, cells) in try cells(of: kind, warehouse, members) where office.holds(grid, scheme) {
        rows[grid, default: [:]][kind] = cells
      }
    }
    return rows.sorted { $0.key < $1.key }.map { grid, lists in
      let known = names[grid]
      let name = [known?.community, known?.name].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
      return GridWork(
        grid: grid, name: name.isEmpty ? grid : name, member: members[grid], day: day,
        lists: kinds.compactMap { kind in lists[kind].map { (kind, $0) } }, pack: pack, language)
    }
  }

  /// The rows of a list, by grid.
  private func cells(
    of kind: WorkListKind, _ warehouse: Warehouse, _ members: [String: WorkMember]
  ) throws -> [String: [[StyledSheet.Cell]]] {
    switch kind {
    case .visit:
      return share(try warehouse.dueVisits(on: day, pack, scheme)).mapValues { objects in
        objects.map { visit($0, members) }
      }
    case .verification:
      return share(try warehouse.dueVerifications(on: day, pack)).mapValues { objects in
        objects.map(verification)
      }
    case .correction, .overdue:
      let found = try warehouse.openFindings(upTo: day, pack).filter { isLate($0.kind) == (kind == .overdue) }
      return Dictionary(grouping: found, by: \.grid).filter { !$0.key.isEmpty }.mapValues { own in
        own.prefix(Self.correctionLimit).enumerated().map { correction($1, $0 + 1) }
      }
    }
  }

  /// Whether a finding is of a case that is open beyond its limit.
  private func isLate(_ kind: FindingKind) -> Bool { book[kind.code]?.symbol == "OPEN_LATE" }

  /// What of each grid is to be done this week: families that are looked after all, of the others a share, so that all come within the half-year.
  private func share(_ objects: [WorkObject]) -> [String: [WorkObject]] {
    let weeks = WorkPeriod.halfYear.weeksLeft(from: day)
    return Dictionary(grouping: objects, by: \.grid).mapValues { own in
      let families = own.prefix { $0.target == "careHousehold" }
      let others = own.dropFirst(families.count)
      return Array(families + others.prefix((others.count + weeks - 1) / weeks))
    }
  }

  private func visit(_ object: WorkObject, _ members: [String: WorkMember]) -> [StyledSheet.Cell] {
    let member = members[object.grid]
    return [
      .wrapped(WorkListNumber.text(day, object.grid, .visit, object.mark)), .entry(member?.number ?? ""),
      .text(member?.name ?? ""),
      .text(label("visitTarget", object.target)), .text(object.key), .wrapped(object.name), .wrapped(object.address),
      .text(object.last?.text ?? say("从未", "never")), .entry(""), .entry(""), .entry(""), .wrapped(object.grid),
    ]
  }

  private func verification(_ object: WorkObject) -> [StyledSheet.Cell] {
    let due = CalendarDate(dayNumber: day.dayNumber + Self.verificationDays) ?? day
    return [
      .wrapped(WorkListNumber.text(day, object.grid, .verification, object.mark)),
      .text(label("baselineObject", object.dataset)),
      .text(object.key), .wrapped(object.name), .wrapped(object.address), .text(object.last?.text ?? say("从未", "never")),
      .text(label("verificationSource", "3")), .text(day.text), .text(due.text), .entry(""), .entry(""), .entry(""),
      .wrapped(object.grid),
    ]
  }

  private func correction(_ finding: WorkFinding, _ place: Int) -> [StyledSheet.Cell] {
    let dataset = pack.dataset(finding.kind.dataset)
    let field = dataset?.index(of: finding.kind.field).flatMap { dataset?.fields[$0].title(language) } ?? ""
    let rule = book[finding.kind.code]
    return [
      .count(place), .text(dataset?.title[language] ?? finding.kind.dataset), .text(finding.key.joined(separator: " ")),
      .wrapped(finding.name), .text(field), .wrapped(rule?.title[language] ?? finding.kind.code.description),
      .wrapped(rule?.fixText(language, header: field) ?? ""), .text(finding.first.text),
      .count(max(0, day.dayNumber - finding.first.dayNumber)),
      .entry(""),
    ]
  }

  private func label(_ set: String, _ code: String) -> String {
    pack.table(set).entries.first { $0.code.utf8.elementsEqual(code.utf8) }?.label ?? code
  }
}

extension ReportOffice {
  /// Whether a grid lies in it.
  fileprivate func holds(_ grid: String, _ scheme: GridCodeScheme) -> Bool {
    switch self {
    case .all: true
    case .area(let digits): scheme.hierarchy(of: grid).hasPrefix(digits)
    case .grid(let code): code.utf8.elementsEqual(grid.utf8)
    }
  }
}
