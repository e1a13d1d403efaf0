import ElementCore
package import ElementSchema

/// Which indicators a finding counts against.
enum FindingParts {
  /// The codes of rules over values that count against an indicator beside 0302, which counts all errors.
  private static let values: [(indicator: String, codes: Set<String>)] = [
    ("010101", ["V1116", "V1117", "V1124", "V1125", "V1126", "V1302", "V1304", "V1305"]),
    (
      "010102",
      [
        "V1011", "V1012", "V1013", "V1014", "V1015", "V1016", "V1018", "V1019", "V1020", "V1021", "V1102", "V1103", "V1104",
        "V1114", "V1115", "V1119", "V1122", "V1123", "V1308", "V1312", "V1313", "V1314", "V1316", "V1321", "V1402", "V1403",
        "V1406",
      ]
    ),
    ("010103", ["V1010", "V1101"]),
    (
      "0105",
      [
        "V1106", "V1107", "V1108", "V1109", "V1118", "V1201", "V1202", "V1203", "V1204", "V1206", "V1208", "V1209",
        "V1210", "V1301", "V1307", "V1317", "W0014",
      ]
    ),
    (
      "0305",
      [
        "V1005", "V1012", "V1013", "V1014", "V1015", "V1016", "V1116", "V1117", "V1121", "V1124", "V1126", "V1304", "V1310",
        "V1311", "V1405",
      ]
    ),
    ("0201", ["V1001", "V1002", "V1003", "V1005", "V1006"]), ("0202", ["V1001", "V1002", "V1003", "V1005", "V1006"]),
    ("040201", ["V1318", "V1320", "R2101", "R2102", "R2103", "R2104", "R2106"]),
    ("0501", ["V1104", "V1105", "V1113", "V1302"]), ("0102", ["V1001", "V1004", "V1006", "V1319"]),
    ("0304", ["G2005", "W0002", "W0005", "W0006"]),
  ]

  private static func indicators(_ kind: FindingKind, isSequence: Bool, isTotal: Bool) -> Set<String> {
    let code = kind.code.description
    var found = Set(values.filter { $0.codes.contains(code) }.map(\.indicator))
    switch kind.code.phase {
    case "V" where kind.severity == .error: found.insert("0302")
    case "S": found.insert("0102")
    case "R":
      found.insert("0104")
      if !found.contains("040201") { found.insert("040202") }
    case "G" where isSequence: found.insert("0503")
    case "G" where isTotal: found.insert("040203")
    case "G" where kind.severity > .info && code != "G2005": found.insert("040204")
    default: break
    }
    return found
  }
}

extension FindingParts {
  /// The indicators that findings of a kind of a dataset count against, by their codes.
  static func indicators(_ kind: FindingKind, in dataset: Dataset) -> Set<String> {
    let type = dataset.index(of: kind.field).map { dataset.fields[$0].type }
    let found = indicators(
      kind, isSequence: dataset.sequences.contains { $0.descriptor.code == kind.code },
      isTotal: dataset.totals.contains { $0.descriptor.code == kind.code })
    // What is no date, or looked up in no list, is not among those that are counted.
    return found.filter { indicator in
      (indicator != "0501" || type?.isMoment ?? false) && (indicator != "0105" || type?.isListed ?? false)
    }
  }

  /// Whether a rule over a record asks that two of its values are equal.
  static func isEquality(_ code: RuleCode) -> Bool {
    values.contains { $0.indicator == "040201" && $0.codes.contains(code.description) }
  }
}

extension FindingKind {
  /// The indicators that findings of the kind count against, by their codes; `dataset` is the one that they are of.
  package func indicators(in dataset: Dataset) -> Set<String> { FindingParts.indicators(self, in: dataset) }
}

extension FieldType {
  /// Whether values are looked up in a list or built by a scheme.
  var isListed: Bool {
    switch self {
    case .code, .divisionCode, .statisticalCode, .gridCode, .citizenId: true
    default: false
    }
  }

  /// Whether values are days or moments.
  var isMoment: Bool { self == .date || self == .dateTime }
}
