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

  /// The model, read: by the flag, the environment, the configuration, else the shipped one of people.
  func read(_ site: SiteOptions, _ configuration: SiteConfiguration) throws -> LinkageModel {
    let name = Setting(configuration).value(model, ModelLibrary.setting) ?? ModelLibrary.usual
    return try ModelLibrary(try SchemaPackSource.files(site)).model(name)
  }
}
