import Crypto
package import ElementCore
package import ElementFormats
import ElementSchema

/// What another system, or the office itself, is handed: which records, in which columns and codes, in which files, and by what right.
package struct ExportProfile: Sendable {
  /// Who may have what a profile makes.
  package enum Audience: String, Sendable, CaseIterable {
    /// The office itself: values as they are, with operator and purpose on record.
    case own
    /// The authority above, by an entry of the register of recipients.
    case superior
    /// Anybody else, by an entry too.
    case outside
  }

  /// What stands around the records of a file.
  package enum Envelope: String, Sendable, CaseIterable {
    /// Nothing but what the format needs.
    case none
    /// A header with package, sender and profile, and a footer with the number of records: XML and JSON.
    case gridDataPackage
    /// Frictionless Data Package v2: `datapackage.json` beside CSV files.
    case datapackage
  }

  /// How a delta says that a record is gone.
  package enum Deletions: String, Sendable, CaseIterable {
    /// It cannot: only full packages are made.
    case never
    /// By a column that says what became of the record, in the same file.
    case marked
    /// By a file of their own, with the key alone.
    case apart
  }

  /// How a value goes out that the last package had and that is empty now.
  package enum Emptied: Sendable, Hashable {
    /// As an empty value.
    case blank
    /// As a word, such as `<清空>`.
    case word([UInt8])
    /// The record is taken back and sent anew, whole.
    case record
  }

  /// How files are written.
  package struct Layout: Sendable, Hashable {
    /// The formats that the data files may have, the usual one first.
    package var formats = [WrittenFormat.csv]
    /// The format of the data files.
    package var format = WrittenFormat.csv
    /// How CSV is written.
    package var text = CSVForm.system
    /// What stands around the records.
    package var envelope = Envelope.none
    /// The element around all records of an XML file without an envelope, and that of each.
    package var (rootElement, recordElement) = ("records", "record")
    /// The most records in a file; nil for any number.
    package var recordsPerFile: Int?
  }

  /// Its name, which commands use.
  package let name: String
  /// What it is called.
  package let title: LocalizedText
  /// The system, or the people, that it is for.
  package let target: LocalizedText
  /// Where the layout comes from; says so where it is ours.
  package let source: String
  /// The law or order by which the data is handed over.
  package let legalBasis: String
  /// What it is for.
  package let purpose: String
  /// Who may have it.
  package let audience: Audience
  /// How its files are written.
  package private(set) var layout: Layout
  /// The names of its data files, with `{…}` for what differs.
  package let fileName: FileNamePattern
  /// How a delta says that a record is gone.
  package let deletions: Deletions
  /// How a value goes out that is empty now.
  package let emptied: Emptied
  /// The most records that a package may have; nil for any number.
  package let recordLimit: Int?
  /// What each dataset gives, in the order of the files.
  package private(set) var datasets: [ProfileDataset]
  /// How answers of the target are read; nil where it gives none.
  package let receipt: ReceiptMapping?
  /// Texts of its own in the header of each file, in order.
  package let header: [(name: String, value: String)]
  /// The SHA-256 of its text, in lower-case hexadecimal digits.
  package let digest: String
  /// The text that it was read from (YAML).
  package let text: String

  /// The same with files in another of its formats; nil where it has no such format.
  package func written(_ format: WrittenFormat) -> ExportProfile? {
    guard layout.formats.contains(format) else { return nil }
    var profile = self
    profile.layout.format = format
    // Commas need no envelope: what it says stands in the manifest.
    if format == .csv, profile.layout.envelope == .gridDataPackage { profile.layout.envelope = .none }
    return profile
  }

  /// The same with texts guarded that a spreadsheet would run, or exact.
  package func guarded(_ isGuarded: Bool) -> ExportProfile {
    var profile = self
    profile.layout.text.guardsFormulas = isGuarded
    if isGuarded { (profile.layout.text.hasMark, profile.layout.text.endsWithCRLF) = (true, true) }
    return profile
  }

  /// The same with other parts.
  func with(_ datasets: [ProfileDataset]) -> ExportProfile {
    var profile = self
    profile.datasets = datasets
    return profile
  }

  /// Whether a delta can be told.
  package var tellsDeltas: Bool { deletions != .never }

  /// The fields that leave, by the name of their dataset: those of its columns, and those by which records are chosen.
  package var fields: [(dataset: String, fields: [String])] {
    datasets.flatMap { part -> [(dataset: String, fields: [String])] in
      let wanted = Set(part.shownFields + part.conditionFields)
      let own = (dataset: part.dataset.name, fields: part.dataset.names(of: wanted.sorted()))
      // Golden records show what other datasets say too.
      let others = part.sources.filter { $0.dataset.name != part.dataset.name }.map { source in
        (dataset: source.dataset.name, fields: source.dataset.names(of: wanted.compactMap { source.fields[$0] }.sorted()))
      }
      return [own] + others
    }
  }

  /// The SHA-256 over all that decides what records look like to the target: the text, the columns that show something, the codes' words, and how texts
  /// are written. Where it changes, every record may be other.
  package var appearance: String {
    var text = self.text + "\n\(layout.format.rawValue) \(layout.text.guardsFormulas)\n"
    for part in datasets {
      for source in part.sources { text += "\(source.dataset.name) \(source.fields.sorted { $0.key < $1.key })\n" }
      for column in part.columns {
        text += "\(part.table) \(column.name) \(part.dataset.names(of: column.fields).joined(separator: "+"))"
        if case .codes(let mapping) = column.form { text += " " + mapping.text }
        text += "\n"
      }
    }
    return Hexadecimal.text(Array(SHA256.hash(data: Array(text.utf8))))
  }
}
