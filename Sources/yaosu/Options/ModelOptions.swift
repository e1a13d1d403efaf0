import ArgumentParser
import ElementLinkage
import ElementPipeline
import ElementSchema

/// The flag that says by which model records are compared.
struct ModelOptions: ParsableArguments {
  /// The model.
  @Option(
    help: ArgumentHelp(
      say(
        "比对模型：名称或 YAML 文件（默认按 yaosu.yaml 的 linkage: model，否则 person）",
        "The model: a name or a YAML file (default: linkage: model in yaosu.yaml, else person)"), valueName: "name"))
  var model: String?

  /// What is compared, by the shipped model of it.
  @Option(
    help: ArgumentHelp(
      say("比对什么：person（默认）、house、organization", "What is compared: person (default), house or organization"), valueName: "kind")
  )
  var kind: LinkageKind?

  /// Refuses two answers.
  func validate() throws {
    if model != nil, kind != nil {
      throw ValidationError(say("--model 和 --kind 只给一个", "--model and --kind are not given together"))
    }
  }

  /// The model, read: by the flags, by the letter of a number such as H000012, by the environment, the configuration, else the shipped one of people.
  func read(_ site: SiteOptions, _ configuration: SiteConfiguration, of number: String? = nil) throws -> LinkageModel {
    let library = ModelLibrary(try SchemaPackSource.files(site))
    if let kind { return try library.model(kind.rawValue) }
    let name = Setting(configuration).value(model, ModelLibrary.setting) ?? ModelLibrary.usual
    let chosen = try library.model(name)
    guard let named = number.flatMap(LinkageExplanation.kind), named != chosen.kind else { return chosen }
    return try library.model(named.rawValue)
  }
}

extension LinkageKind: ExpressibleByArgument {}
