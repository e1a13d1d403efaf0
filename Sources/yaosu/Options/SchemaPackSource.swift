import ArgumentParser
import ElementCore
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

  /// The dataset of a name; the nearest one is offered for a wrong one.
  static func dataset(_ name: String, in pack: SchemaPack) throws -> Dataset {
    if let found = pack.dataset(name) { return found }
    let near = NearMiss.best(for: name, among: pack.datasets) { [$0.name, $0.title.zh] }
    throw ValidationError(
      say("没有数据集 \(name)", "There is no dataset \(name)")
        + (near.map { say("，是否为 \($0.name)", "; did you mean \($0.name)") } ?? ""))
  }
}
