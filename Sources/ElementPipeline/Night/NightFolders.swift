import ElementSchema
package import ElementWarehouse

/// The folders of a site in which deliveries come and answers go, and for how long both are kept.
package struct NightFolders: Sendable, Hashable {
  /// Into which senders put rosters.
  package var inbox = "inbox"
  /// In which they find answers.
  package var outbox = "outbox"
  /// In which reports stand, a folder a day.
  package var reports = "reports"
  /// In which answers of targets lie.
  package var receipts = "receipts"
  /// In which packages are made.
  package var packages = "packages"
  /// The levels whose offices have a report of their own each night.
  package var each: [OfficeLevel] = []
  /// For how many days what was taken and answered is kept.
  package var keepDays = 30

  /// The folders of a site that says nothing, beside its configuration.
  package init() {}

  /// Takes what `folders:` of a configuration says; paths start from the folder that the configuration stands in.
  ///
  /// - Throws: `SchemaError` with file, line and column.
  mutating func read(_ node: YAMLNode) throws(SchemaError) {
    try node.allow(["inbox", "outbox", "reports", "receipts", "packages", "keepDays", "each"])
    inbox = try node.optional("inbox")?.text() ?? inbox
    outbox = try node.optional("outbox")?.text() ?? outbox
    reports = try node.optional("reports")?.text() ?? reports
    receipts = try node.optional("receipts")?.text() ?? receipts
    packages = try node.optional("packages")?.text() ?? packages
    for level in try node.optional("each")?.list() ?? [] {
      guard let found = OfficeLevel(rawValue: try level.text()) else {
        throw level.error(zh: "each 可用 street、community、grid", en: "each takes street, community, grid")
      }
      each.append(found)
    }
    guard let days = try node.optional("keepDays") else { return }
    keepDays = try days.integer()
    if keepDays < 1 { throw days.error(zh: "keepDays 应为 1 天以上", en: "keepDays is a number of days, 1 or more") }
  }

  /// The same with paths that start from a folder.
  func below(_ folder: String) -> NightFolders {
    var folders = self
    (folders.inbox, folders.outbox, folders.reports) = (inbox.below(folder), outbox.below(folder), reports.below(folder))
    (folders.receipts, folders.packages) = (receipts.below(folder), packages.below(folder))
    return folders
  }
}
