import ArgumentParser
import ElementCore
import ElementPipeline
import ElementSchema
import ElementWarehouse
import Foundation

/// Who does something to a warehouse, and from which command.
struct DeedOptions: ParsableArguments {
  /// Who runs it (default the user's name).
  @Option(help: ArgumentHelp(say("操作人（默认系统用户名）", "Who runs it (default the user's name)"), valueName: "name"))
  var `operator`: String?

  /// Who that is.
  func name(_ setting: Setting) -> String { setting.value(`operator`, "operator") ?? NSUserName() }

  /// What the warehouse is told of it; `command` is how the command is called. Who has read the schemas gives them: they are large.
  func head(_ command: String, _ site: SiteOptions, _ pack: SchemaPack? = nil) throws -> BatchHead {
    let configuration = try site.configuration()
    let setting = Setting(configuration)
    var head = BatchHead(
      operatorName: name(setting), sender: nil, area: nil,
      toolVersion: Version.current, schemaDigest: try (pack ?? SchemaPackSource.pack(site)).digest, deliveryDigest: "",
      asOf: try Day.parse(nil, configuration.timeZone).text)
    head.origin = .here(command, anchor: setting.value(nil, "anchor"))
    return head
  }
}
