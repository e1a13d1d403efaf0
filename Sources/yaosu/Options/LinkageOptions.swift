import ArgumentParser
import ElementCore
import ElementLinkage
import ElementPipeline
import ElementSchema
import ElementWarehouse

/// Flags of commands about people who stand more than once in a warehouse.
struct LinkageOptions: ParsableArguments {
  /// Flags that several commands share.
  @OptionGroup var options: WarehouseOptions

  /// By what the records are compared, and when a link is sure.
  @OptionGroup var model: ModelOptions

  /// The day that counts as today.
  @Option(help: ArgumentHelp(say("以哪一天为今天（默认当天）", "The day that counts as today"), valueName: "YYYY-MM-DD"))
  var asOf: String?

  /// Show values as they are.
  @Flag(
    help: ArgumentHelp(
      say("显示原值，不脱敏（须同时给出 --purpose，记入审计链）", "Show values as they are; takes --purpose, and is kept in the audit chain")))
  var unmask = false

  /// What unmasked values are for.
  @Option(help: ArgumentHelp(say("用途，记入审计链", "What they are for; kept in the audit chain"), valueName: "text"))
  var purpose: String?

  /// Flags that several commands share.
  @OptionGroup var deed: DeedOptions

  /// Refuses what has no purpose.
  func validate() throws {
    if unmask, purpose?.allSatisfy(\.isWhitespace) ?? true {
      throw ValidationError(say("--unmask 须同时给出 --purpose", "--unmask takes --purpose"))
    }
  }

  /// The language of what is said.
  func language() throws -> Language { try options.site.language(try options.site.configuration()) }

  /// The schemas, the grid-code scheme, the model and the day.
  func setting(of number: String? = nil) throws -> (
    pack: SchemaPack, scheme: GridCodeScheme, request: LinkageRequest, today: CalendarDate
  ) {
    let configuration = try options.site.configuration()
    let pack = try SchemaPackSource.pack(options.site)
    let scheme = try pack.gridScheme(Setting(configuration).value(nil, "grid_scheme"))
    let today = try Day.parse(Setting(configuration).value(asOf, "as_of"), configuration.timeZone)
    let chosen = try model.read(options.site, configuration, of: number)
    let request = LinkageRequest(
      model: model.model == nil ? try pinned(chosen) : chosen, jobs: Setting(configuration).jobs())
    return (pack, scheme, request, today)
  }

  /// The model and the thresholds of the last run that joined, since what it found is what is answered, explained and parted; else the one at hand.
  private func pinned(_ model: LinkageModel) throws -> LinkageModel {
    guard let last = try options.open().readingLinkage(kind: model.kind.rawValue, { try $0.lastTerms() }) else { return model }
    return try LinkageModel(text: last.model, terms: last.terms)
  }

  /// The warehouse, to be written to.
  func target() throws -> Warehouse {
    // Nothing here makes a warehouse.
    let path = try options.open().path
    return try Warehouse(path: path, mode: .write, wait: max(0, options.wait))
  }

  /// Who does something, and from which command.
  func head(_ command: String, _ pack: SchemaPack) throws -> BatchHead {
    var head = try deed.head(command, options.site, pack)
    head.purpose = purpose
    return head
  }

  /// Tells the audit chain what is shown, before it is.
  func tellShown(_ command: String, _ pack: SchemaPack, _ what: String) throws {
    try target().tellExport(try head(command, pack), what + ",unmasked=\(unmask)", datasets: [])
  }
}
