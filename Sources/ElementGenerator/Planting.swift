import ElementCore
import ElementSchema
import ElementSchema

/// A trouble that is planted in one record.
struct Planting: Sendable {
  /// What kind of trouble it is, as the truth names it.
  let kind: String
  /// The field it stands in.
  let field: String
  /// The code that must fire; empty for what a safe fix repairs.
  let code: String
  /// Makes the written value of the original one; nil where this record cannot carry it.
  let write: @Sendable (String) -> String?

  private static func replacingLast(_ text: String, with last: String) -> String { String(text.dropLast()) + last }

  /// The troubles that records of a dataset can carry: those of well-known fields, and for every field those of its type.
  static func all(for dataset: Dataset, _ pack: SchemaPack) -> [Planting] {
    let rules = Set(dataset.rules.map(\.descriptor.code.description))
    let named = known.filter { planting in
      guard let field = dataset.index(of: planting.field).map({ dataset.fields[$0] }) else { return false }
      if planting.code.isEmpty { return true }
      if planting.code.hasPrefix("R") { return rules.contains(planting.code) }
      return planting.code == "V1001" ? field.duty == .key : field.isBinding
    }
    return named + dataset.fields.indices.flatMap { generic($0, dataset, pack) }
  }

  /// The troubles that values of a type can have; only where they count as errors.
  private static func generic(_ place: Int, _ dataset: Dataset, _ pack: SchemaPack) -> [Planting] {
    let field = dataset.fields[place]
    var out: [Planting] = []
    func add(_ kind: String, _ code: String, _ write: @escaping @Sendable (String) -> String?) {
      out.append(Planting(kind: kind, field: field.name, code: code, write: write))
    }
    let isInterim = dataset.interim != nil && dataset.key.first == place
    if field.duty == .key, !isInterim { add("missing-key", "V1001") { _ in "" } }
    guard field.isBinding else { return out }
    switch field.type {
    case .integer, .decimal: add("number", "V1305") { "约\($0)" }
    case .date: add("unreadable-date", "V1302") { "约\($0.prefix(4))年" }
    case .dateTime: add("unreadable-date", "V1302") { "约\($0.prefix(4))年" }
    case .boolean: add("unknown-code", "V1301") { _ in "两可" }
    case .code(let set) where !field.isOpen && pack.table(set).entries.first.map({ $0.confidence <= "B" }) ?? false:
      add("unknown-code", "V1301") { _ in "示例外" }
    case .citizenId:
      add("check-digit", "V1103") { replacingLast($0, with: $0.hasSuffix("1") ? "2" : "1") }
    case .text(let content) where content != .code:
      if let length = field.length { add("too-long", "V1010") { _ in String(repeating: "例", count: length + 1) } }
    default: break
    }
    return out
  }

  /// Troubles of well-known fields.
  private static let known: [Planting] = [
    Planting(kind: "check-digit", field: "identityNum", code: "V1103") { number in
      replacingLast(number, with: number.hasSuffix("1") ? "2" : "1")
    },
    Planting(kind: "length", field: "identityNum", code: "V1101") { String($0.dropLast()) },
    Planting(kind: "no-such-day", field: "identityNum", code: "V1104") { number in
      let digits = number.prefix(10) + "0230" + number.dropFirst(14).prefix(3)
      let bytes = Array(digits.utf8)
      return digits + String(UnicodeScalar(CitizenID.checkCharacter(bytes.span)))
    },
    Planting(kind: "scientific", field: "identityNum", code: "V1116") { "\($0.prefix(1)).\($0.dropFirst().prefix(5))E+17" },
    Planting(kind: "masked", field: "identityNum", code: "V1016") { "\($0.prefix(6))********\($0.suffix(4))" },
    Planting(kind: "missing-key", field: "personName", code: "V1001") { _ in "" },
    Planting(kind: "too-long", field: "personName", code: "V1010") { _ in String(repeating: "例", count: 51) },
    Planting(kind: "lost-character", field: "personName", code: "V1014") { "\($0.prefix(1))?" },
    Planting(kind: "masked-name", field: "personName", code: "V1016") { "\($0.prefix(1))**" },
    Planting(kind: "unknown-code", field: "ethnicityCode", code: "V1301") { _ in "低族" },
    Planting(kind: "unknown-code", field: "maritalStatus", code: "V1301") { _ in "77" },
    Planting(kind: "sex-mismatch", field: "sexCode", code: "R2101") { value in
      ["1": "2", "2": "1", "男": "女", "女": "男"][value]
    },
    Planting(kind: "birthday-mismatch", field: "birthday", code: "R2102") { value in
      value.hasSuffix("11") ? replacingLast(value, with: "2") : String(value.dropLast(2)) + "11"
    },
    Planting(kind: "unreadable-date", field: "birthday", code: "V1302") { "约\($0.prefix(4))年" },
    Planting(kind: "bad-phone", field: "contact", code: "V1308") { String($0.dropLast(2)) },
    Planting(kind: "town-range", field: "gridCode", code: "V1201") { "\($0.prefix(12))600\($0.dropFirst(15))" },
    Planting(kind: "too-long", field: "gridName", code: "V1010") { _ in String(repeating: "例", count: 101) },
    Planting(kind: "number", field: "householdAmount", code: "V1305") { _ in "约300" },
    Planting(kind: "bad-phone", field: "ownerContact", code: "V1308") { String($0.dropLast(2)) },
    Planting(kind: "missing-key", field: "houseCode", code: "V1001") { _ in "" },
    Planting(kind: "fixable", field: "identityNum", code: "") {
      $0.hasSuffix("X") ? replacingLast($0, with: "x") : fullWidth($0)
    },
    Planting(kind: "fixable", field: "identityNum", code: "") {
      "\($0.prefix(6)) \($0.dropFirst(6).prefix(8)) \($0.suffix(4))"
    },
    Planting(kind: "fixable", field: "personName", code: "") { " \($0)　" },
    Planting(kind: "fixable", field: "contact", code: "") { "+86 \($0)" },
    Planting(kind: "fixable", field: "birthday", code: "") { $0.replacing("-", with: "/") },
    Planting(kind: "fixable", field: "gridName", code: "") { " \($0)" },
  ]

  private static func fullWidth(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.compactMap { UnicodeScalar($0.value + 0xFEE0) }))
  }
}
