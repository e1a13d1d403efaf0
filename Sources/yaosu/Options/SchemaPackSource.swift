import ElementPipeline
import ElementSchema

/// The schemas as the flags of a command ask for them.
enum SchemaPackSource {
  /// The pack of the site.
  static func pack(_ site: SiteOptions) throws -> SchemaPack {
    let configuration = try site.configuration()
    return try SchemaPack.site(
      schemas: Setting(configuration).value(site.schemas, "schemas"), overlays: site.overlays(configuration), configuration)
  }
}
