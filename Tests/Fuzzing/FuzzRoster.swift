import ElementCore
import ElementFormats
import ElementPipeline
import ElementWarehouse
import Glibc

/// Bytes as the file of a roster.
struct FuzzRoster {
  private let path = FuzzRoster.folder + "/in"
  private let size: Int
  private static let folder = "/dev/shm/yaosu-fuzz-\(getpid())"
  /// The check of the file, its schemas read once; libFuzzer has one thread.
  nonisolated(unsafe) private static let run: Run = {
    var options = Self.options(folder + "/in")
    options.dataset = "registeredResident"
    guard let run = try? Run(options) else { FuzzTarget.fail("the shipped schemas cannot be read") }
    return run
  }()

  /// Writes the bytes into a file in memory.
  init(_ bytes: [UInt8]) {
    unsafe mkdir(Self.folder, 0o700)
    size = bytes.count
    Self.write(bytes, path)
  }

  /// The records come in ascending places of the file, and are the same whatever pieces it is read in.
  func readInPieces() {
    guard let survey = try? FileSurvey(InputFile(path: path), encoding: .utf8), survey.format == .delimited else { return }
    guard let layout = try? CSVSniffer(survey).layout(delimiter: nil, headerLine: 1, HeaderScale(enough: 0) { $0.count }) else {
      return
    }
    let whole = records(survey, layout, CSVReader.chunkSize)
    for piece in [1, 7, 64] where records(survey, layout, piece) != whole {
      FuzzTarget.fail("records differ when read in pieces of \(piece)")
    }
    readAndWrite(format: "csv")
  }

  private func records(_ survey: FileSurvey, _ layout: RecordLayout, _ piece: Int) -> [[UInt8]] {
    var reader = CSVReader(
      survey.text, layout.dialect, from: layout.dataStart, columnCount: layout.header.count, chunkSize: piece)
    var (out, row, end): ([[UInt8]], UInt32, UInt64) = ([], 0, 0)
    while let batch = try? reader.nextBatch() {
      for (record, spot) in batch.spots.enumerated() {
        if spot.row != row + 1 || spot.byteStart < end || spot.byteStart + UInt64(spot.byteLength) > UInt64(size) {
          FuzzTarget.fail(
            "record \(spot.row) stands at \(spot.byteStart)+\(spot.byteLength) of \(size), behind \(row) and \(end)")
        }
        (row, end) = (spot.row, spot.byteStart + UInt64(spot.byteLength))
        let values = (0..<Int(spot.fieldCount)).map { batch.copy(batch.range(record, $0)) }
        out.append(Array("\(spot.line) \(spot.flags.rawValue) \(spot.swallowedLines) ".utf8) + values.joined(separator: [0x1F]))
      }
    }
    return out
  }

  /// What is read, written in each format in turn and read again is the same, and its places are in the file.
  func readAndWrite(format: String? = nil) {
    confirmPlaces(format)
    guard let lines = lines(path, format), lines.count > 1 else { return }
    let written = WrittenFormat.allCases[size % WrittenFormat.allCases.count]
    // A row wider than its heading is told where it is read, and control characters make text a binary file.
    let width = Self.width(lines[0])
    guard lines.allSatisfy({ Self.width($0) <= width }), written != .csv || !lines.contains(where: { $0.contains("\\u00") })
    else { return }
    var (bytes, records): ([UInt8], RawRecords) = ([], raw(path, format))
    // Doubled headings and characters that XML does not allow have no place in some formats.
    guard (try? records.write(written, .system, sheet: "x") { bytes += $0 }) != nil, !bytes.isEmpty else { return }
    Self.write(bytes, path + "2")
    let again = self.lines(path + "2", written.rawValue)
    // Canonical equivalents are two texts.
    guard let again, again.elementsEqual(lines, by: { $0.utf8.elementsEqual($1.utf8) }) else {
      FuzzTarget.fail("\(lines.debugDescription) became \(again.debugDescription) by \(written)")
    }
  }

