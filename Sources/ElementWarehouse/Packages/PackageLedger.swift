/// What a package is found to hold while it is written: which rows stand in which file, which are gone, and which stayed behind.
package struct PackageLedger: Sendable {
  /// A file with its rows.
  struct File: Sendable {
    let name: String
    let dataset: String
    var records = 0
    var sha256 = ""
    var rows = RowNumbers()
    var gone = RowSet()
  }

  /// A row that stayed behind.
  struct Behind: Sendable {
    let dataset: String
    let id: Int64
    let code: String
    let field: String
    let words: String
  }

  private(set) var files: [File] = []
  private(set) var behind: [Behind] = []
  /// The rows of each dataset that the files hold and that are not gone, and those that are.
  private(set) var kept: [String: RowSet] = [:]
  private(set) var gone: [String: RowSet] = [:]
  /// What the receiver has of each row or person when it has taken the package in, by its number ascending, where records say whose they are.
  private(set) var sent: [String: (rows: RowNumbers, values: RowNumbers)] = [:]
  /// How many records say that one is gone.
  package private(set) var deletionCount = 0
  /// How many rows stayed behind.
  package var behindCount: Int { behind.count }
  /// How many records the files hold.
  package var recordCount: Int { files.reduce(0) { $0 + $1.records } }

  /// A ledger of a package without files.
  package init() {}

  /// Begins a file of a dataset; returns its place, from 0.
  package mutating func begin(file name: String, of dataset: String) -> Int {
    files.append(File(name: name, dataset: dataset))
    return files.count - 1
  }

  /// Adds a record to a file: of a row, by its number, that is there, or gone.
  package mutating func add(_ row: Int64, to file: Int, isGone: Bool) {
    files[file].records += 1
    files[file].rows.append(row)
    let dataset = files[file].dataset
    if isGone {
      deletionCount += 1
      files[file].gone.insert(row)
      gone[dataset, default: RowSet()].insert(row)
    } else {
      kept[dataset, default: RowSet()].insert(row)
    }
  }

  /// Notes what the receiver has of a row or person when it has taken the package in; they come by their numbers ascending.
  package mutating func know(_ id: Int64, as value: UInt64, of name: String) {
    sent[name, default: (RowNumbers(), RowNumbers())].rows.append(id)
    sent[name]?.values.append(Int64(bitPattern: value))
  }

  /// Adds records to a file that are of no row: numbers of records.
  package mutating func add(records count: Int, to file: Int) { files[file].records += count }

  /// Whether the files hold a row of a dataset as it stands.
  package func holds(_ row: Int64, of dataset: String) -> Bool { kept[dataset]?.contains(row) ?? false }

  /// Ends a file whose SHA-256 is known.
  package mutating func end(_ file: Int, sha256: String) { files[file].sha256 = sha256 }

  /// How many records a file holds, and how many of them say that one is gone.
  package func counts(of file: Int) -> (records: Int, deletions: Int) {
    var deletions = 0
    files[file].gone.forEach { _ in deletions += 1 }
    return (files[file].records, deletions)
  }

  /// Notes that a row stayed behind, for a rule at a column of the target.
  package mutating func leave(_ row: Int64, of dataset: String, code: String, field: String, words: String) {
    behind.append(Behind(dataset: dataset, id: row, code: code, field: field, words: words))
  }
}
