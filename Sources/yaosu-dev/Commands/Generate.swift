import ArgumentParser
import ElementCore
import ElementFormats
import ElementGenerator
import ElementSchema
import Foundation

/// `yaosu-dev generate`: a delivery with known truth.
struct Generate: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    abstract: "Generate a delivery of a dataset with known truth; nobody's data is in it",
    discussion:
      "Example:\n  yaosu-dev generate --dataset registeredResident --rows 20000 --seed 7 --dirty 5% --truth truth.tsv -o dirty.csv\nOther formats: yaosu parse dirty.csv -o dirty.xlsx"
  )

  @Option(help: "The dataset")
  var dataset: String?

  /// The number of data rows.
  @Option(help: "The number of data rows")
  var rows: Int?

  /// A scenario of many rosters instead: street or city.
  @Option(
    help:
      "A scenario of many rosters instead: street (30 grids, 40,000 people, a year of work) or city (1,185 grids, a million residents, half a million events, visits and patrols); -o is a folder then"
  )
  var scenario: String?

  /// One of so many parts of a city.
  @Option(help: "Of a city one of so many parts of the records, such as 20 for a test; all grids")
  var parts = 1

  /// The seed: the same seed gives the same bytes.
  @Option(help: "The seed: the same seed gives the same bytes")
  var seed: UInt64 = 1

  /// utf-8 or gb18030.
  @Option(help: "utf-8 or gb18030")
  var encoding = "utf-8"

  /// The share of rows with a planted trouble.
  @Option(help: "The share of rows with a planted trouble")
  var dirty = "0%"

  /// The share of rows that repeat an earlier one.
  @Option(help: "The share of rows that repeat an earlier one")
  var duplicates = "0%"

  /// Write labels instead of codes.
  @Flag(help: "Write labels instead of codes")
  var labels = false

  /// End lines with CR LF.
  @Flag(help: "End lines with CR LF")
  var crlf = false

  /// The fields to write, separated by commas.
  @Option(help: "The fields to write, separated by commas")
  var fields = ""

  /// Where the truth goes (TSV).
  @Option(help: "Where the truth goes (TSV)")
  var truth: String?

  /// Where the delivery goes.
  @Option(name: .shortAndLong, help: "Where the delivery goes")
  var output: String

  /// A roster in which people stand more than once, instead.
  @Flag(help: "A roster of --rows in which people stand more than once; the truth says who is who")
  var linkage = false

  /// The share of rows of a linkage roster that repeat somebody.
  @Option(help: "Of a linkage roster: the share of rows that repeat somebody")
  var repeated = "15%"

  /// The share of children of a linkage roster that are one of twins.
  @Option(help: "Of a linkage roster: the share of children with a twin")
  var twins = "4%"

  /// The share of people of a linkage roster who have the name and birth date of another.
  @Option(help: "Of a linkage roster: the share of people with the name and the birth date of another")
  var namesakes = "1%"

  /// The share of people of a linkage roster without a number.
  @Option(help: "Of a linkage roster: the share of people without a number")
  var unnumbered = "4%"

  /// The share of repeated rows of a linkage roster in which somebody has moved.
  @Option(help: "Of a linkage roster: the share of repeated rows in which somebody has moved")
  var moves = "12%"

  /// The share of repeated rows of a linkage roster with slips.
  @Option(help: "Of a linkage roster: the share of repeated rows with slips")
  var noise = "85%"

  /// Runs the command.
  func run() throws {
    if linkage { return try generateLinkage() }
    let pack = try SchemaPack.shipped()
    if let scenario { return try generate(scenario, pack) }
    guard let dataset, let rows else { throw ValidationError("Name a --dataset and --rows, or a --scenario") }
    guard let found = pack.dataset(dataset) else { throw ValidationError("There is no dataset \(dataset)") }
    var options = DeliveryGenerator.Options(rows: rows, seed: seed)
    options.dirty = try percent(dirty)
    options.duplicates = try percent(duplicates)
    options.usesLabels = labels
    options.fields = fields.split(separator: ",").map(String.init)
    options.crlf = crlf
    guard let name = TextEncoding(name: encoding), name.isASCIITransparent else {
      throw ValidationError("--encoding is utf-8 or gb18030")
    }
    options.encoding = name
    var generator = DeliveryGenerator(found, pack: pack, options: options)
    let delivery = try BufferedFile(output)
    let lines = try truth.map { try BufferedFile($0) }
    lines?.write(Array(TruthLine.header.utf8))
    generator.generate(write: delivery.write, tell: { lines?.write(Array($0.text.utf8)) })
    try delivery.close()
    try lines?.close()
  }

  private func generateLinkage() throws {
    guard let rows else { throw ValidationError("--linkage takes --rows") }
    var options = LinkageGenerator.Options(rows: rows, seed: seed)
    options.repeated = try percent(repeated)
    options.twins = try percent(twins)
    options.namesakes = try percent(namesakes)
    options.unnumbered = try percent(unnumbered)
    options.moves = try percent(moves)
    options.noise = try percent(noise)
    let (delivery, lines, text) = (try BufferedFile(output), try truth.map { try BufferedFile($0) }, DeliveryText())
    delivery.write(text.line(LinkageGenerator.titles))
    lines?.write(Array("row\tentity\tnoise\n".utf8))
    var generator = LinkageGenerator(options)
    for (place, row) in generator.rows().enumerated() {
      delivery.write(text.line(row.cells))
      lines?.write(Array("\(place + 1)\t\(row.entity)\t\(row.noise)\n".utf8))
    }
    try delivery.close()
    try lines?.close()
  }

  /// Writes the rosters of a scenario into a new folder, numbered in the order in which they refer to each other.
  private func generate(_ scenario: String, _ pack: SchemaPack) throws {
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    func file(_ place: Int, _ dataset: Dataset) throws -> BufferedFile {
      try BufferedFile("\(output)/\(place < 9 ? "0" : "")\(place + 1)-\(dataset.name).csv")
    }
    switch scenario {
    case "street":
      var street = StreetGenerator(pack: pack, seed: seed)
      for (place, roster) in street.generate().enumerated() {
        let file = try file(place, roster.dataset)
        file.write(roster.csv)
        try file.close()
      }
    case "city":
      var city = CityGenerator(pack: pack, seed: seed, share: parts)
      for (place, roster) in city.rosters.enumerated() {
        let file = try file(place, roster.dataset)
        city.generate(roster, place: place, write: file.write)
        try file.close()
      }
    default: throw ValidationError("There is no scenario \(scenario); there are street and city")
    }
  }

  private func percent(_ text: String) throws -> Double {
    guard let value = Double(text.hasSuffix("%") ? String(text.dropLast()) : text), (0...100).contains(value) else {
      throw ValidationError("A share is a percentage such as 5%")
    }
    return value
  }
}

/// A file written in large pieces.
final class BufferedFile {
  private let handle: FileHandle
  private var buffer: [UInt8] = []

  /// Opens the file.
  init(_ path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path) else {
      throw ValidationError("\(path) cannot be written")
    }
    self.handle = handle
  }

  func write(_ bytes: [UInt8]) {
    buffer += bytes
    if buffer.count > 1 << 20 { flush() }
  }

  /// Ends the file.
  func close() throws {
    flush()
    try handle.close()
  }

  private func flush() {
    handle.write(Data(buffer))
    buffer.removeAll(keepingCapacity: true)
  }
}
