import ElementCore
import ElementFormats
import ElementLinkage
import ElementSchema
import ElementWarehouse

/// Rows that wait for correction, as they are compared with those that stand: as they were written, with dates, sexes and codes in the form in which they would be stored.
struct WaitingGuests {
  /// The numbers of the waiting rows in the warehouse.
  private(set) var ids: [Int64] = []
  /// By what each of them is compared.
  private(set) var features: [PersonFeatures] = []
  private let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let today: CalendarDate

  /// The waiting rows of people's datasets.
  init(_ datasets: [Dataset], _ session: LinkageSession, _ pack: SchemaPack, _ scheme: GridCodeScheme, today: CalendarDate)
    throws
  {
    (self.pack, self.scheme, self.today) = (pack, scheme, today)
    for dataset in datasets {
      var filter = WaitingRow.Filter()
      filter.dataset = dataset.name
      var known: (headings: [String], fields: [Int?])?
      try session.forEachWaiting(filter) { row in
        // Of rows of another shape nobody knows which value is of which column.
        if row.isHandedOutInPart { return }
        if known?.headings != row.headings { known = (row.headings, fields(row.headings, dataset)) }
        take(row, known?.fields ?? [], dataset)
      }
    }
  }

  private func fields(_ headings: [String], _ dataset: Dataset) -> [Int?] {
    HeaderMap(headings, dataset: dataset, leftOut: pack.leftOut).fieldOfColumn
  }

  private mutating func take(_ row: WaitingRow, _ fields: [Int?], _ dataset: Dataset) {
    guard let linkage = dataset.linkage else { return }
    var values: [Int: [UInt8]] = [:]
    for (field, value) in zip(fields, row.values) {
      guard let field, !value.isEmpty else { continue }
      let isDay = dataset.fields[field].type.isDate
      values[field] =
        isDay ? Self.day(value) : linkage.roles[.sex]?.contains(field) == true ? Self.sex(value) : Array(value.utf8)
    }
    let reader = PersonReader(linkage, scheme, today: today)
    ids.append(row.id)
    features.append(reader.features { (values[$0] ?? [])[...] })
  }

  /// A value as it would be stored: a day, a code for its label, or the text.
  private func stored(_ value: String, _ field: Field, isSex: Bool) -> [UInt8] {
    if field.type.isDate { return Self.day(value) }
    if isSex { return Self.sex(value) }
    guard case .code(let set) = field.type else { return Array(value.utf8) }
    let entry = pack.table(set).entries.first { $0.label.utf8.elementsEqual(value.utf8) }
    return Array((entry?.code ?? value).utf8)
  }

  /// A day as `YYYY-MM-DD`, from eight digits or from year, month and day with something between them; nothing for another text.
  private static func day(_ text: String) -> [UInt8] {
    let parts = text.utf8.split { !(0x30...0x39).contains($0) }.map { String(decoding: Array($0), as: UTF8.self) }
    let digits = parts.first ?? ""
    let date =
      if digits.utf8.count == 8 {
        CalendarDate(digits: Array(digits.utf8).span, at: 0)
      } else if parts.count >= 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) {
        CalendarDate(year: year, month: month, day: day)
      } else {
        CalendarDate?.none
      }
    return date.map { Array($0.text.utf8) } ?? []
  }

  private static func sex(_ text: String) -> [UInt8] {
    if text.hasPrefix("男") { return [0x31] }
    return text.hasPrefix("女") ? [0x32] : Array(text.utf8)
  }
}
