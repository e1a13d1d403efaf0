import ElementCore
import ElementFormats
import ElementGenerator
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// What the emitted schemas demand beside what a load accepts: a partner that validates by them refuses nothing that was kept.
struct EmittedSchemaTests {
  /// Ways in which people write values of a type, right and wrong.
  private static func writings(of field: Field) -> [String] {
    let length = field.length ?? 12
    let long = [String(repeating: "长", count: length), String(repeating: "长", count: length + 1)]
    switch field.type {
    case .phone:
      return ["0513-81234567", "（0513）81234567转123", "13800000000 13900000000、0513-81234567", "+86 13800000000", "12345"]
    case .date: return ["2024年1月2日", "2024.1.2", "20240102", "2024-02-30", "2024/1/2 00:00:00"]
    case .dateTime: return ["2024-01-02T03:04:05", "2024年1月2日", "2024-1-2 3:04"]
    case .integer: return ["007", "1,234", "１２", "-3", "3.0", "3.5", String(repeating: "9", count: 19)]
    case .decimal: return ["007.50", "1,234.5", "-3", ".5", "1e3"]
    case .coordinate: return ["120.5", "120°33′51″", "31.98", "0"]
    case .boolean: return ["是", "N", "有", "2"]
    case .citizenId: return ["110105491231002", "11010519491231002x", "１１０１０５194912310021", "11010519491231002 X"]
    case .divisionCode: return ["江苏省南通市崇川区", "320602", "３２０６０２", "999999", "某地"]
    case .statisticalCode: return ["320602001", "320602001001", "320602 001 001", "32060"]
    case .gridCode: return ["320602001001001", "第一网格", "32060200100100１"]
    case .certNumber: return ["E12345678", "ab 123", String(repeating: "9", count: length + 1)]
    case .code: return ["1", "01", "其他", "99999"] + long
    case .text, .identifier: return [" 一二 ", "Ａ１", "12-3", "320600000012345"] + long
    }
  }

  /// A delivery of a dataset of which one value in seventeen is written otherwise.
  private func delivery(_ dataset: Dataset, _ pack: SchemaPack) -> String {
    var mint = RecordMint(dataset, pack: pack, usesLabels: false, seed: 7)
    var random = SeededRandom(seed: 7)
    var rows = [dataset.fields.map(\.name)]
    while rows.count < 300 {
      for var record in mint.records(&random) {
        for (index, field) in dataset.fields.enumerated() {
          if Int(random.next() % 100) < (field.duty == .key ? 1 : 6) {
            let writings = Self.writings(of: field)
            record[index] = writings[Int(random.next() % UInt64(writings.count))]
          }
        }
        rows.append(record)
      }
    }
    return rows.map { $0.map { "\"\($0.replacingOccurrences(of: "\"", with: "\"\""))\"" }.joined(separator: ",") + "\n" }
      .joined()
  }

  @Test(arguments: LongLoop.part(GeneratedTests.datasets, of: 4)) func `what a load keeps is valid by the emitted schemas`(
    _ name: String
  ) throws {
    let roster = try Roster()
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset(name))
    let options: (inout DeliveryOptions) -> Void = {
      $0.dataset = name
      $0.allowsRestricted = true
      $0.purpose = "test"
      $0.codeSets = ["disputeTypeTwoLevel": "disputeTypeTwoLevel"]
    }
    let result = try roster.run(.load, [try roster.file("d.csv", delivery(dataset, pack))], options)
    #expect(result.counts.created > 20)
    let fields = dataset.fields.map(\.name)
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(of: name, fields: fields)
    let schema = JSONSchemaEmitter.schema(dataset, in: pack, timeZone: "Asia/Shanghai")
    let parsed = try #require(JSONSerialization.jsonObject(with: Data(schema.line.utf8)) as? [String: Any])
    for row in rows { for fault in try JSONSchemaFault.all(zip(fields, row), parsed) { Issue.record("\(fault)") } }

    // In XML the records are read again, beside the schema.
    let xml = rows.map { row in
      "<record>" + zip(fields, row).filter { !$1.isEmpty }.map { "<\($0)>\(MarkupText.escape($1))</\($0)>" }.joined()
        + "</record>"
    }
    let file = try roster.file("d.xml", "<records>\(xml.joined(separator: "\n"))</records>")
    let xsd = try roster.file("d.xsd", XSDEmitter.schema(dataset, in: pack))
    let again = try roster.run(.check, [file]) {
      options(&$0)
      $0.xsd = try? XSDFile(path: xsd)
    }
    let refused = again.inputs.flatMap(\.findings.findings).filter { $0.code.description == "S0112" }
    #expect(refused.isEmpty, "\(refused.prefix(3))")
    #expect(again.counts.read == rows.count)
  }
}

/// What a record breaks of a JSON Schema: the keywords that the emitter writes, and no others.
struct JSONSchemaFault: CustomStringConvertible {
  let field: String
  let keyword: String
  let value: String

  var description: String { "\(field): \(value) against \(keyword)" }

  /// All faults of a record; empty values are left out, as they are in a file.
  static func all(_ record: some Sequence<(String, String)>, _ schema: [String: Any]) throws -> [JSONSchemaFault] {
    let properties = try #require(schema["properties"] as? [String: [String: Any]])
    let values = Dictionary(record.filter { !$0.1.isEmpty }, uniquingKeysWith: { $1 })
    var out: [JSONSchemaFault] = []
    for name in try #require(schema["required"] as? [String]) where values[name] == nil {
      out.append(JSONSchemaFault(field: name, keyword: "required", value: ""))
    }
    for (name, value) in values {
      for (keyword, bound) in try #require(properties[name]) where try !holds(value, keyword, bound) {
        out.append(JSONSchemaFault(field: name, keyword: keyword, value: value))
      }
    }
    return out
  }

  private static func holds(_ value: String, _ keyword: String, _ bound: Any) throws -> Bool {
    switch keyword {
    case "title", "description", "type": return true
    case "minLength": return value.unicodeScalars.count >= (bound as? Int ?? .max)
    case "maxLength": return value.unicodeScalars.count <= (bound as? Int ?? 0)
    case "minimum": return (Int(value) ?? .min) >= (bound as? Int ?? .max)
    case "maximum": return (Int(value) ?? .max) <= (bound as? Int ?? .min)
    case "pattern":
      let pattern = try Regex(try #require(bound as? String))
      return try pattern.wholeMatch(in: value) != nil
    case "oneOf":
      return try #require(bound as? [[String: Any]]).contains {
        Array(($0["const"] as? String ?? "").utf8) == Array(value.utf8)
      }
    default:
      Issue.record("the emitter writes \(keyword), which this test does not know")
      return false
    }
  }
}
