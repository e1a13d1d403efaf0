package import ElementCore
package import ElementFormats
package import ElementSchema
package import ElementWarehouse

/// What a person or a job asks of a delivery; nothing that is found out later enters it.
package struct DeliveryOptions: Sendable {
  /// Whether records are only checked, or loaded too.
  package enum Verb: String, Sendable {
    /// Check only.
    case check
    /// Check and load.
    case load
  }

  /// What is done.
  package var verb: Verb
  /// The files of the delivery, as given.
  package var paths: [String]
  /// The dataset of all files; nil to recognise each.
  package var dataset: String?
  /// The datasets of single files, by their paths, going before that of all.
  var datasets: [String: String] = [:]
  /// The format of all files by name; nil to tell by content.
  package var format: String?
  /// The sheet of all workbooks: a name, a number from 1, or `all`; nil for the one that is a roster.
  package var sheet: String?
  /// Where the records stand: in JSON the array's JSON Pointer (RFC 6901), in XML the path of a record; nil to find them.
  package var records: String?
  /// The XML schema that XML files are validated by; nil for none.
  package var xsd: XSDFile?
  /// How much of a file is taken.
  package var limits = ReadingLimits.standard
  /// The encoding of all files; nil to vote.
  package var encoding: TextEncoding?
  /// The delimiter of all files; nil to sniff.
  package var delimiter: UInt8?
  /// The physical line of the header, from 1; nil to find it.
  package var headerLine: Int?
  /// Whether the files start with their first record: columns are then named by number, from 1.
  package var hasNoHeader = false
  /// Whether two columns may claim one field: where a file is only looked at, that is shown and not refused.
  package var showsDuplicates = false
  /// Which heading holds which field (empty for none), going before what is recognised.
  package var mapping: [String: String] = [:]
  /// A directory laid over the shipped schemas.
  package var schemas: String?
  /// The overlays laid over the core.
  package var overlays: [String] = []
  /// The warehouse to load into or to compare with.
  package var warehouse: String?
  /// Whether what the warehouse holds is checked instead of files.
  package var checksStored = false
  /// Whether what such a check finds is kept as that of a day.
  package var recordsDay = false
  /// How many seconds a check waits for a load that is writing.
  package var wait = 60
  /// Whether the load is rolled back at its end.
  package var dryRun = false
  /// Whether a delivery that was loaded before is loaded again.
  package var again = false
  /// Whether the sender says that the delivery is complete: groups without a householder are errors then.
  package var isComplete = false
  /// The sender's area for names: the beginning of a statistical code.
  package var area: String?
  /// What rows of the delivery may do beside those that are stored.
  package var mode = LoadMode.upsert
  /// The part of the stored rows that it replaces; nil where it replaces none.
  package var scope: AreaScope?
  /// The waivers that a batch kept which is proved; nil where those of the site and the warehouse count.
  var provedWaivers: [Waiver]?
  /// Whether it may take over records that another office confirmed lately.
  package var acceptsOwners = false
  /// Why, where somebody says so.
  package var reason: String?
  /// The day from which on records lie in the grids that it moves them to; nil where it moves none.
  package var regrids: CalendarDate?
  /// Whether it brings rows back that waited, and names them.
  package var retries = false
  /// What whoever asks for the load calls it: the same request is never loaded twice; nil for nothing.
  package var request: String?
  /// Who sent the delivery.
  package var sender: String?
  /// Which command it comes from, for the audit chain; nil where no person or job ran one.
  package var origin: AuditOrigin?
  /// Who runs it.
  package var operatorName = ""
  /// The day that counts as today.
  package var today: CalendarDate
  /// The number of workers.
  package var jobs = 1
  /// Whether the result of a check tells the SHA-256 of its files; a load always keeps it.
  package var tellsDigests = true
  /// Whether every finding is kept, as a full list asks.
  package var keepsAllFindings = false
  /// Whether that list shows values as they were written.
  package var unmasks = false
  /// Where the list of findings is written; nil where none is, or to a terminal.
  package var findingsPaths: [String] = []
  /// Above how many waiting records a load is held; nil for no limit.
  package var errorLimit: RowLimit?
  /// The arguments of the command and the folder that relative paths start from, to be kept where the load is held; nil where it cannot be
  /// gone on with.
  package var rerun: (arguments: [String], folder: String)?
  /// The held load that it goes on with, and why; nil for none.
  package var resumes: (batch: Int, reason: String)?
  /// What files of a held load were called when it was given, by their paths now.
  package var givenPaths: [String: String] = [:]
  /// A plan that was written before: a load that comes to another one is refused.
  package var planCheck: String?
  /// Whether a plan of what is done with each row is made.
  package var wantsPlan = false
  /// The grid-code scheme: a name or a file; nil for the configuration's.
  package var gridScheme: String?
  /// What the configuration file says.
  package var configuration = SiteConfiguration()
  /// Whether datasets that need an opt-in may be read.
  package var allowsRestricted = false
  /// What they are read for.
  package var purpose: String?
  /// Which version of a code set the senders use, by the name of its field or of the set.
  package var codeSets: [String: String] = [:]
  /// The version of the program.
  package var toolVersion = ""

  /// Says what the rows of a file are records of.
  package mutating func pin(_ path: String, to dataset: String) { datasets[path] = dataset }

  /// These options as they are for one file.
  func of(_ path: String) -> DeliveryOptions {
    guard let own = datasets[path] else { return self }
    var options = self
    options.dataset = own
    return options
  }

  /// Above how many waiting rows a load is held for sure, however many are read; nil where that depends on them.
  var mostWaiting: Int? {
    if verb == .load, resumes == nil, case .count(let most)? = errorLimit { most } else { nil }
  }

  /// Whether the SHA-256 of the files is taken: it is a tenth of a check, and of use only to who is told.
  var takesDigests: Bool { verb == .load || tellsDigests || wantsPlan }

  /// Gathers what a repair would write otherwise; nil where nobody asks.
  var repairs: RepairCollector?

  /// Options with defaults.
  package init(verb: Verb, paths: [String], today: CalendarDate) {
    self.verb = verb
    self.paths = paths
    self.today = today
  }
}