  /// The number of texts in a JSON array.
  private static func width(_ line: String) -> Int {
    var (count, isEscaped) = (0, false)
    for byte in line.utf8 {
      if byte == UInt8(ascii: "\""), !isEscaped { count += 1 }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return (count + 1) / 2
  }

  /// Rows follow each other, and every record stands behind the one before, within the text of the file.
  private func confirmPlaces(_ format: String?) {
    let options = options(path, format)
    guard let survey = try? FileSurvey(InputFile(path: path), encoding: options.encoding),
      let layouts = try? PreparedInput.layouts(survey, nil, options, FuzzTarget.small)
    else { return }
    for layout in layouts {
      guard var source = try? layout.source(survey, columnCount: layout.header.count) else { return }
      var (row, end, line): (UInt32, UInt64, UInt32) = (0, 0, 1)
      while let batch = try? source.nextBatch() {
        for spot in batch.spots {
          let isBehind = spot.byteStart >= end && spot.byteStart + UInt64(spot.byteLength) <= UInt64(survey.text.size)
          // Rows of a sheet have the numbers that it gives them.
          let isLower = layout.sheet == nil ? spot.line >= line : spot.line > 0
          guard spot.row == row + 1, isBehind, isLower else {
            FuzzTarget.fail(
              "record \(spot.row), line \(spot.line), \(spot.byteStart)+\(spot.byteLength), behind \(row), \(line), \(end)")
          }
          (row, end, line) = (spot.row, spot.byteStart + UInt64(spot.byteLength), spot.line)
        }
      }
    }
  }

  /// The records as text, without empty values at the end and without blank ones; nil where the file cannot be read, or a record
  /// cannot.
  private func lines(_ path: String, _ format: String?) -> [String]? {
    var (out, records): ([String], RawRecords) = ([], raw(path, format))
    guard (try? records.eachLine { out.append($0) }) != nil else { return nil }
    guard records.undecodable.count + records.unreadable.count == 0 else { return nil }
    let lines = out.map { line in
      var line = line.dropLast()
      while line.hasSuffix(",\"\"") { line = line.dropLast(3) }
      return String(line)
    }
    return lines.filter { $0 != "[\"\"" }
  }

  private func raw(_ path: String, _ format: String?) -> RawRecords {
    RawRecords(path: path, options: options(path, format), pack: FuzzTarget.small)
  }

  private func options(_ path: String, _ format: String?) -> DeliveryOptions {
    var options = Self.options(path)
    options.format = format
    if format == "csv" { (options.encoding, options.delimiter) = (.utf8, UInt8(ascii: ",")) }
    if format == "csv" || format == "xlsx" { options.headerLine = 1 }
    return options
  }

  /// Every record that is read is accounted for.
  func check() {
    guard let result = try? unsafe Self.run.run() else { return }
    if !result.counts.balances { FuzzTarget.fail("\(result.counts) does not balance") }
    for input in result.inputs {
      do {
        try input.findings.forEach(where: { $0.row > result.counts.read }) { finding in
          FuzzTarget.fail("\(finding.code) at record \(finding.row) of \(result.counts.read)")
        }
      } catch {
        FuzzTarget.fail("findings cannot be read: \(error)")
      }
    }
  }

  /// A workbook whose sheet, shared strings, styles and table of contents are the bytes, cut at 0xFF.
  static func workbook(_ bytes: [UInt8]) -> [UInt8] {
    let parts = bytes.split(separator: 0xFF, maxSplits: 3, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    func part(_ place: Int, else other: String) -> String { place < parts.count ? parts[place] : other }
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let relations = [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
      .enumerated().map { "<Relationship Id='r\($0)' Type='\(relation)/\($1.0)' Target='\($1.1)'/>" }
    return archive([
      ("xl/worksheets/sheet1.xml", part(0, else: "")), ("xl/sharedStrings.xml", part(1, else: "<sst/>")),
      ("xl/styles.xml", part(2, else: "<styleSheet/>")),
      (
        "xl/workbook.xml",
        part(3, else: "<workbook xmlns:r='\(relation)'><sheets><sheet name='a' r:id='r0'/></sheets></workbook>")
      ),
      ("xl/_rels/workbook.xml.rels", "<Relationships>\(relations.joined())</Relationships>"),
      (
        "_rels/.rels",
        "<Relationships><Relationship Id='a' Type='\(relation)/officeDocument' Target='xl/workbook.xml'/></Relationships>"
      ),
      ("[Content_Types].xml", "<Types/>"),
    ])
  }

  private static func archive(_ members: [(String, String)]) -> [UInt8] {
    var archive = ZipWriter()
    for (name, content) in members {
      guard (try? archive.add(name, content)) != nil else { FuzzTarget.fail("no memory") }
    }
    guard archive.finish() else { FuzzTarget.fail("an archive of \(members.count) members is too large") }
    return archive.take()
  }

  private static func options(_ path: String) -> DeliveryOptions {
    var options = DeliveryOptions(verb: .check, paths: [path], today: FuzzTarget.today)
    options.jobs = 1
    options.keepsAllFindings = true
    return options
  }

  private static func write(_ bytes: [UInt8], _ path: String) {
    guard let file = unsafe fopen(path, "w") else { FuzzTarget.fail("\(path) cannot be written") }
    // SAFETY: fwrite reads as many bytes as the buffer has.
    unsafe bytes.withUnsafeBufferPointer { raw in _ = unsafe fwrite(raw.baseAddress, 1, raw.count, file) }
    unsafe fclose(file)
  }
}
