package import ElementCore
import ElementExchange
import ElementFormats
package import ElementSchema
import ElementWarehouse
package import Foundation

/// What a night does about other systems: it reads the answers that lie in `receipts/`, and makes the packages that are due.
package struct NightExchange {
  /// What became of an answer or a package, for the terminal.
  package struct Event: Sendable {
    /// What it is about: the file of an answer, or a profile.
    package let subject: String
    /// What became of it.
    package let message: LocalizedText
    /// What it is worth as an exit code.
    package let exitCode: Int
  }

  private let options: DeliveryOptions
  private let folders: NightFolders
  private let pack: SchemaPack
  private let library: ProfileLibrary
  /// What stands in the folder of answers that were taken, and of those that were not.
  private static let (done, refused) = ("done", "refused")
  /// A file that changed within so many seconds may not be whole yet.
  private static let settling = 60.0

  /// The exchange of a night by the configuration of some options, which name the warehouse and who does it.
  ///
  /// - Throws: `SchemaError` where a schema or the configuration is wrong.
  package init(_ options: DeliveryOptions) throws(SchemaError) {
    self.options = options
    folders = options.configuration.folders
    pack = try SchemaPack.site(schemas: options.schemas, overlays: options.overlays, need: .all, options.configuration)
    library = ProfileLibrary(try SchemaPack.files(directory: options.schemas), pack)
  }

  private var head: BatchHead { options.head(schemaDigest: pack.digest) }

  private var path: String {
    guard let path = options.warehouse else { bug("a night without a warehouse") }
    return path
  }

  // MARK: Answers

  /// Reads the answers that lie in the folder; each is put away, and those that were not taken apart from the others.
  package func readReceipts(at now: Date = .now, _ tell: (Event) -> Void) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    for name in files(now) {
      try Interruption.check()
      let file = folders.receipts + "/" + name
      do {
        let options = ReceiptRun.Options(path: file, head: head)
        let result = try ReceiptRun(options, pack).run(
          try Warehouse(path: path, mode: .write, wait: self.options.wait))
        try putAway(file, name, Self.done)
        let (zh, en) = (ReceiptText(result, .zh), ReceiptText(result, .en))
        tell(
          Event(
            subject: name, message: LocalizedText(zh: zh.summary, en: en.summary), exitCode: zh.refusedCount > 0 ? 1 : 0))
      } catch let error as InputError where error.kind != .stopped {
        try putAway(file, name, Self.refused)
        tell(event(name, error, exitCode: 3))
      } catch let error as SchemaError {
        tell(event(name, error, exitCode: 1))
      }
    }
    for folder in [Self.done, Self.refused] {
      Inbox.expire(folders.receipts + "/" + folder, days: folders.keepDays, now: now)
    }
  }

  private func files(_ now: Date) -> [String] {
    let manager = FileManager.default
    return ((try? manager.contentsOfDirectory(atPath: folders.receipts)) ?? []).filter { name in
      let info = try? manager.attributesOfItem(atPath: folders.receipts + "/" + name)
      let date = info?[.modificationDate] as? Date
      return !name.hasPrefix(".") && info?[.type] as? FileAttributeType == .typeRegular
        && (date.map { now.timeIntervalSince($0) >= Self.settling } ?? false)
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func putAway(_ file: String, _ name: String, _ kind: String) throws {
    let folder = folders.receipts + "/" + kind
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try FileManager.default.moveItem(atPath: file, toPath: Inbox.free(folder + "/" + name))
  }

  private func event(_ subject: String, _ error: any Error, exitCode: Int) -> Event {
    guard let trouble = Trouble(error) else { bug("an error of ours has no words") }
    return Event(
      subject: subject,
      message: LocalizedText(
        zh: "\(trouble.message.zh)\n    \(trouble.hint.zh)\n", en: "\(trouble.message.en)\n    \(trouble.hint.en)\n"),
      exitCode: exitCode)
  }

  // MARK: Packages

  /// Makes the packages that are due: those whose last one is so many days old, and that have something to tell.
  package func export(at now: Date = .now, _ language: Language, _ tell: (Event) -> Void) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    for wanted in options.configuration.exports {
      try Interruption.check()
      do {
        if let event = try export(wanted, now, language) { tell(event) }
      } catch let error as ExportRefusal {
        tell(event(wanted.subject, error, exitCode: 1))
      } catch let error as SchemaError {
        tell(event(wanted.subject, error, exitCode: 1))
      } catch let error as OutputError {
        tell(event(wanted.subject, error, exitCode: 5))
      }
    }
  }

  private func export(_ wanted: NightExport, _ now: Date, _ language: Language) throws -> Event? {
    let profile = try library.profile(wanted.profile)
    let reader = try Warehouse(path: path, mode: .read, wait: options.wait)
    guard try isDue(wanted, profile, reader, now) else { return nil }
    try FileManager.default.createDirectory(
      atPath: folders.packages, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let register = try options.configuration.register()
    let time = options.configuration.timeZone.text(at: Int(now.timeIntervalSince1970.rounded(.down))).filter {
      $0.isASCII && $0.isNumber
    }
    let entry = register.entries(for: profile.name).first { entry in
      wanted.recipient.map { $0.utf8.elementsEqual(entry.name.utf8) } ?? true
    }
    var ending = wanted.isArchive ? ".zip" : ""
    if profile.audience != .own, case .encrypted = entry?.channel { ending = ".zip.encrypted" }
    var order = ExportOptions(
      warehouse: path, output: Inbox.free(folders.packages + "/\(profile.name)-\(time)", ending: ending) + ending, head: head,
      now: now, today: options.today, zone: options.configuration.timeZone,
      sender: options.configuration.settings["area"] ?? ExportOptions.noSender, toolVersion: options.toolVersion)
    order.register = register
    (order.request.recipient, order.format, order.wait) = (wanted.recipient, wanted.format, options.wait)
    order.pseudonyms = try wanted.pseudonymKey.map { try SecretFile.pseudonyms($0) }
    order.signer = try wanted.sign.map { try SSHKey(path: $0) }
    let result = try ExportRun(order, pack, language).run(profile)
    let (zh, en) = (ExportText(result, .zh), ExportText(result, .en))
    return Event(
      subject: wanted.subject, message: LocalizedText(zh: zh.summary, en: en.summary),
      exitCode: result.package.behind > 0 ? 1 : 0)
  }

  /// Whether the last package is old enough, and something changed since the receiver knew all.
  private func isDue(_ wanted: NightExport, _ profile: ExportProfile, _ warehouse: Warehouse, _ now: Date) throws -> Bool {
    let entry = try options.configuration.register().entries(for: profile.name).first { entry in
      wanted.recipient.map { $0.utf8.elementsEqual(entry.name.utf8) } ?? true
    }
    let series = PackageSeries(profile: profile.name, recipient: profile.audience == .own ? nil : entry?.name)
    let sent = try warehouse.packages(of: series).filter { $0.state == .sent && $0.kind != .resend }
    guard let last = sent.last else { return true }
    let made = try? Date(last.madeAt, strategy: .iso8601)
    // A night that begins a little earlier than the last one is the next one all the same.
    let age = made.map { now.timeIntervalSince($0) / 86_400 + 0.25 } ?? .infinity
    return try age >= Double(wanted.days) && warehouse.hasNews(since: last)
  }
}
