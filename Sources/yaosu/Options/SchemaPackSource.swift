import ElementPipeline
import ElementSchema

/// The schemas as the flags of a command ask for them.
enum SchemaPackSource {
  static func pack(_ site: SiteOptions) throws -> SchemaPack {
    let configuration = try site.configuration()
    return try SchemaPack.site(
      schemas: Setting(configuration).value(site.schemas, "schemas"), overlays: site.overlays(configuration), configuration)
  }

  /// The files of the pack: the shipped ones, and the site's behind them.
  static func files(_ site: SiteOptions) throws -> [PackFile] {
    let configuration = try site.configuration()
    return try SchemaPack.files(directory: Setting(configuration).value(site.schemas, "schemas"))
  }
}
