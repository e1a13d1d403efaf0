import ElementCore
import ElementExchange
import ElementFormats
import ElementSchema
import ElementWarehouse

extension DatasetExport {
  mutating func file(_ state: inout State) throws -> DataFile {
    if let open, let most = profile.layout.recordsPerFile, open.count >= most {
      try close(open, &state)
      self.open = nil
    }
    if let open { return open }
    fileCount += 1
    let made = try make(isDelta ? "changes" : "records", file: fileCount, waits: false, &state)
    open = made
    return made
  }

  mutating func deletionFile(_ state: inout State) throws -> DataFile {
    if let deletions { return deletions }
    let made = try make("deletions", file: 1, waits: true, &state)
    deletions = made
    return made
  }

  func make(_ kind: String, file: Int, waits: Bool, _ state: inout State) throws -> DataFile {
    let name = stamps.name(profile, part, kind: kind, file: file)
    let own = [PackageManifest.fileName, SSHSignature.fileName, PackageDescription.dataPackage].map { Array($0.utf8) }
    guard !own.contains(Array(name.utf8)), !state.names.contains(Array(name.utf8)) else {
      throw ExportRefusal.fileName(profile, name)
    }
    state.names.insert(Array(name.utf8))
    let shown = kind == "deletions" ? part.only(columns: part.keyColumns) : part
    let writer = try profile.writer(shown, stamps, kind: kind, codeSets: codeSets, stamp: stamp)
    let place = state.ledger.begin(file: name, of: part.ledgerName)
    return try DataFile(name, kind: kind, place: place, writer, sink, waits: waits)
  }

  func close(_ file: DataFile, _ state: inout State) throws {
    let digests = try file.finish(sink)
    let counts = state.ledger.counts(of: file.place)
    state.ledger.end(file.place, sha256: digests.sha256)
    state.files.append(
      PackageManifest.File(
        name: file.name, dataset: part.dataset.name, kind: file.kind, records: counts.records, deletions: counts.deletions,
        digests))
  }

  /// Ends the files; one is there even where no record stands, where that `saysNone`.
  mutating func finish(_ state: inout State, saysNone: Bool) throws {
    if open == nil, !isDelta, saysNone { _ = try file(&state) }
    if let open { try close(open, &state) }
    if let deletions { try close(deletions, &state) }
  }

  // MARK: Numbers

  /// Writes numbers of records instead of records.
  mutating func add(_ table: AggregateTable, to state: inout State) throws {
    let headings = part.columns.map(\.name) + [table.heading]
    fileCount += 1
    let name = stamps.name(profile, part, kind: "records", file: fileCount)
    let place = state.ledger.begin(file: name, of: part.dataset.name)
    let writer = try profile.layout.format.writer(
      headings.map { WrittenColumn($0) }, text: profile.layout.text, sheet: part.dataset.title.zh, stamp: stamp)
    let file = try DataFile(name, kind: "records", place: place, writer, sink, waits: false)
    for line in table.lines { try file.append(line) }
    state.ledger.add(records: table.lines.count, to: place)
    try close(file, &state)
  }

  /// Counts rows by the values of the columns.
  mutating func count(_ rows: PackageReader.Rows, into table: inout AggregateTable) {
    let verdict = ProfileVerdict(part, rows, read: read, today: today)
    for place in rows.ids.indices where verdict.isMeant(place) && verdict.broken(place) == nil {
      let misfit = composer.compose(rows.bytes.span, rows.ranges.span, first: place * read.count, .kept, into: &record)
      if misfit == nil { table.add(part.columns.indices.map { record.value($0) }) }
    }
  }
}
