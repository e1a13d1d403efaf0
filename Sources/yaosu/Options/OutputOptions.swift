import ArgumentParser
import ElementCore
import ElementPipeline

/// Flags about what is shown and what makes a run fail.
struct OutputOptions: ParsableArguments {
  /// Print one JSON object on standard output.
  @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
  var json = false

  /// Findings on standard output: text, csv, jsonl, html, sarif, junit.
  @Option(
    help: ArgumentHelp(
      say(
        "标准输出的问题格式：text、csv、jsonl、html、sarif、junit", "Findings on standard output: text, csv, jsonl, html, sarif, junit"),
      valueName: "form"))
  var outputFormat = "text"

  /// Write all findings to files (.csv, .xlsx, .jsonl, .html, .sarif or .junit.xml).
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      say(
        "把全部问题写入文件（.csv、.xlsx、.jsonl、.html、.sarif 或 .junit.xml）；可多次给出",
        "Write all findings to a file (.csv, .xlsx, .jsonl, .html, .sarif or .junit.xml); may be given several times"),
      valueName: "file"))
  var findings: [String] = []

  /// Show values as they were written, in the file of findings.
  @Flag(
    help: ArgumentHelp(
      say(
        "--findings 文件中显示原值，不脱敏（须同时给出 --warehouse 和 --purpose，记入审计链）",
        "Show values as they were written in the --findings file; takes --warehouse and --purpose, and is kept in the audit chain"
      )))
  var unmask = false

  /// Replace an existing output.
  @Flag(help: ArgumentHelp(say("覆盖已有的输出文件", "Replace an existing output")))
  var force = false

  /// Show these rules only (prefixes, commas).
  @Option(help: ArgumentHelp(say("只显示这些规则（前缀，逗号分隔）", "Show these rules only (prefixes, commas)"), valueName: "codes"))
  var select = ""

  /// Do not show these rules (prefixes, commas).
  @Option(help: ArgumentHelp(say("不显示这些规则（前缀，逗号分隔）", "Do not show these rules (prefixes, commas)"), valueName: "codes"))
  var ignore = ""

  /// Exit with 1 at this severity: error, warning, info, never.
  @Option(
    help: ArgumentHelp(
      say("达到此级别时退出码为 1：error、warning、info、never", "Exit with 1 at this severity: error, warning, info, never"),
      valueName: "level"))
  var failOn = "error"

  /// Samples shown of each rule (never caps counts).
  @Option(help: ArgumentHelp(say("每条规则显示几个例子（不影响计数）", "Samples shown of each rule (never caps counts)"), valueName: "n"))
  var maxSamples = 3

  /// Progress: auto, never, json.
  @Option(help: ArgumentHelp(say("进度：auto、never、json", "Progress: auto, never, json"), valueName: "style"))
  var progress = "auto"

  /// Colour: auto, always, never.
  @Option(help: ArgumentHelp(say("颜色：auto、always、never", "Colour: auto, always, never"), valueName: "when"))
  var color = "auto"

  /// Print the last line only.
  @Flag(name: .shortAndLong, help: ArgumentHelp(say("只打印最后一行", "Print the last line only")))
  var quiet = false

  /// Show every sample of each rule.
  @Flag(name: .shortAndLong, help: ArgumentHelp(say("显示每条规则的全部例子", "Show every sample of each rule")))
  var verbose = false

  /// Refuses options that do not go together.
  func validate() throws {
    if json, outputFormat != "text" {
      throw ValidationError(say("--json 与 --output-format 不能同时使用", "--json and --output-format exclude each other"))
    }
    if outputFormat != "text", FindingsList.Form(named: outputFormat).map({ $0 == .xlsx }) ?? true {
      throw ValidationError(
        say(
          "--output-format 应为 text、csv、jsonl、html、sarif 或 junit",
          "--output-format is text, csv, jsonl, html, sarif or junit"))
    }
    if failOn != "never", Severity(rawValue: failOn) == nil {
      throw ValidationError(say("--fail-on 应为 error、warning、info 或 never", "--fail-on is error, warning, info or never"))
    }
    if ProgressBar.Style(rawValue: progress) == nil {
      throw ValidationError(say("--progress 应为 auto、never 或 json", "--progress is auto, never or json"))
    }
    if !["auto", "always", "never"].contains(color) {
      throw ValidationError(say("--color 应为 auto、always 或 never", "--color is auto, always or never"))
    }
    if unmask, findings.isEmpty || findings.contains(where: { !(FindingsFile.form(of: $0)?.showsValues ?? false) }) {
      throw ValidationError(
        say(
          "--unmask 只用于 --findings 的 .csv、.xlsx 或 .jsonl 文件",
          "--unmask goes with --findings and a file that ends in .csv, .xlsx or .jsonl"))
    }
    if findings.contains(where: { FindingsFile.form(of: $0) == nil }) {
      throw ValidationError(
        say(
          "--findings 的文件名应以 .csv、.xlsx、.jsonl、.html、.sarif 或 .junit.xml 结尾",
          "--findings takes a name that ends in .csv, .xlsx, .jsonl, .html, .sarif or .junit.xml"))
    }
  }

  /// Whether standard output is coloured: as asked, else on a terminal without `NO_COLOR`.
  var colour: TextColour {
    TextColour(isOn: color == "always" || (color == "auto" && Console.showsColour))
  }

  /// Which findings are shown, and which make the run fail.
  var filter: FindingFilter {
    var filter = FindingFilter()
    filter.select = select.split(separator: ",").map(String.init)
    filter.ignore = ignore.split(separator: ",").map(String.init)
    filter.failOn = Severity(rawValue: failOn)
    return filter
  }

  /// Whether every finding is wanted.
  var wantsAll: Bool { !findings.isEmpty || outputFormat != "text" || verbose || maxSamples > 1_000 }
}
