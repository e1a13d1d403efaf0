import Crypto
import ElementCore
import ElementFormats
import ElementSchema
import ElementWarehouse

/// A delivery that is opened: the schemas that it needs, and its inputs, recognised. Nothing of it changes any more.
struct Delivery: Sendable {
  /// What was asked.
  let options: DeliveryOptions
  /// The schemas, as far as they are needed.
  let pack: SchemaPack
  let scheme: GridCodeScheme
  /// The rules, built-in and from the schemas.
  let book: RuleBook
  /// The inputs as they were given.
  let inputs: [PreparedInput]
  /// The inputs in the order in which their datasets refer to each other.
  let ordered: [PreparedInput]
  /// What earlier readings told, with the files that are open now.
  let learned: Learned

  /// The area that bare names lie in: given, or the sender's.
  var area: String? {
    options.area ?? options.sender.flatMap { options.configuration.senders[$0]?.area } ?? options.configuration.settings["area"]
  }

  /// SHA-256 over the inputs' digests, the schemas, the scheme, the area and the mappings: equal for the same delivery only.
  func digest() throws(InputError) -> String {
    var hash = SHA256()
    var parts =
      [pack.digest, scheme.name, area ?? ""]
      + (options.mode == .upsert ? [] : [options.mode.rawValue, options.scope?.text ?? ""])
    for input in inputs {
      parts += [try input.survey.sha256 ?? "", input.layout.sheet ?? "", input.map.dataset.name, input.mappingText]
    }
    for part in parts { hash.update(data: Array("\(part.utf8.count):\(part)".utf8)) }
    return Hexadecimal.text(Array(hash.finalize()))
  }
}

/// Opens a delivery: looks at the headings, reads the schemas that these need, surveys and recognises the files. What is learned later is
/// a value, with which it opens the delivery anew.
struct DeliveryOpener {
  private let options: DeliveryOptions
  private let scheme: GridCodeScheme
  private var pack: SchemaPack
  /// The headings that the pack was chosen by, for each file; nil where it is whole.
  private var peeked: [Set<String>]?
  /// The survey of the first file, made while the schemas were read.
  private let ahead: SurveyAhead?

  /// Reads the schemas that the headings need.
  ///
  /// - Throws: `SchemaError` where a schema, the scheme or the configuration is wrong.
  init(_ options: DeliveryOptions) throws(SchemaError) {
    self.options = options
    ahead = options.paths.first.map { SurveyAhead(path: $0, options) }
    let schemeName = options.gridScheme ?? options.configuration.gridScheme
    let headings = options.dataset == nil ? HeaderPeek.headings(options.paths) : []
    let need =
      !options.datasets.isEmpty
      ? .all : PackNeed.run(dataset: options.dataset, headings: headings, scheme: schemeName ?? "cjt349")
    peeked = need == .all || options.dataset != nil ? nil : headings
    pack = try SchemaPack.site(schemas: options.schemas, overlays: options.overlays, need: need, options.configuration)
    scheme = try pack.gridScheme(schemeName)
  }

  /// Opens the delivery.
  ///
  /// - Throws: `InputError` where a file cannot be read or recognised, `SchemaError` where a schema is wrong.
  mutating func open(_ learned: Learned) throws -> Delivery {
    // Late columns may be of another dataset than the beginning showed.
    if !learned.lateColumns.isEmpty { try widen() }
    let inputs: [PreparedInput]
    if let found = try inputsByPart(learned) {
      inputs = found
    } else {
      try widen()
      inputs = try self.inputs(learned)
    }
    var learned = learned
    for input in inputs { learned.opened[input.survey.original.path] = input.survey.original }
    return Delivery(
      options: options, pack: pack, scheme: scheme, book: pack.book, inputs: inputs,
      ordered: DependencyOrder.sort(inputs, pack.datasets), learned: learned)
  }

  private mutating func widen() throws(SchemaError) {
    guard peeked != nil else { return }
    peeked = nil
    pack = try SchemaPack.site(schemas: options.schemas, overlays: options.overlays, need: .all, options.configuration)
  }

  /// The inputs by the part of the schemas that was read; nil where it is too small for them: it refuses one, or a heading is none that
  /// it was chosen by.
  private func inputsByPart(_ learned: Learned) throws -> [PreparedInput]? {
    guard let peeked else { return try inputs(learned) }
    let opened: [PreparedInput]
    do {
      opened = try inputs(learned)
    } catch let error as InputError where [.header, .dataset, .encoding, .foreignFormat, .usage].contains(error.kind) {
      return nil
    }
    let seen = Dictionary(zip(options.paths, peeked)) { first, _ in first }
    let isShown = opened.allSatisfy { input in
      let keys = seen[input.survey.original.path] ?? []
      return input.map.headings.allSatisfy { !keys.isDisjoint(with: HeaderPeek.keys($0)) }
    }
    return isShown ? opened : nil
  }

  private func inputs(_ learned: Learned) throws -> [PreparedInput] {
    var inputs: [PreparedInput] = []
    for (index, path) in options.paths.enumerated() {
      let survey = try survey(path, isFirst: index == 0, learned)
      do {
        let opened = try PreparedInput.recognise(survey, ordinal: inputs.count, options: options, learned, pack: pack)
        inputs += try opened.map { try $0.admitted(options) }
      } catch {
        // That a file cannot be inflated is told before whatever else is wrong with it.
        _ = try survey.text.wholeSize
        throw error
      }
    }
    return inputs
  }

  private func survey(_ path: String, isFirst: Bool, _ learned: Learned) throws(InputError) -> FileSurvey {
    if isFirst, let ahead, !learned.lateEncodings.contains(path) { return try ahead.survey() }
    return try FileSurvey(path: path, options, learned)
  }
}
