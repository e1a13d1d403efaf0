import ElementCore
import ElementLinkage
package import ElementSchema
import ElementWarehouse
import Foundation

/// What a night does about people who stand more than once: once somebody has joined the first, each night joins what is sure among the rows that
/// came, and asks about the rest.
package struct NightLinkage {
  private let options: DeliveryOptions
  private let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let library: ModelLibrary

  /// The linkage of a night by the configuration of some options, which name the warehouse and who does it.
  ///
  /// - Throws: `SchemaError` where a schema or the configuration is wrong.
  package init(_ options: DeliveryOptions) throws(SchemaError) {
    self.options = options
    pack = try SchemaPack.site(schemas: options.schemas, overlays: options.overlays, need: .all, options.configuration)
    scheme = try pack.gridScheme(options.gridScheme ?? options.configuration.gridScheme)
    library = ModelLibrary(try SchemaPack.files(directory: options.schemas))
  }

  /// Joins and asks; nil where the configuration does not want it, nobody has begun, or no row came since.
  ///
  /// - Throws: `SchemaError` where the model is wrong, `WarehouseError`, or `SpillError`.
  package func run() throws -> NightExchange.Event? {
    guard options.configuration.linksNightly, let path = options.warehouse, FileManager.default.fileExists(atPath: path) else {
      return nil
    }
    let model = try library.model(options.configuration.settings[ModelLibrary.setting] ?? ModelLibrary.usual)
    let isDue = try Warehouse(path: path, mode: .read, wait: options.wait).readingLinkage(kind: model.kind.rawValue) {
      try $0.isBehind()
    }
    guard isDue else { return nil }
    var wanted = WarehouseLinkage.Options(request: LinkageRequest(model: model, jobs: options.jobs), today: options.today)
    wanted.applies = true
    do {
      let target = try Warehouse(path: path, mode: .write, wait: options.wait)
      guard let result = try WarehouseLinkage(pack, scheme, wanted).run(target, options.head(schemaDigest: pack.digest)) else {
        return nil
      }
      let (zh, en) = (LinkageText(result, .zh), LinkageText(result, .en))
      return event(LocalizedText(zh: zh.summary + zh.balance + "\n", en: en.summary + en.balance + "\n"), exitCode: 0)
    } catch let error as TooManyMerges {
      return event(
        LocalizedText(
          zh: "有 \(error.rows) 条记录会换人，超过上限 \(error.most) 条，什么都没有改；请用 yaosu dedupe find --dry-run 查看\n",
          en:
            "\(error.rows) rows would change their person, more than \(error.most): nothing was changed; look with yaosu dedupe find --dry-run\n"
        ),
        exitCode: 4)
    }
  }

  private func event(_ message: LocalizedText, exitCode: Int) -> NightExchange.Event {
    NightExchange.Event(subject: "yaosu dedupe", message: message, exitCode: exitCode)
  }
}
