import ArgumentParser
import ElementCore
import ElementFormats
import ElementPipeline

/// Runs `check` or `load` and tells what came of it.
struct RosterRun {
  /// What is run.
  let verb: DeliveryOptions.Verb
  /// What it runs on.
  let roster: RosterOptions
  /// What is shown.
  let output: OutputOptions
  /// Where the plan of what is done with each row goes; nil where none is wanted.
  let planFile: String?
  /// Where the marked copies of the files go; nil where none are wanted.
  var annotate: String?
  /// Whether what is stored is checked instead of files.
  var isStored = false
  /// Whether what is found of it is kept as that of a day.
  var recordsDay = false

  /// Runs, prints and ends with the exit code of the contract.
  func run(_ change: (inout DeliveryOptions, Setting) throws -> Void) throws {
    var language = Speech.early
    do {
      var options = try roster.runOptions(
        verb, keepsAll: output.wantsAll || recordsDay || annotate != nil, needsFiles: !isStored)
      (options.checksStored, options.recordsDay) = (isStored, recordsDay)
      options.tellsDigests = output.json || annotate != nil
      (options.findingsPaths, options.unmasks) = (output.findings, output.unmask)
      try change(&options, Setting(options.configuration))
      if output.unmask, options.warehouse == nil || options.purpose?.allSatisfy(\.isWhitespace) ?? true {
        throw ValidationError(
          say(
            "--unmask 须同时给出 --warehouse 和 --purpose：谁为什么看了原值，记入该台账库的审计链",
            "--unmask takes --warehouse and --purpose: the audit chain there keeps who saw the values, and why"))
      }
      language = try roster.site.language(options.configuration)
      let copies = try annotate.map { try MarkedOutputs(options.paths, $0, replaces: output.force, options.limits) }
      try options.refuseOutputs(output.findings + [planFile].compactMap { $0 } + (copies?.outputs ?? []))
      let lists = try output.findings.map { (path) throws(OutputError) in try FindingsFile(path, replaces: output.force) }
      let plan = try planFile.map { (path) throws(OutputError) in try PlanFile(path, replaces: output.force) }
      options.wantsPlan = plan != nil || options.planCheck != nil
      let bar = ProgressBar(ProgressBar.Style(rawValue: output.quiet ? "never" : output.progress) ?? .never)
      let result =
        try isStored ? StoredCheck(options, progress: bar.show).run() : Run(options, plan: plan, progress: bar.show).run()
      bar.finish()
      let code = exitCode(result)
      try plan?.finish()
      if options.unmasks { try result.tellDisclosure(options) }
      for list in lists {
        try list.write(result, filter: output.filter, language: language, unmasks: options.unmasks)
      }
      try copies?.write(
        MarkedCopy(result, options, filter: output.filter, language: language), language)
      try tell(result, language, code)
      if code != 0 { throw ExitCode(Int32(code)) }
    } catch {
      guard let trouble = Trouble(error) else { throw error }
      if output.json {
        let report = RunReport(verb: verb.rawValue, version: Version.current, language: language)
        Console.data(report.failure(outcome: trouble.outcome, exitCode: trouble.exitCode, trouble).pretty + "\n")
      }
      Console.tell(trouble, language)
      throw ExitCode(Int32(trouble.exitCode))
    }
  }

  private func exitCode(_ result: RunResult) -> Int {
    if result.outcome == .held { return 4 }
    return output.filter.fails(result.findings, waived: result.waived) ? 1 : 0
  }

  private func tell(_ result: RunResult, _ language: Language, _ code: Int) throws {
    let summary = RunSummary(result, filter: output.filter, language: language, colour: output.colour)
    if !output.quiet { Console.talk(summary.decisions) }
    if output.json {
      let report = RunReport(verb: verb.rawValue, version: Version.current, language: language)
      let object = try report.object(result, filter: output.filter, maxSamples: output.maxSamples, exitCode: code)
      Console.data(object.pretty + "\n")
    } else if let form = FindingsList.Form(named: output.outputFormat) {
      try FindingsList.write(result, form, filter: output.filter, language: language, isFile: false, version: Version.current) {
        Console.data($0)
      }
    } else if !output.quiet {
      var page = ""
      try summary.tellFindings(maxSamples: output.verbose ? .max : output.maxSamples) { line in
        page += line
        if page.utf8.count < 1 << 16 { return }
        Console.data(page)
        page = ""
      }
      Console.data(page)
    }
    if !output.quiet { Console.talk(summary.ending) }
    Console.talk(RunSummary.balance(result.counts, language) + "\n")
  }
}
