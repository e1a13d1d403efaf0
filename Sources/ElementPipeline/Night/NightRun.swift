package import ElementCore
import ElementFormats
import ElementReports
import ElementSchema
package import ElementWarehouse
package import Foundation

/// Takes what senders put into the inbox, answers each, and, at the end of a night, checks what is stored and makes the report: what
/// `yaosu nightly` and `yaosu watch` do.
///
/// What one delivery comes to stops no other. Each is loaded under a name of its own, so that a machine that stops in the middle loads nothing
/// twice.
package struct NightRun {
  private let options: DeliveryOptions
  private let folders: NightFolders
  private let language: Language
  private let inbox: Inbox

  /// A night by the configuration of some options, which name the warehouse and who does it.
  package init(_ options: DeliveryOptions, _ language: Language) {
    (self.options, self.language) = (options, language)
    folders = options.configuration.folders
    inbox = Inbox(folders.inbox)
  }

  /// Takes all deliveries that are settled, and hands each answer over as it is written.
  ///
  /// - Throws: what no delivery is to blame for: an interruption, or an outbox that cannot be written.
  package func takeDeliveries(at now: Date = .now, _ tell: (DeliveryAnswer) -> Void) throws {
    inbox.expire(days: folders.keepDays, now: now)
    for delivery in inbox.deliveries() {
      try Interruption.check()
      guard delivery.isSettled(at: now) else {
        tell(DeliveryAnswer(delivery: delivery, fate: .later))
        continue
      }
      let answer = try take(delivery)
      if case .putOff = answer.fate {} else { try write(answer, at: now) }
      tell(answer)
    }
    for sender in inbox.senders { Inbox.expire(folders.outbox + "/" + sender, days: folders.keepDays, now: now) }
  }

  private func take(_ delivery: InboxDelivery) throws -> DeliveryAnswer {
    do {
      return DeliveryAnswer(delivery: delivery, fate: .taken(try Run(try options(for: delivery)).run()))
    } catch let stopped as Interruption.Stopped {
      throw stopped
    } catch {
      guard let trouble = Trouble(error) else { throw error }
      // Who is asked to stop sends nothing back.
      if Interruption.stopped != nil { throw error }
      // A sender is not to blame for a busy warehouse, a full disk or a wrong configuration.
      let isOurs = error is WarehouseError || error is SpillError || error is SchemaError || error is OutputError
      return DeliveryAnswer(delivery: delivery, fate: isOurs ? .putOff(trouble) : .sentBack(trouble))
    }
  }

  private func options(for delivery: InboxDelivery) throws(InputError) -> DeliveryOptions {
    let senders = options.configuration.senders
    if !senders.isEmpty, senders[delivery.sender] == nil {
      throw InputError(
        .usage, path: delivery.files[0],
        message: LocalizedText(
          zh: "配置文件中没有报送单位 \(PrintableText.escape(delivery.sender))",
          en: "is from \(PrintableText.escape(delivery.sender)), which the configuration does not have as a sender"),
        hint: LocalizedText(
          zh: "请在 yaosu.yaml 的 senders 下登记，或改正文件夹的名称", en: "Enter it under senders in yaosu.yaml, or rename the folder"))
    }
    var wanted = options
    (wanted.verb, wanted.paths, wanted.sender) = (delivery.isCheckOnly ? .check : .load, delivery.files, delivery.sender)
    wanted.keepsAllFindings = true
    if !delivery.isCheckOnly {
      wanted.request = delivery.request
      wanted.rerun = (rerunArguments(delivery), FileManager.default.currentDirectoryPath)
    } else if !FileManager.default.fileExists(atPath: wanted.warehouse ?? "") {
      wanted.warehouse = nil
    }
    return wanted
  }

  /// How the load would be asked for by hand: by that a held one goes on.
  private func rerunArguments(_ delivery: InboxDelivery) -> [String] {
    var arguments = delivery.files + ["--sender", delivery.sender]
    if let path = options.warehouse { arguments += ["--warehouse", path] }
    if let path = options.configuration.path { arguments += ["--config", path] }
    return arguments
  }

  /// Writes an answer and puts the files of the delivery away: in that order, so that none goes without an answer.
  private func write(_ answer: DeliveryAnswer, at now: Date) throws {
    let time = now.ISO8601Format().replacing(":", with: "")
    let folder = folders.outbox + "/" + answer.delivery.sender
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let name = answer.name(time)
    let stem = Inbox.free(folder + "/" + name, ending: ".txt")
    if case .taken(let result) = answer.fate, result.outcome != .unchanged {
      let file = try PrivateFile(stem + ".xlsx", replaces: true)
      try FindingsList.write(result, .xlsx, filter: FindingFilter(), language: language, isFile: true) { try file.append($0) }
      try file.finish()
      try writeCopies(result, answer.delivery, stem)
    }
    try PrivateFile.write(answer.text(language), to: stem + ".txt", replaces: true)
    try inbox.putAway(answer.delivery, as: name)
  }

  /// Gives the sender its own files back with what was found marked in them, where rows are wrong: what cannot be marked has the list.
  private func writeCopies(_ result: RunResult, _ delivery: InboxDelivery, _ stem: String) throws {
    guard result.findings.count(.error) > 0 else { return }
    let copy = MarkedCopy(result, options, filter: FindingFilter(), language: language)
    for path in delivery.files where copy.canMark(path) {
      do {
        try MarkedCopy.confirm([path], limits: options.limits)
        try copy.write(path, to: "\(stem)-\(path.split(separator: "/").last ?? "")", replaces: true)
      } catch let error as OutputError where error.kind == .usage {
        continue
      }
    }
  }

  /// Checks what is stored, keeps the day, and makes the reports on it: that on all comes first.
  ///
  /// - Throws: `WarehouseError`, `DayRefusal`, `SpillError`, or `SchemaError`.
  package func close() throws -> OfficeReports {
    var wanted = options
    (wanted.verb, wanted.paths, wanted.checksStored, wanted.recordsDay) = (.check, [], true, true)
    wanted.keepsAllFindings = true
    _ = try StoredCheck(wanted).run()
    var run = try ReportRun(schemas: options.schemas, overlays: options.overlays, options.configuration)
    run.day = options.today
    guard let path = options.warehouse else { bug("a night without a warehouse") }
    return try run.reports(on: Warehouse(path: path, mode: .read, wait: options.wait), .every(folders.each))
  }

  /// The levels whose offices have a report of their own.
  package var levels: [OfficeLevel] { folders.each }

  /// The folder that the report on the day is written into.
  package var reportFolder: String { folders.reports + "/" + options.today.text }
}
